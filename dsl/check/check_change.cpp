// Change and average over time (docs/language.md 5.7).
#include "dsl/check/expr_checker.h"

namespace assay::checking {

TypeId ExprChecker::type(ast::ExprId id, const ast::Change&, Expected) {
  return misplaced(span(id), "change in", "it is not read here");
}

}  // namespace assay::checking
