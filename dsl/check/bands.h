// Bands of a rating: no gap, no overlap (docs/language.md 3.2, 8.4), over the numbers that the rated value can take.
#pragma once

#include "dsl/check/checker.h"

namespace assay::checking {

// The least and the greatest that an expression of a number can give, as far as its parts say; an end that nothing
// bounds is absent.
struct Extent {
  std::optional<Decimal> low, high;
};
Extent extent_of(const Rulebook& book, ast::ExprId expr);

// The smallest step between two values of an expression: 1 for `rounded to whole`. Nothing where any number may come.
std::optional<Decimal> grain_of(const Rulebook& book, ast::ExprId expr);

// The bands in ascending order; those that are wrong are spoken of and left out.
std::vector<RatingRule::Band> checked_bands(Checker& checker, const ast::RatingDecl& decl, const ValueType& scale);

}  // namespace assay::checking
