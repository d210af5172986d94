// A compact picture of a ruleset's tree, for tests: one line a clause, expressions as nested lists with the operator
// first.
#pragma once

#include <string>

#include "dsl/syntax/ast.h"

namespace assay::golden {

std::string print_expr(const ast::Tree& tree, ast::ExprId id);
std::string print_relation(const ast::Tree& tree, const ast::Relation& relation);
std::string print_tree(const ast::Tree& tree);

}  // namespace assay::golden
