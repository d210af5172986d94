// Exact decimal numbers: fixed point, 24 places, below 10^14 in size (docs/language.md 3.2). Never a binary float.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace assay {

enum class Rounding { HalfAwayFromZero, Up, Down };  // Up goes towards plus, Down towards minus

struct DecimalRange;

class Decimal {
 public:
  using Units = __int128;  // of 10^-24
  static constexpr int kPlaces = 24;
  static constexpr int kComparedPlaces = 12;

  constexpr Decimal() = default;
  static Decimal from_int(std::int64_t whole);  // |whole| < 10^14, CHECKed
  static constexpr Decimal from_units(Units units) { return Decimal(units); }
  // units * 10^-places; nothing when out of range.
  static std::optional<Decimal> scaled(std::int64_t units, int places);
  // "-12.50", digits with at most one point, at most 24 places; nothing for anything else (no commas, no exponent, no
  // sign alone).
  static std::optional<Decimal> parse(std::string_view text);

  constexpr Units units() const { return units_; }
  // This number as a whole count of 10^-places, where it is one and fits.
  std::optional<std::int64_t> to_scaled(int places) const;
  bool is_whole() const;
  bool is_zero() const { return units_ == 0; }
  // Shortest exact form: "39", "66.7", "-0.05".
  std::string to_string() const;
  // With thousands commas, for sentences: "19,648", "1,057.2".
  std::string to_grouped_string() const;

  // Nothing on overflow.
  friend std::optional<Decimal> add(Decimal a, Decimal b);
  friend std::optional<Decimal> subtract(Decimal a, Decimal b);
  constexpr Decimal negated() const { return Decimal(-units_); }
  // A run of * and /: multiplies all factors, then divides once by all divisors, half to even at place 24.
  // Nothing on overflow or when a divisor is zero.
  static std::optional<Decimal> multiply_divide(std::span<const Decimal> factors, std::span<const Decimal> divisors);
  // The least and the greatest that such a run can be, each operand being anywhere within its ends. No divisor's ends
  // have zero between them. Nothing when an end overflows.
  static std::optional<DecimalRange> multiply_divide(std::span<const DecimalRange> factors,
                                                     std::span<const DecimalRange> divisors);
  // To a number of places (0 for whole). Sees 12 places, so a third times three rounds up to 1, not 2.
  std::optional<Decimal> rounded(Rounding rounding, int places) const;
  // Comparison sees 12 places.
  std::strong_ordering compare(Decimal other) const;
  // Same units: for tables and digests, never for rules.
  friend constexpr bool operator==(Decimal, Decimal) = default;

 private:
  explicit constexpr Decimal(Units units) : units_(units) {}
  Units units_ = 0;
};

struct DecimalRange {
  Decimal low, high;
};

}  // namespace assay
