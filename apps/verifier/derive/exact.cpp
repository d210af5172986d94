// Numbers of any length as digits in base 2^32, least first; long division bit by bit.
#include "apps/verifier/derive/exact.h"

#include <cstdint>

namespace assay::verifier {
namespace {

using Digits = std::vector<std::uint32_t>;
using Units = Decimal::Units;
using Size = unsigned __int128;

constexpr Units power_of_ten(int places) { return places == 0 ? 1 : 10 * power_of_ten(places - 1); }
constexpr Units kOne = power_of_ten(Decimal::kPlaces);
constexpr Units kLimit = power_of_ten(14) * kOne;

Size size_of(Units units) { return units < 0 ? -static_cast<Size>(units) : static_cast<Size>(units); }

void trim(Digits& number) {
  while (!number.empty() && number.back() == 0) number.pop_back();
}

Digits digits_of(Size number) {
  Digits digits;
  for (; number != 0; number >>= 32) digits.push_back(static_cast<std::uint32_t>(number));
  return digits;
}

Digits times(const Digits& a, const Digits& b) {
  Digits product(a.size() + b.size(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < b.size() || carry != 0; ++j) {
      const std::uint64_t other = j < b.size() ? b[j] : 0;
      const std::uint64_t sum = product[i + j] + a[i] * other + carry;
      product[i + j] = static_cast<std::uint32_t>(sum);
      carry = sum >> 32;
    }
  }
  trim(product);
  return product;
}

int compare(const Digits& a, const Digits& b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  for (std::size_t i = a.size(); i-- > 0;) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}

void take_away(Digits& from, const Digits& less) {
  std::int64_t borrow = 0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::int64_t left = std::int64_t{from[i]} - borrow - (i < less.size() ? std::int64_t{less[i]} : 0);
    borrow = left < 0 ? 1 : 0;
    if (left < 0) left += std::int64_t{1} << 32;
    from[i] = static_cast<std::uint32_t>(left);
  }
  trim(from);
}

void double_and_add(Digits& number, bool bit) {
  std::uint32_t carry = bit ? 1 : 0;
  for (std::uint32_t& digit : number) {
    const std::uint32_t next = digit >> 31;
    digit = digit << 1 | carry;
    carry = next;
  }
  if (carry != 0) number.push_back(carry);
}

// Whole quotient and what remains.
std::pair<Digits, Digits> divide(const Digits& number, const Digits& by) {
  Digits quotient, rest;
  for (std::size_t bit = number.size() * 32; bit-- > 0;) {
    double_and_add(rest, (number[bit / 32] >> (bit % 32) & 1) != 0);
    const bool fits = compare(rest, by) >= 0;
    if (fits) take_away(rest, by);
    double_and_add(quotient, fits);
  }
  trim(quotient);
  return {quotient, rest};
}

std::optional<Decimal> within(bool negative, const Digits& size) {
  if (compare(size, digits_of(size_of(kLimit))) >= 0) return std::nullopt;
  Size units = 0;
  for (std::size_t i = size.size(); i-- > 0;) units = units << 32 | size[i];
  return Decimal::from_units(negative ? -static_cast<Units>(units) : static_cast<Units>(units));
}

std::optional<Decimal> within(Units units) {
  if (units <= -kLimit || units >= kLimit) return std::nullopt;
  return Decimal::from_units(units);
}

}  // namespace

Fraction times(const Fraction& number, Decimal factor) {
  return {times(number.above, digits_of(size_of(factor.units()))), times(number.below, digits_of(size_of(kOne))),
          number.negative != (factor.units() < 0)};
}

Fraction over(const Fraction& number, Decimal divisor) {
  return {times(number.above, digits_of(size_of(kOne))), times(number.below, digits_of(size_of(divisor.units()))),
          number.negative != (divisor.units() < 0)};
}

bool less(const Fraction& a, const Fraction& b) {
  const int size = compare(times(a.above, b.below), times(b.above, a.below));
  const bool a_below = a.negative && !a.above.empty(), b_below = b.negative && !b.above.empty();
  if (a_below != b_below) return a_below;
  return a_below ? size > 0 : size < 0;
}

// Halves to even at place 24.
std::optional<Decimal> rounded(const Fraction& number) {
  auto [quotient, rest] = divide(times(number.above, digits_of(size_of(kOne))), number.below);
  double_and_add(rest, false);
  const int half = compare(rest, number.below);
  const bool odd = !quotient.empty() && (quotient[0] & 1) != 0;
  if (half > 0 || (half == 0 && odd)) {  // up by one: twice itself and one, less itself
    Digits up = quotient;
    double_and_add(up, true);
    take_away(up, quotient);
    quotient = up;
  }
  return within(number.negative, quotient);
}

std::optional<Decimal> run_of(const std::vector<Decimal>& factors, const std::vector<Decimal>& divisors) {
  Fraction number;
  for (const Decimal factor : factors) number = times(number, factor);
  for (const Decimal divisor : divisors) {
    if (divisor.is_zero()) return std::nullopt;
    number = over(number, divisor);
  }
  return rounded(number);
}

std::optional<Decimal> plus(Decimal a, Decimal b) {
  Units sum = 0;
  return __builtin_add_overflow(a.units(), b.units(), &sum) ? std::nullopt : within(sum);
}
std::optional<Decimal> minus(Decimal a, Decimal b) { return plus(a, b.negated()); }

}  // namespace assay::verifier
