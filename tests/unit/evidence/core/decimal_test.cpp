// Decimals: text, sums, rounding, comparison, and their edges at 10^14 and at the 24th place.
#include "evidence/core/decimal.h"

#include <catch2/catch.hpp>

#include "tests/unit/evidence/core/death.h"

using namespace assay;

namespace {

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }

constexpr std::string_view kLargest = "99999999999999.999999999999999999999999";

}  // namespace

TEST_CASE("decimals come back from their text") {
  for (const std::string_view text : {"0", "39", "66.7", "-0.05", "99999999999999", "0.000000000000000000000001"}) {
    REQUIRE(number(text).to_string() == text);
  }
  REQUIRE(number(kLargest).to_string() == kLargest);
  REQUIRE(number("-" + std::string(kLargest)).to_string() == "-" + std::string(kLargest));
}

TEST_CASE("the shortest exact form") {
  REQUIRE(number("-12.50").to_string() == "-12.5");
  REQUIRE(number("007").to_string() == "7");
  REQUIRE(number("1.000").to_string() == "1");
  REQUIRE(number("-0").to_string() == "0");
  REQUIRE(number("-0.0") == Decimal());
  REQUIRE(number(".5").to_string() == "0.5");
  REQUIRE(number("0000000000000000000000001").to_string() == "1");
}

TEST_CASE("what is not a plain decimal is not read") {
  for (const std::string_view text : {"",
                                      "-",
                                      ".",
                                      "-.",
                                      "5.",
                                      "+5",
                                      "1,000",
                                      "1e5",
                                      "1E5",
                                      "0x1",
                                      " 1",
                                      "1 ",
                                      "1.2.3",
                                      "--1",
                                      "1-",
                                      "£5",
                                      "5%",
                                      "NaN",
                                      "inf",
                                      "100000000000000",
                                      "-100000000000000",
                                      "0.0000000000000000000000001",
                                      "99999999999999999999999999999999999999999999"}) {
    CAPTURE(text);
    REQUIRE_FALSE(Decimal::parse(text));
  }
}

TEST_CASE("with thousands commas, for sentences") {
  REQUIRE(number("19648").to_grouped_string() == "19,648");
  REQUIRE(number("1057.2").to_grouped_string() == "1,057.2");
  REQUIRE(number("-1234567.8901").to_grouped_string() == "-1,234,567.8901");
  REQUIRE(number("999").to_grouped_string() == "999");
  REQUIRE(number("1000").to_grouped_string() == "1,000");
  REQUIRE(number("-999").to_grouped_string() == "-999");
  REQUIRE(number("100000").to_grouped_string() == "100,000");
}

TEST_CASE("from whole numbers") {
  REQUIRE(Decimal::from_int(-36) == number("-36"));
  REQUIRE(Decimal::from_int(99'999'999'999'999) == number("99999999999999"));
  REQUIRE(last_words([] { (void)Decimal::from_int(100'000'000'000'000); }).starts_with("defect: CHECK("));
  REQUIRE(last_words([] {
            (void)Decimal::from_int(std::numeric_limits<std::int64_t>::min());
          }).starts_with("defect: CHECK("));
}

TEST_CASE("to and from a count of smaller parts") {
  REQUIRE(Decimal::scaled(66'700'000, 6) == number("66.7"));
  REQUIRE(Decimal::scaled(-5, 2) == number("-0.05"));
  REQUIRE(Decimal::scaled(1, 24) == number("0.000000000000000000000001"));
  REQUIRE(Decimal::scaled(99'999'999'999'999, 0));
  REQUIRE_FALSE(Decimal::scaled(100'000'000'000'000, 0));
  REQUIRE_FALSE(Decimal::scaled(std::numeric_limits<std::int64_t>::max(), 0));
  REQUIRE_FALSE(Decimal::scaled(std::numeric_limits<std::int64_t>::min(), 4));
  REQUIRE(Decimal::scaled(std::numeric_limits<std::int64_t>::max(), 6) == number("9223372036854.775807"));

  REQUIRE(number("66.7").to_scaled(6) == 66'700'000);
  REQUIRE(number("-0.05").to_scaled(2) == -5);
  REQUIRE_FALSE(number("0.05").to_scaled(1));
  REQUIRE(number("9223372036854.775807").to_scaled(6) == std::numeric_limits<std::int64_t>::max());
  REQUIRE(number("-9223372036854.775808").to_scaled(6) == std::numeric_limits<std::int64_t>::min());
  REQUIRE_FALSE(number("9223372036854.775808").to_scaled(6));
}

