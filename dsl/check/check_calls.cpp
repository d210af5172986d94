// Calls of methods, once their formulas stand in place (docs/language.md 2.8).
#include "dsl/check/expr_checker.h"

namespace assay::checking {

TypeId ExprChecker::type(ast::ExprId id, const ast::Call& node, Expected) {
  return misplaced(span(id), node.method.text, "methods are put in place before this");
}

}  // namespace assay::checking
