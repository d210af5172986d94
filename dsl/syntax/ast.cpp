// The arenas of the tree, and the words of relations.
#include "dsl/syntax/ast.h"

#include <algorithm>
#include <array>
#include <utility>

#include "evidence/core/check.h"

namespace assay::ast {

namespace {

struct RelationWord {
  std::string_view text;
  RelationOp op;
};
constexpr auto kRelations = std::to_array<RelationWord>({
    {"at least", RelationOp::AtLeast},
    {"at most", RelationOp::AtMost},
    {"more than", RelationOp::MoreThan},
    {"less than", RelationOp::LessThan},
    {"better than", RelationOp::BetterThan},
    {"worse than", RelationOp::WorseThan},
    {"at least as good as", RelationOp::AtLeastAsGoodAs},
    {"or better", RelationOp::OrBetter},
    {"or worse", RelationOp::OrWorse},
    {"between", RelationOp::Between},
    {"one of", RelationOp::OneOf},
    {"known", RelationOp::Known},
    {"unknown", RelationOp::Unknown},
    {"applicable", RelationOp::Applicable},
    {"raised", RelationOp::Raised},
    {"clear", RelationOp::Clear},
    {"undetermined", RelationOp::Undetermined},
});

}  // namespace

std::string_view to_string(RelationOp op) {
  const auto* found = std::ranges::find(kRelations, op, &RelationWord::op);
  return found == kRelations.end() ? std::string_view() : found->text;
}

RelationOp relation_op(std::string_view words) {
  const auto* found = std::ranges::find(kRelations, words, &RelationWord::text);
  CHECK(found != kRelations.end());
  return found->op;
}

ExprId Tree::add(Expr expr, Span span) {
  exprs_.push_back(std::move(expr));
  expr_spans_.push_back(span);
  return ExprId{static_cast<std::uint32_t>(exprs_.size() - 1)};
}

DeclId Tree::add(Decl decl, Span span) {
  decls_.push_back(std::move(decl));
  decl_spans_.push_back(span);
  return DeclId{static_cast<std::uint32_t>(decls_.size() - 1)};
}

}  // namespace assay::ast
