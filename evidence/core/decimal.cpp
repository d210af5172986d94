// Fixed-point arithmetic. Sums stay within 128 bits, and so does a run of products and quotients of numbers with few
// digits; any other run goes through GMP. Either way it is exact until its one division.
#include "evidence/core/decimal.h"

#include <gmp.h>

#include <array>
#include <utility>

#include "evidence/core/check.h"

namespace assay {
namespace {

using Units = Decimal::Units;
using Magnitude = unsigned __int128;

constexpr std::array<Units, 39> kPowersOfTen = [] {
  std::array<Units, 39> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

constexpr Units power_of_ten(int exponent) { return kPowersOfTen[static_cast<std::size_t>(exponent)]; }

constexpr Units kOne = power_of_ten(Decimal::kPlaces);
constexpr Units kLimit = power_of_ten(38);  // 10^14 in units: first size that is out of range

bool in_range(Units units) { return -kLimit < units && units < kLimit; }

std::optional<Decimal> checked(Units units) {
  if (!in_range(units)) return std::nullopt;
  return Decimal::from_units(units);
}

Magnitude magnitude(Units units) { return units < 0 ? -static_cast<Magnitude>(units) : static_cast<Magnitude>(units); }

// To a multiple of `grain`, which is a power of ten. A result of 10^38 is possible and left to the caller.
Units to_grain(Units units, Units grain, Rounding rounding) {
  const Units rest = units % grain;  // takes the sign of units
  if (rest == 0) return units;
  const Units towards_zero = units - rest;
  switch (rounding) {
    case Rounding::HalfAwayFromZero:
      if (magnitude(rest) * 2 < magnitude(grain)) return towards_zero;
      return units < 0 ? towards_zero - grain : towards_zero + grain;
    case Rounding::Up:
      return units < 0 ? towards_zero : towards_zero + grain;
    case Rounding::Down:
      return units < 0 ? towards_zero - grain : towards_zero;
  }
  return units;
}

// What a comparison sees.
Units at_compared_places(Units units) {
  return to_grain(units, power_of_ten(Decimal::kPlaces - Decimal::kComparedPlaces), Rounding::HalfAwayFromZero);
}

// A GMP whole number that frees itself.
class Whole {
 public:
  explicit Whole(unsigned long value = 1) { mpz_init_set_ui(value_, value); }
  explicit Whole(Units units) {
    const Magnitude size = magnitude(units);
    const std::array<std::uint64_t, 2> words = {static_cast<std::uint64_t>(size),
                                                static_cast<std::uint64_t>(size >> 64)};
    mpz_init2(value_, 128);
    mpz_import(value_, words.size(), -1, sizeof(words[0]), 0, 0, words.data());
    if (units < 0) mpz_neg(value_, value_);
  }
  ~Whole() { mpz_clear(value_); }
  Whole(const Whole&) = delete;
  Whole& operator=(const Whole&) = delete;
  mpz_ptr get() { return value_; }

  Whole(Whole&& other) noexcept {
    mpz_init(value_);
    mpz_swap(value_, other.value_);
  }
  Whole& operator=(Whole&& other) noexcept {
    mpz_swap(value_, other.value_);
    return *this;
  }

  void multiply(Whole&& by) { mpz_mul(value_, value_, by.get()); }
  // Nothing when it needs more than 127 bits.
  std::optional<Units> to_units() {
    if (mpz_sizeinbase(value_, 2) > 127) return std::nullopt;
    std::array<std::uint64_t, 2> words{};
    mpz_export(words.data(), nullptr, -1, sizeof(words[0]), 0, 0, value_);
    const auto size = static_cast<Units>(Magnitude{words[1]} << 64 | words[0]);
    return mpz_sgn(value_) < 0 ? -size : size;
  }

 private:
  mpz_t value_;
};

// Quotient to the nearest whole, halves to even.
std::optional<Units> divide_half_even(Whole& dividend, Whole& divisor) {
  Whole quotient(0UL), rest(0UL);
  mpz_tdiv_qr(quotient.get(), rest.get(), dividend.get(), divisor.get());
  const bool negative = (mpz_sgn(dividend.get()) < 0) != (mpz_sgn(divisor.get()) < 0);
  mpz_mul_ui(rest.get(), rest.get(), 2);
  const int half = mpz_cmpabs(rest.get(), divisor.get());
  if (half > 0 || (half == 0 && mpz_odd_p(quotient.get()) != 0)) {
    if (negative) {
      mpz_sub_ui(quotient.get(), quotient.get(), 1);
    } else {
      mpz_add_ui(quotient.get(), quotient.get(), 1);
    }
  }
  return quotient.to_units();
}

// A number as digits and places, where 62 bits hold the digits: nearly all that people write, and no unending quotient.
struct Short {
  std::int64_t digits;
  int places;
};

std::optional<Short> short_form(Units units) {
  for (const int places : {0, 6, 12}) {
    const Units grain = power_of_ten(Decimal::kPlaces - places);
    if (units % grain != 0) continue;
    const Units digits = units / grain;
    if (digits >> 62 != 0 && digits >> 62 != -1) return std::nullopt;
    return Short{static_cast<std::int64_t>(digits), places};
  }
  return std::nullopt;
}

// A product of short forms within 128 bits.
struct ShortProduct {
  Units digits = 1;
  int places = 0;

  bool multiply(std::span<const Decimal> by) {
    for (const Decimal one : by) {
      const auto form = short_form(one.units());
      if (!form || __builtin_mul_overflow(digits, Units{form->digits}, &digits)) return false;
      places += form->places;
    }
    return true;
  }

  bool shift(int more_places) {
    constexpr int kMost = 38;  // powers of ten that fit
    return more_places <= kMost && !__builtin_mul_overflow(digits, power_of_ten(more_places), &digits);
  }
};

// Quotient to the nearest whole, halves to even.
Units divide_half_even(Units dividend, Units divisor) {
  const Units quotient = dividend / divisor, rest = dividend % divisor;
  const Magnitude left = magnitude(rest), wanting = magnitude(divisor) - left;
  if (left < wanting || (left == wanting && quotient % 2 == 0)) return quotient;
  return (dividend < 0) != (divisor < 0) ? quotient - 1 : quotient + 1;
}

// The run within 128 bits; nothing when they do not hold it. No divisor is zero.
std::optional<Units> short_run(std::span<const Decimal> factors, std::span<const Decimal> divisors) {
  ShortProduct dividend, divisor;
  if (!dividend.multiply(factors) || !divisor.multiply(divisors)) return std::nullopt;
  const int up = Decimal::kPlaces + divisor.places - dividend.places;
  if (!(up >= 0 ? dividend.shift(up) : divisor.shift(-up))) return std::nullopt;
  return divide_half_even(dividend.digits, divisor.digits);
}

// Brings the quotient of a product of so many factors by a product of so many divisors to 24 places: each factor has
// 24 places too many, each divisor takes 24 away.
void to_places(Whole& dividend, std::size_t factors, Whole& divisor, std::size_t divisors) {
  Whole shift;
  const std::size_t up = divisors + 1, down = factors;
  mpz_ui_pow_ui(shift.get(), 10, Decimal::kPlaces * (up > down ? up - down : down - up));
  (up > down ? dividend : divisor).multiply(std::move(shift));
}

// Both ends of a product, exact.
struct WholeRange {
  Whole low, high;

  void multiply(const DecimalRange& by) {
    std::optional<WholeRange> out;
    for (Whole* mine : {&low, &high})
      for (const Decimal theirs : {by.low, by.high}) {
        Whole product(theirs.units()), same(theirs.units());
        mpz_mul(product.get(), product.get(), mine->get());
        mpz_set(same.get(), product.get());
        if (!out) {
          out = WholeRange{std::move(product), std::move(same)};
        } else if (mpz_cmp(product.get(), out->low.get()) < 0) {
          out->low = std::move(product);
        } else if (mpz_cmp(product.get(), out->high.get()) > 0) {
          out->high = std::move(product);
        }
      }
    *this = std::move(*out);
  }
};

std::string to_text(Units units, bool grouped) {
  const Magnitude size = magnitude(units);
  const auto one = static_cast<Magnitude>(kOne);
  std::string text = std::to_string(static_cast<std::uint64_t>(size / one));
  if (grouped) {
    for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, 1, ',');
  }
  if (Magnitude fraction = size % one; fraction != 0) {
    std::string places(Decimal::kPlaces, '0');
    for (std::size_t i = places.size(); i-- > 0; fraction /= 10)
      places[i] = static_cast<char>('0' + static_cast<int>(fraction % 10));
    places.erase(places.find_last_not_of('0') + 1);
    text.append(1, '.').append(places);
  }
  return units < 0 ? '-' + text : text;
}

}  // namespace

Decimal Decimal::from_int(std::int64_t whole) {
  const auto made = scaled(whole, 0);
  CHECK(made.has_value());
  return *made;
}

std::optional<Decimal> Decimal::scaled(std::int64_t units, int places) {
  CHECK(places >= 0 && places <= kPlaces);
  Units product = 0;
  if (__builtin_mul_overflow(Units{units}, power_of_ten(kPlaces - places), &product)) return std::nullopt;
  return checked(product);
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (point == std::string_view::npos ? whole.empty() : fraction.empty()) return std::nullopt;
  if (fraction.size() > kPlaces) return std::nullopt;
  Units units = 0;
  for (const char c : whole) {
    if (c < '0' || c > '9') return std::nullopt;
    units = units * 10 + (c - '0');
    if (units >= kLimit / kOne) return std::nullopt;
  }
  for (const char c : fraction) {
    if (c < '0' || c > '9') return std::nullopt;
    units = units * 10 + (c - '0');
  }
  units *= power_of_ten(kPlaces - static_cast<int>(fraction.size()));
  return from_units(negative ? -units : units);
}

std::optional<std::int64_t> Decimal::to_scaled(int places) const {
  CHECK(places >= 0 && places <= kPlaces);
  const Units grain = power_of_ten(kPlaces - places);
  if (units_ % grain != 0) return std::nullopt;
  const Units count = units_ / grain;
  const auto narrow = static_cast<std::int64_t>(count);
  if (narrow != count) return std::nullopt;
  return narrow;
}

bool Decimal::is_whole() const { return units_ % kOne == 0; }

std::string Decimal::to_string() const { return to_text(units_, false); }

std::string Decimal::to_grouped_string() const { return to_text(units_, true); }

std::optional<Decimal> add(Decimal a, Decimal b) {
  Units sum = 0;
  if (__builtin_add_overflow(a.units_, b.units_, &sum)) return std::nullopt;
  return checked(sum);
}

std::optional<Decimal> subtract(Decimal a, Decimal b) { return add(a, b.negated()); }

std::optional<Decimal> Decimal::multiply_divide(std::span<const Decimal> factors, std::span<const Decimal> divisors) {
  for (const Decimal by : divisors)
    if (by.is_zero()) return std::nullopt;
  if (const auto quotient = short_run(factors, divisors)) return checked(*quotient);
  Whole dividend, divisor;
  for (const Decimal factor : factors) dividend.multiply(Whole(factor.units_));
  for (const Decimal by : divisors) divisor.multiply(Whole(by.units_));
  to_places(dividend, factors.size(), divisor, divisors.size());
  const auto quotient = divide_half_even(dividend, divisor);
  return quotient ? checked(*quotient) : std::nullopt;
}

std::optional<DecimalRange> Decimal::multiply_divide(std::span<const DecimalRange> factors,
                                                     std::span<const DecimalRange> divisors) {
  WholeRange dividend, divisor;
  for (const DecimalRange& factor : factors) dividend.multiply(factor);
  for (const DecimalRange& by : divisors) divisor.multiply(by);
  if (mpz_sgn(divisor.low.get()) * mpz_sgn(divisor.high.get()) <= 0) return std::nullopt;
  to_places(dividend.low, factors.size(), divisor.low, divisors.size());
  to_places(dividend.high, factors.size(), divisor.high, divisors.size());
  std::optional<DecimalRange> out;
  for (Whole* above : {&dividend.low, &dividend.high})
    for (Whole* below : {&divisor.low, &divisor.high}) {
      const auto quotient = divide_half_even(*above, *below);
      const auto end = quotient ? checked(*quotient) : std::nullopt;
      if (!end) return std::nullopt;
      if (!out) out = DecimalRange{*end, *end};
      if (end->units_ < out->low.units_) out->low = *end;
      if (end->units_ > out->high.units_) out->high = *end;
    }
  return out;
}

std::optional<Decimal> Decimal::rounded(Rounding rounding, int places) const {
  CHECK(places >= 0 && places <= kPlaces);
  const Units seen = at_compared_places(units_);
  return checked(places < kComparedPlaces ? to_grain(seen, power_of_ten(kPlaces - places), rounding) : seen);
}

std::strong_ordering Decimal::compare(Decimal other) const {
  // A whole step of the last place seen apart, no rounding brings two numbers together; nearly all comparisons end
  // here.
  const Units step = power_of_ten(kPlaces - kComparedPlaces);
  if (units_ == other.units_) return std::strong_ordering::equal;
  if (units_ >= other.units_ + step) return std::strong_ordering::greater;
  if (other.units_ >= units_ + step) return std::strong_ordering::less;
  const Units a = at_compared_places(units_), b = at_compared_places(other.units_);
  return a < b ? std::strong_ordering::less : a > b ? std::strong_ordering::greater : std::strong_ordering::equal;
}

}  // namespace assay
