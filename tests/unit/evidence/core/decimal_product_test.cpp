// Runs of * and /: multiplied first, divided once, halves to even at the 24th place.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <initializer_list>
#include <random>
#include <vector>

#include "evidence/core/decimal.h"

using namespace assay;

namespace {

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }

std::optional<Decimal> run(std::initializer_list<std::string_view> factors,
                           std::initializer_list<std::string_view> divisors) {
  std::vector<Decimal> above, below;
  for (const std::string_view text : factors) above.push_back(number(text));
  for (const std::string_view text : divisors) below.push_back(number(text));
  return Decimal::multiply_divide(above, below);
}

}  // namespace

TEST_CASE("products and quotients") {
  REQUIRE(run({}, {}) == number("1"));
  REQUIRE(run({"6"}, {}) == number("6"));
  REQUIRE(run({"6", "7"}, {}) == number("42"));
  REQUIRE(run({"-6", "0.5"}, {}) == number("-3"));
  REQUIRE(run({}, {"4"}) == number("0.25"));
  REQUIRE(run({"1"}, {"3"}) == number("0.333333333333333333333333"));
  REQUIRE(run({"2"}, {"3"}) == number("0.666666666666666666666667"));
  REQUIRE(run({"-2"}, {"3"}) == number("-0.666666666666666666666667"));
  REQUIRE(run({"2"}, {"-3"}) == number("-0.666666666666666666666667"));
  REQUIRE(run({"-2"}, {"-3"}) == number("0.666666666666666666666667"));
  REQUIRE(run({"21", "100"}, {"36"}).value().to_string() == "58.333333333333333333333333");
  REQUIRE(run({"0"}, {"5"}) == number("0"));
  REQUIRE(run({"99999999999999.999999999999999999999999"}, {"1"}) == number("99999999999999.999999999999999999999999"));
  REQUIRE(run({"0.000000000001", "0.000000000001"}, {}) == number("0.000000000000000000000001"));
}

TEST_CASE("a run divides once, at its end") {
  REQUIRE(run({"1", "3"}, {"3"}) == number("1"));
  // What stands between may be far out of range.
  REQUIRE(run({"99999999999999", "99999999999999", "99999999999999"}, {"99999999999999", "99999999999999"}) ==
          number("99999999999999"));
  REQUIRE(run({"0.000000000000000000000001", "0.000000000000000000000001"}, {"0.000000000000000000000001"}) ==
          number("0.000000000000000000000001"));
}

TEST_CASE("halves go to even at the 24th place") {
  REQUIRE(run({"0.000000000000000000000001"}, {"2"}) == number("0"));
  REQUIRE(run({"0.000000000000000000000003"}, {"2"}) == number("0.000000000000000000000002"));
  REQUIRE(run({"0.000000000000000000000005"}, {"2"}) == number("0.000000000000000000000002"));
  REQUIRE(run({"-0.000000000000000000000001"}, {"2"}) == number("0"));
  REQUIRE(run({"-0.000000000000000000000003"}, {"2"}) == number("-0.000000000000000000000002"));
  REQUIRE(run({"0.000000000000000000000003"}, {"-2"}) == number("-0.000000000000000000000002"));
  REQUIRE(run({"0.000000000000000000000001"}, {"1.9"}) == number("0.000000000000000000000001"));  // more than half
  REQUIRE(run({"0.000000000000000000000001"}, {"2.1"}) == number("0"));                           // less
}

TEST_CASE("nothing on overflow or division by zero") {
  REQUIRE_FALSE(run({"10000000", "10000000"}, {}));
  REQUIRE_FALSE(run({"-10000000", "10000000"}, {}));
  REQUIRE(run({"10000000", "9999999.9"}, {}) == number("99999999000000"));
  REQUIRE_FALSE(run({"99999999999999", "99999999999999", "99999999999999", "99999999999999"}, {}));
  REQUIRE_FALSE(run({"1"}, {"0.000000000000000000000001"}));
  REQUIRE_FALSE(run({"1"}, {"0"}));
  REQUIRE_FALSE(run({"0"}, {"0"}));
  REQUIRE_FALSE(run({"1"}, {"2", "0"}));
}

