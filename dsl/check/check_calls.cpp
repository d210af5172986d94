// Calls of methods, once their formulas stand in place (docs/language.md 2.8): the formula has to fit the type that the
// method declares, with what this call gives it.
#include <fmt/format.h>

#include "dsl/check/expr_checker.h"

namespace assay::checking {

TypeId ExprChecker::type(ast::ExprId id, const ast::Call& node, Expected) {
  const auto* ref = std::get_if<MethodRef>(&checker_.book.resolved[id.index]);
  if (ref == nullptr || !node.body) return kErrorType;  // not put in place, and said so
  const TypeId declared = checker_.book.methods[ref->method.index].type;
  checker_.calls.push_back(span(id));
  value(*node.body, declared, fmt::format("`{}`", node.method.text));
  checker_.calls.pop_back();
  return declared;
}

}  // namespace assay::checking
