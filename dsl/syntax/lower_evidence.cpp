// Evidence and parameters: what is held, and the numbers that are set.
#include "dsl/syntax/lowering.h"

namespace assay::syntax {

namespace {

Step step_of(std::string_view word) {
  if (word == "day") return Step::Day;
  if (word == "week") return Step::Week;
  if (word == "month") return Step::Month;
  if (word == "quarter") return Step::Quarter;
  return word == "year" ? Step::Year : Step::FinancialYear;
}

ast::Purpose purpose_of(std::string_view word) {
  if (word == "judge") return ast::Purpose::Judge;
  return word == "improve" ? ast::Purpose::Improve : ast::Purpose::Inform;
}

// What stands after the word of the clause.
std::string after_word(std::string words, std::string_view word) {
  return words.substr(std::min(words.size(), word.size() + 1));
}

}  // namespace

void Lowering::evidence(const Node& node) {
  const std::vector<ast::Name> names = names_in(node);
  ast::EvidenceDecl out{.name = names[0], .kind = names[1], .type = type(*node.child(Kind::Type))};
  Seen seen;
  for (const Node& clause : node.children) {
    take_title(out.title, clause, seen);
    if (clause.kind == Kind::Basis || clause.kind == Kind::Cites) {
      grounds_clause(out.grounds, clause, seen);
    } else if (clause.kind == Kind::BreakFrom) {
      out.breaks.push_back(series_break(clause));
    } else if (charge_clause(out.charge, clause, seen)) {
      continue;
    } else if (clause.kind != Kind::Name && clause.kind != Kind::Type && !is_title(clause) &&
               first_time(seen, clause)) {
      evidence_clause(out, clause);
    }
  }
  tree_.add(ast::Decl(std::move(out)), span(node));
}

std::variant<ast::Name, ast::Text> Lowering::name_or_text(const Node& node) const {
  if (node.kind == Kind::Text) return text(node);
  return name(node);
}

ast::Horizon Lowering::horizon(const Node& node) {
  ast::Horizon out{.date = std::nullopt, .after = {}, .event = {}, .span = span(node)};
  if (node.child(Kind::Date) != nullptr) {
    out.date = date(node);
  } else {
    out.after = duration(node);
    out.event = name_of_child(node);
  }
  return out;
}

ast::SeriesBreak Lowering::series_break(const Node& node) {
  ast::SeriesBreak out{.from = date(node.children[0]), .why = text(node.children[1]).text, .span = span(node)};
  Seen seen;
  if (const Node* cites = node.child(Kind::Cites)) grounds_clause(out.grounds, *cites, seen);
  return out;
}

void Lowering::evidence_clause(ast::EvidenceDecl& out, const Node& clause) {
  switch (clause.kind) {
    case Kind::Code:
      out.code = text(clause.children.front());
      break;
    case Kind::ThemeOf:
      out.theme = name_of_child(clause);
      break;
    case Kind::FromSources:
      for (const Node& rank : clause.children) out.from.push_back(names_in(rank));
      break;
    case Kind::InformedBy:
      for (const Node& each : clause.children) out.informed_by.push_back(text(each).text);
      break;
    case Kind::FreshFor:
      out.fresh_for = duration(clause);
      break;
    case Kind::KeepFor:
      out.keep_for = duration(clause);
      break;
    case Kind::DueWithin:
      out.due_within = duration(clause);
      break;
    case Kind::Every:
      out.every = step_of(words(clause.children.front()));
      break;
    case Kind::Direction:
      out.direction = written(clause).starts_with("higher") ? 1 : -1;
      break;
    case Kind::Costs:
      out.costs = clause.child(Kind::Text) ? text_of_child(clause) : after_word(words(clause), "costs");
      break;
    case Kind::AskedBy:
      for (const Node& each : clause.children) out.asked_by.push_back(name_or_text(each));
      break;
    case Kind::ProxyFor:
      out.proxy_for = name_or_text(clause.children.front());
      break;
    case Kind::NotBefore:
      out.not_before = horizon(clause);
      break;
    case Kind::AskedOf:
      out.asked_of = ast::AskedOf{text_of_child(clause), {}};
      if (clause.child(Kind::Duration) != nullptr) out.asked_of->every = duration(clause);
      break;
    case Kind::ServesSafety:
      out.serves_safety = true;
      break;
    case Kind::MayNotApply:
      out.may_not_apply = true;
      break;
    case Kind::Measures:
      out.measures = written(clause.children.front());
      break;
    case Kind::Sector: {
      const Node& said = clause.children.front();
      out.sector = said.kind == Kind::Text ? text(said).text : std::string(written(said));
      break;
    }
    case Kind::PurposeOf:
      out.purpose = purpose_of(written(clause.children.front()));
      break;
    default:
      out.judgement_of = text_of_child(clause);
      break;
  }
}

ast::DatedValue Lowering::dated_value(const Node& node) {
  ast::DatedValue out{constant(node.children.front()), date(*node.child(Kind::FromDate)), {}};
  if (const Node* to = node.child(Kind::ToDate)) out.to = date(*to);
  return out;
}

void Lowering::parameter(const Node& node) {
  ast::ParameterDecl out{.name = name_of_child(node), .type = type(*node.child(Kind::Type))};
  Seen seen;
  for (const Node& clause : node.children) {
    take_title(out.title, clause, seen);
    if (clause.kind == Kind::DatedValue) {
      out.values.push_back(dated_value(clause));
    } else if (clause.kind == Kind::StandardFor && first_time(seen, clause)) {
      out.standard_for = name_of_child(clause);
    } else if (clause.kind == Kind::LocalMay && first_time(seen, clause)) {
      (written(clause).ends_with("set") ? out.local_may_set : out.local_may_tighten) = true;
    } else if (clause.kind == Kind::Basis || clause.kind == Kind::Cites) {
      grounds_clause(out.grounds, clause, seen);
    }
  }
  if (out.values.empty()) missing(out.name, "parameter", "value: `= VALUE from DATE`");
  tree_.add(ast::Decl(std::move(out)), span(node));
}

}  // namespace assay::syntax