TEST_CASE("a quotient times its divisor is within half a unit a divisor, for many small numbers") {
  for (int a = -40; a <= 40; ++a) {
    for (int b = -40; b <= 40; ++b) {
      if (b == 0) continue;
      const Decimal above = Decimal::from_int(a), below = Decimal::from_int(b);
      const Decimal quotient = Decimal::multiply_divide(std::array{above}, std::array{below}).value();
      // |quotient * b - a| <= |b| / 2 units, in whole arithmetic
      const Decimal::Units off = quotient.units() * b - above.units();
      const Decimal::Units size = off < 0 ? -off : off;
      if (size * 2 > (b < 0 ? -b : b)) FAIL(a << " / " << b);
    }
  }
}

// Runs of numbers with few digits stay within 128 bits, ranges go through whole numbers of any size.
TEST_CASE("a run of short numbers is what the same run of ranges is") {
  std::mt19937_64 chance(20261128);
  const auto some = [&] {
    const int places = std::array{0, 1, 2, 6, 9, 12, 24}[chance() % 7];
    const std::uint64_t below = std::array<std::uint64_t, 4>{10, 1000, 1'000'000, 10'000'000'000'000}[chance() % 4];
    const auto digits = static_cast<std::int64_t>(chance() % below);
    return *Decimal::scaled(chance() % 3 == 0 ? -digits : digits, places);
  };
  std::size_t agreed = 0, beyond = 0;
  for (int i = 0; i < 20000; ++i) {
    std::vector<Decimal> up, down;
    std::vector<DecimalRange> ups, downs;
    for (std::uint64_t n = chance() % 4; n-- > 0;) up.push_back(some());
    for (std::uint64_t n = chance() % 3; n-- > 0;) down.push_back(some());
    for (const Decimal one : up) ups.push_back({one, one});
    for (const Decimal one : down) downs.push_back({one, one});
    const auto number = Decimal::multiply_divide(up, down);
    const auto range = Decimal::multiply_divide(ups, downs);
    REQUIRE(number.has_value() == range.has_value());
    if (!number) {
      ++beyond;
      continue;
    }
    REQUIRE(*number == range->low);
    REQUIRE(*number == range->high);
    ++agreed;
  }
  CHECK(agreed > 10000);
  CHECK(beyond > 100);
}

TEST_CASE("the ends of a run of ranges are those of its corners") {
  std::mt19937_64 chance(3);
  for (int i = 0; i < 3000; ++i) {
    const auto end = [&] { return static_cast<std::int64_t>(chance() % 41) - 20; };
    std::vector<DecimalRange> up, down;
    for (int n = 0; n < 3; ++n) {
      const std::int64_t a = end(), b = end();
      up.push_back({Decimal::from_int(std::min(a, b)), Decimal::from_int(std::max(a, b))});
    }
    const auto least = static_cast<std::int64_t>(chance() % 9) + 1;
    down.push_back({Decimal::from_int(least), Decimal::from_int(least + static_cast<std::int64_t>(chance() % 5))});
    const auto range = Decimal::multiply_divide(up, down);
    REQUIRE(range);
    std::vector<Decimal> corners;
    for (unsigned choice = 0; choice < 16; ++choice) {
      std::vector<Decimal> numbers;
      for (unsigned n = 0; n < 3; ++n) numbers.push_back((choice >> n & 1u) != 0 ? up[n].high : up[n].low);
      const Decimal by[] = {(choice & 8u) != 0 ? down[0].high : down[0].low};
      corners.push_back(*Decimal::multiply_divide(numbers, by));
    }
    const auto [low, high] = std::ranges::minmax(corners, {}, &Decimal::units);
    REQUIRE(range->low == low);
    REQUIRE(range->high == high);
  }
  const DecimalRange across[] = {{Decimal::from_int(-1), Decimal::from_int(1)}};
  REQUIRE_FALSE(Decimal::multiply_divide({}, across));
}
