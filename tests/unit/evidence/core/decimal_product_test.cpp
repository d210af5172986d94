// Runs of * and /: multiplied first, divided once, halves to even at the 24th place.
#include <array>
#include <catch2/catch.hpp>
#include <initializer_list>
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
