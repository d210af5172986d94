// Products and quotients with numbers of any length: a run of `*` and `/` multiplies first and divides once, halves to
// even at place 24 (docs/language.md 3.2). Written by hand and slowly on purpose, so that it is nobody else's.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "evidence/core/decimal.h"

namespace assay::verifier {

// A number without end: what stands above the line and below it, as digits in base 2^32, least first.
struct Fraction {
  std::vector<std::uint32_t> above{1}, below{1};
  bool negative = false;
};
Fraction times(const Fraction& number, Decimal factor);
Fraction over(const Fraction& number, Decimal divisor);  // not 0
bool less(const Fraction& a, const Fraction& b);
// Nothing when it is 10^14 or more in size.
std::optional<Decimal> rounded(const Fraction& number);

// Nothing when the result is 10^14 or more in size, or a divisor is 0.
std::optional<Decimal> run_of(const std::vector<Decimal>& factors, const std::vector<Decimal>& divisors);
std::optional<Decimal> plus(Decimal a, Decimal b);
std::optional<Decimal> minus(Decimal a, Decimal b);

}  // namespace assay::verifier
