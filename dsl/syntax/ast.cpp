// The arenas of the tree.
#include "dsl/syntax/ast.h"

#include <utility>

namespace assay::ast {

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