TEST_CASE("whole and zero") {
  REQUIRE(number("3").is_whole());
  REQUIRE(number("-3").is_whole());
  REQUIRE(number("0").is_whole());
  REQUIRE_FALSE(number("3.000000000000000000000001").is_whole());
  REQUIRE(number("0").is_zero());
  REQUIRE_FALSE(number("0.000000000000000000000001").is_zero());
}

TEST_CASE("sums are exact, in any order, or nothing") {
  REQUIRE(add(number("0.1"), number("0.2")) == number("0.3"));
  REQUIRE(subtract(number("0.3"), number("0.1")) == number("0.2"));
  REQUIRE(subtract(number("1"), number("3")) == number("-2"));
  const Decimal largest = number(kLargest), least = number("0.000000000000000000000001");
  REQUIRE_FALSE(add(largest, least));
  REQUIRE_FALSE(add(largest, largest));
  REQUIRE_FALSE(subtract(largest.negated(), least));
  REQUIRE_FALSE(subtract(largest.negated(), largest));
  REQUIRE(subtract(largest, largest) == Decimal());
  REQUIRE(add(add(number("1"), least).value(), largest.negated()) ==
          add(number("1"), add(least, largest.negated()).value()));
}

TEST_CASE("rounding: halves away from zero, up towards plus, down towards minus") {
  struct Row {
    std::string_view number;
    int places;
    std::string_view half, up, down;
  };
  const Row rows[] = {
      {"58.3333", 0, "58", "59", "58"},  {"62.5", 0, "63", "63", "62"},        {"-62.5", 0, "-63", "-62", "-63"},
      {"-58.3", 0, "-58", "-58", "-59"}, {"2.345", 2, "2.35", "2.35", "2.34"}, {"-2.345", 2, "-2.35", "-2.34", "-2.35"},
      {"7", 0, "7", "7", "7"},           {"-7", 3, "-7", "-7", "-7"},          {"0.0001", 0, "0", "1", "0"},
      {"-0.0001", 0, "0", "0", "-1"},    {"1.1", 24, "1.1", "1.1", "1.1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.number, row.places);
    REQUIRE(number(row.number).rounded(Rounding::HalfAwayFromZero, row.places) == number(row.half));
    REQUIRE(number(row.number).rounded(Rounding::Up, row.places) == number(row.up));
    REQUIRE(number(row.number).rounded(Rounding::Down, row.places) == number(row.down));
  }
}

TEST_CASE("rounding sees twelve places") {
  REQUIRE(number("0.999999999999999999999999").rounded(Rounding::Down, 0) == number("1"));
  REQUIRE(number("1.000000000000000000000001").rounded(Rounding::Up, 0) == number("1"));
  REQUIRE(number("1.000000000001").rounded(Rounding::Up, 0) == number("2"));
  REQUIRE(number("1.0000000000005").rounded(Rounding::Up, 0) ==
          number("2"));  // the thirteenth place rounds to the twelfth
  REQUIRE(number("1.0000000000004999").rounded(Rounding::Up, 0) == number("1"));
  REQUIRE(number("1.00000000000049").rounded(Rounding::HalfAwayFromZero, 24) == number("1"));
}

TEST_CASE("rounding out of range is nothing") {
  REQUIRE_FALSE(number(kLargest).rounded(Rounding::Up, 0));
  REQUIRE_FALSE(number(kLargest).rounded(Rounding::Down, 0));  // seen at twelve places it is 10^14 already
  REQUIRE(number("99999999999999.9").rounded(Rounding::Down, 0) == number("99999999999999"));
  REQUIRE_FALSE(number("-99999999999999.9").rounded(Rounding::Down, 0));
}

TEST_CASE("comparison sees twelve places") {
  REQUIRE(number("0.999999999999999999999999").compare(number("1")) == std::strong_ordering::equal);
  REQUIRE(number("1.000000000001").compare(number("1")) == std::strong_ordering::greater);
  REQUIRE(number("-1.000000000001").compare(number("-1")) == std::strong_ordering::less);
  REQUIRE(number("-0.0000000000004").compare(number("0")) == std::strong_ordering::equal);
  REQUIRE(number("0.0000000000005").compare(number("0")) == std::strong_ordering::greater);
  REQUIRE(number(kLargest).compare(number("99999999999999")) == std::strong_ordering::greater);
  REQUIRE_FALSE(number("0.999999999999999999999999") == number("1"));  // in tables and digests they differ
}
