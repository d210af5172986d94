// What several declarations share: types, grounds, texts with expressions in them, criteria.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "dsl/syntax/characters.h"
#include "dsl/syntax/lowering.h"
#include "dsl/syntax/read.h"
#include "dsl/syntax/tokens.h"
#include "dsl/syntax/unread.h"

namespace assay::syntax {

namespace {

struct TypeWord {
  std::string_view text;
  TypeKind kind;
};
constexpr auto kTypes = std::to_array<TypeWord>({
    {"score", TypeKind::Score},
    {"percent", TypeKind::Percent},
    {"points", TypeKind::Points},
    {"whole", TypeKind::Whole},
    {"decimal", TypeKind::Number},
    {"money", TypeKind::Money},
    {"days", TypeKind::Days},
    {"months", TypeKind::Months},
    {"date", TypeKind::Date},
    {"text", TypeKind::Text},
    {"event", TypeKind::Event},
    {"choice", TypeKind::Choice},
    {"yes", TypeKind::YesNo},
});

struct BasisWord {
  std::string_view text;
  ast::BasisKind kind;
};
constexpr auto kBases = std::to_array<BasisWord>({
    {"statute", ast::BasisKind::Statute},
    {"published", ast::BasisKind::Published},
    {"guidance", ast::BasisKind::Guidance},
    {"inferred", ast::BasisKind::Inferred},
    {"proposed", ast::BasisKind::Proposed},
    {"local", ast::BasisKind::Local},
});

struct AimWord {
  std::string_view text;
  ast::Aim aim;
};
constexpr auto kAims = std::to_array<AimWord>({
    {"outcomes", ast::Aim::Outcomes},
    {"inequalities", ast::Aim::Inequalities},
    {"productivity", ast::Aim::Productivity},
    {"development", ast::Aim::Development},
});

}  // namespace

ast::TypeExpr Lowering::type(const Node& node) {
  ast::TypeExpr out;
  out.span = span(node);
  for (const Node& child : node.children) {
    if (child.kind == Kind::Word) {
      out.kind = std::ranges::find(kTypes, written(child), &TypeWord::text)->kind;
    } else if (child.kind == Kind::Range) {
      out.low = constant(child.children[0]);
      out.high = constant(child.children[1]);
    } else if (out.kind == TypeKind::Choice) {
      out.choices.push_back(name(child));
    } else {
      out.scale = name(child);
    }
  }
  return out;
}

void Lowering::take_title(std::string& title, const Node& clause, Seen& seen) {
  if (!is_title(clause)) return;
  const auto [first, fresh] = seen.try_emplace(Kind::Title, span(clause));
  if (fresh) {
    title = clause.kind == Kind::Text ? text(clause).text : text_of_child(clause);
  } else {
    report(DiagnosticKind::RepeatedClause, span(clause), "the title is given twice", "keep one of them",
           {{first->second, "given here before"}});
  }
}

ast::Basis Lowering::basis(const Node& node) const {
  const auto* row = std::ranges::find(kBases, written(node.children.front()), &BasisWord::text);
  return {row->kind, text_of_child(node), span(node)};
}

// One basis; citations add up.
void Lowering::grounds_clause(ast::Grounds& grounds, const Node& clause, Seen& seen) {
  if (clause.kind == Kind::Basis) {
    if (first_time(seen, clause)) grounds.basis = basis(clause);
    return;
  }
  for (const Node& each : clause.children) {
    std::string place;
    for (const Node& part : each.children) {
      if (part.kind != Kind::Place) continue;
      const Node& value = part.children[1];
      if (!place.empty()) place += ", ";
      place +=
          fmt::format("{} {}", written(part.children[0]), value.kind == Kind::Text ? text(value).text : written(value));
    }
    grounds.cites.push_back({name_of_child(each), std::move(place), span(each)});
  }
}

bool Lowering::charge_clause(ast::Charge& charge, const Node& clause, Seen& seen) {
  if (clause.kind != Kind::AnswersTo && clause.kind != Kind::AimsAt) return false;
  if (!first_time(seen, clause)) return true;
  for (const Node& each : clause.children) {
    if (clause.kind == Kind::AnswersTo) {
      charge.answers_to.push_back(name_or_text(each));
    } else {
      charge.aims.push_back(std::ranges::find(kAims, written(each), &AimWord::text)->aim);
    }
  }
  return true;
}

// The text between the quotes, cut at its braces; an expression is read where it stands, so that its places are those
// of the file.
ast::Template Lowering::text_template(const Node& clause) {
  const Node& quoted = *clause.child(Kind::Text);
  ast::Template out;
  out.span = span(quoted);
  const std::string_view file_text = sources_.file(file_).text();
  std::string piece;
  const auto close_piece = [&] {
    if (!piece.empty()) out.pieces.emplace_back(std::exchange(piece, {}));
  };
  std::size_t at = quoted.begin + 1;
  const std::size_t end = quoted.end - 1;
  while (at < end) {
    const char c = file_text[at];
    if (c == '{' && at + 1 < end && file_text[at + 1] == '{') {
      piece += '{';
      at += 2;
    } else if (c == '{') {
      const std::size_t closing = std::min(file_text.find('}', at), end);
      close_piece();
      out.pieces.emplace_back(braced(at, closing, end));
      at = std::min(closing + 1, end);
    } else if (c == '\n') {
      while (!piece.empty() && is_blank(piece.back())) piece.pop_back();
      piece += ' ';
      while (at < end && is_blank(file_text[at])) ++at;
    } else {
      piece += c;
      at += c == '"' ? 2 : 1;  // a quote is written twice
    }
  }
  close_piece();
  return out;
}

ast::ExprId Lowering::braced(std::size_t open, std::size_t closing, std::size_t end) {
  const std::string_view file_text = sources_.file(file_).text();
  const Span brace = {file_, static_cast<std::uint32_t>(open), static_cast<std::uint32_t>(open + 1)};
  const auto fault = [&](Span at, std::string message, std::string help) {
    report(DiagnosticKind::BraceInText, at, std::move(message), std::move(help));
    return tree_.add(ast::ErrorExpr{}, at);
  };
  if (closing == end)
    return fault(brace, "the brace is not closed", "close it with }, or write {{ for a brace in the text");
  if (skip_blanks(file_text.substr(0, closing), open + 1) >= closing) {
    return fault({file_, brace.begin, static_cast<std::uint32_t>(closing + 1)}, "the braces hold no expression",
                 "write what is to be printed between them, or {{ for a brace in the text");
  }
  if (const auto sign = check_characters(file_text.substr(0, closing), open + 1)) {
    report(sign->kind, {file_, static_cast<std::uint32_t>(sign->begin), static_cast<std::uint32_t>(sign->end)},
           sign->message, sign->help);
    return tree_.add(ast::ErrorExpr{}, brace);
  }
  const auto found = read(file_text.substr(0, closing), open + 1, Reading::Value);
  if (const Node* node = std::get_if<Node>(&found)) return expr(*node);
  sink_.add(describe(found, {sources_, file_, open + 1, closing, "text in braces"}));
  return tree_.add(ast::ErrorExpr{}, {file_, brace.begin, static_cast<std::uint32_t>(closing + 1)});
}

ast::Criteria Lowering::criteria(const Node& node) {
  ast::Criteria out;
  for (const Node& child : node.children) {
    if (child.kind == Kind::Word) {
      const std::string word = words(child);
      out.quantity = word == "any of"   ? ast::Quantity::Any
                     : word == "all of" ? ast::Quantity::All
                                        : ast::Quantity::AtLeast;
    } else if (child.kind == Kind::Integer) {
      out.count = count(child);
    } else if (child.kind == Kind::Reason) {
      out.reasons.push_back({text(child.children[0]).text, expr(child.children[1]), span(child)});
    } else {
      out.reasons.push_back({{}, expr(child), span(child)});
    }
  }
  return out;
}

}  // namespace assay::syntax
