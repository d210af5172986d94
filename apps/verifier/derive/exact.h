// Products and quotients with numbers of any length: a run of `*` and `/` multiplies first and divides once, halves to
// even at place 24 (docs/language.md 3.2). Written by hand and slowly on purpose, so that it is nobody else's.
#pragma once

#include <optional>
#include <vector>

#include "evidence/core/decimal.h"

namespace assay::verifier {

// Nothing when the result is 10^14 or more in size, or a divisor is 0.
std::optional<Decimal> run_of(const std::vector<Decimal>& factors, const std::vector<Decimal>& divisors);
std::optional<Decimal> plus(Decimal a, Decimal b);
std::optional<Decimal> minus(Decimal a, Decimal b);

}  // namespace assay::verifier
