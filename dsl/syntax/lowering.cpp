// The door to the lowering, and what all of it shares: places, messages, clauses given twice or not at all.
#include "dsl/syntax/lowering.h"

#include <utility>

#include <fmt/format.h>

#include "dsl/syntax/tokens.h"

namespace assay::syntax {

void Lowering::declaration(const Node& node) {
  switch (node.kind) {
    case Kind::Ruleset:
    case Kind::Local:
      return ruleset(node);
    case Kind::Use:
      return use(node);
    case Kind::Source:
      return source(node);
    case Kind::Theme:
      return theme(node);
    case Kind::Scale:
      return scale(node);
    case Kind::KindDeclaration:
      return kind(node);
    case Kind::RelationDeclaration:
      return relation_declaration(node);
    case Kind::Evidence:
      return evidence(node);
    case Kind::Parameter:
      return parameter(node);
    case Kind::Method:
      return method(node);
    case Kind::Define:
      return define(node);
    case Kind::Rating:
      return rating(node);
    case Kind::Table:
      return table(node);
    case Kind::Flag:
      return flag(node);
    case Kind::Interaction:
      return interaction(node);
    case Kind::Regime:
      return regime(node);
    default:
      return scenario(node);
  }
}

ast::ExprId Lowering::add(ast::Expr expr, const Node& node) { return tree_.add(std::move(expr), span(node)); }

ast::ExprId Lowering::missing(const ast::Name& name, std::string_view declaration, std::string_view clause) {
  report(DiagnosticKind::MissingClause, name.span,
         fmt::format("the {} `{}` has no {}", declaration, name.text, clause));
  return tree_.add(ast::ErrorExpr{}, name.span);
}

void Lowering::report(DiagnosticKind kind, Span at, std::string message, std::string help, std::vector<Note> labels) {
  sink_.add({kind, at, std::move(message), std::move(labels), std::move(help)});
}

bool Lowering::first_time(Seen& seen, const Node& clause) {
  const std::string_view text = sources_.file(file_).text();
  const Span word = {file_, clause.begin,
                     static_cast<std::uint32_t>(std::max<std::size_t>(name_end(text, clause.begin), clause.begin + 1))};
  const auto [first, fresh] = seen.try_emplace(clause.kind, word);
  if (!fresh) {
    const bool direction = clause.kind == Kind::Direction;  // `higher` and `lower` are two sides of one clause
    report(DiagnosticKind::RepeatedClause, word,
           direction ? "the direction is given twice" : fmt::format("`{}` is given twice", sources_.text(word)),
           "keep one of them", {{first->second, "given here before"}});
  }
  return fresh;
}

}  // namespace assay::syntax
