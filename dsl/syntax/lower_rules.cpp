// What follows from evidence: definitions, ratings, flags, interactions.
#include <fmt/format.h>

#include "dsl/syntax/lowering.h"

namespace assay::syntax {

namespace {

ast::FlagSeverity severity_of_word(std::string_view word) {
  if (word == "low") return ast::FlagSeverity::Low;
  if (word == "high") return ast::FlagSeverity::High;
  return word == "medium" ? ast::FlagSeverity::Medium : ast::FlagSeverity::Commend;
}

bool is_grounds(const Node& clause) { return clause.kind == Kind::Basis || clause.kind == Kind::Cites; }

}  // namespace

void Lowering::define(const Node& node) {
  const std::vector<ast::Name> names = names_in(node);
  ast::DefineDecl out{.name = names[0], .kind = names[1], .type = type(*node.child(Kind::Type))};
  Seen seen;
  bool has_value = false;
  for (const Node& clause : node.children) {
    take_title(out.title, clause, seen);
    if (clause.kind == Kind::Value && first_time(seen, clause)) {
      out.value = expr(clause.children.front());
      has_value = true;
    } else if (clause.kind == Kind::But) {
      out.buts.push_back(but(clause));
    } else if (!charge_clause(out.charge, clause, seen) && is_grounds(clause)) {
      grounds_clause(out.grounds, clause, seen);
    }
  }
  if (!has_value) out.value = missing(out.name, "definition", "value: `= VALUE`");
  tree_.add(ast::Decl(std::move(out)), span(node));
}

ast::But Lowering::but(const Node& node) {
  ast::But out{.value = expr(node.children[0]), .condition = expr(node.children[1]), .span = span(node)};
  Seen seen;
  for (const Node& clause : node.children) {
    if (clause.kind == Kind::Because && first_time(seen, clause)) out.because = text_of_child(clause);
    if (is_grounds(clause)) grounds_clause(out.grounds, clause, seen);
  }
  return out;
}

void Lowering::rating(const Node& node) {
  const std::vector<ast::Name> names = names_in(node);
  ast::RatingDecl out{.name = names[0], .kind = names[1], .scale = names[2]};
  Seen seen;
  bool has_bands = false;
  for (const Node& clause : node.children) {
    take_title(out.title, clause, seen);
    if (clause.kind == Kind::Bands && first_time(seen, clause)) {
      has_bands = true;
      out.from = expr(clause.children.front());
      for (const Node& child : clause.children) {
        if (child.kind == Kind::Band) out.bands.push_back(band(child));
      }
      if (out.bands.empty()) missing(out.name, "rating", "bands, such as `good at 63% to 87%`");
    } else if (!charge_clause(out.charge, clause, seen) && is_grounds(clause)) {
      grounds_clause(out.grounds, clause, seen);
    }
  }
  if (!has_bands) out.from = missing(out.name, "rating", "`from` with its bands");
  tree_.add(ast::Decl(std::move(out)), span(node));
}

// `good at 63% to 87%`, `good at 3`, `outstanding at 88% or more`.
ast::Band Lowering::band(const Node& node) {
  ast::Band out{.label = name_of_child(node), .span = span(node)};
  const ast::ExprId first = constant(node.children[1]);
  const Node* limit = node.children.size() > 2 ? &node.children[2] : nullptr;
  const bool open = limit && limit->kind == Kind::Word;
  const bool or_more = open && words(*limit) == "or more";
  if (!open || or_more) out.low = first;
  if (!limit || (open && !or_more)) out.high = first;
  if (limit && !open) out.high = constant(*limit);
  return out;
}

void Lowering::flag(const Node& node) {
  const std::vector<ast::Name> names = names_in(node);
  ast::FlagDecl out{.name = names[0], .kind = names[1]};
  Seen seen;
  for (const Node& clause : node.children) {
    take_title(out.title, clause, seen);
    if (is_grounds(clause)) grounds_clause(out.grounds, clause, seen);
    if (clause.kind == Kind::Name || is_title(clause) || is_grounds(clause)) continue;
    if (charge_clause(out.charge, clause, seen) || !first_time(seen, clause)) continue;
    if (clause.kind == Kind::Severity) out.severity = severity_of_word(written(clause.children.front()));
    if (clause.kind == Kind::Condition) out.when = expr(clause.children.front());
    if (clause.kind == Kind::Unless) out.unless = expr(clause.children.front());
    if (clause.kind == Kind::Says) out.says = text_template(clause);
    if (clause.kind == Kind::Action) out.action = text_template(clause);
  }
  tree_.add(ast::Decl(std::move(out)), span(node));
}

void Lowering::interaction(const Node& node) {
  ast::InteractionDecl out{.name = name_of_child(node)};
  Seen seen;
  for (const Node& clause : node.children) {
    take_title(out.title, clause, seen);
    if (is_grounds(clause)) {
      grounds_clause(out.grounds, clause, seen);
    } else if (clause.kind == Kind::RaiseEffect || clause.kind == Kind::TimetableEffect ||
               clause.kind == Kind::ShareEffect) {
      out.effects.push_back(effect(clause));
    } else if (clause.kind == Kind::Along && first_time(seen, clause)) {
      const std::vector<ast::Name> names = names_in(clause);
      out.relation = names[0];
      out.from = names[1];
      out.to = names[2];
    } else if (clause.kind == Kind::Condition && first_time(seen, clause)) {
      out.when = expr(clause.children.front());
    } else if (clause.kind == Kind::Says && first_time(seen, clause)) {
      out.says = text_template(clause);
    }
  }
  if (out.relation.text.empty()) missing(out.name, "interaction", "`along`: the relation it follows");
  tree_.add(ast::Decl(std::move(out)), span(node));
}

ast::Effect Lowering::effect(const Node& node) {
  const std::vector<ast::Name> names = names_in(node);
  if (node.kind == Kind::RaiseEffect) return {ast::RaiseEffect{names[0], names[1]}, span(node)};
  if (node.kind == Kind::ShareEffect) return {ast::ShareEffect{names[0], names[1], names[2]}, span(node)};
  const bool forward = words(node.children.front()) == "bring forward";
  ast::TimetableEffect out{
      .move = forward ? ast::TimetableEffect::Move::BringForward : ast::TimetableEffect::Move::PutBack,
      .what = names[0],
      .whose = names[1],
      .by = duration(node),
  };
  if (const Node* decided = node.child(Kind::DecidedBy)) out.decided_by = text_of_child(*decided);
  return {std::move(out), span(node)};
}

}  // namespace assay::syntax
