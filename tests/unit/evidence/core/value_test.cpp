// Comparing values, and types in words.
#include "evidence/core/value.h"

#include <catch2/catch.hpp>

#include "tests/unit/evidence/core/death.h"

using namespace assay;

namespace {

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }
Value date(std::string_view iso) { return Date::parse(iso).value(); }

}  // namespace

TEST_CASE("which types hold numbers, and which are ordered") {
  for (const TypeKind kind : {TypeKind::Whole, TypeKind::Number, TypeKind::Percent, TypeKind::Points, TypeKind::Money,
                              TypeKind::Days, TypeKind::Months, TypeKind::Score}) {
    REQUIRE(is_numeric(kind));
    REQUIRE(is_ordered(kind));
  }
  for (const TypeKind kind : {TypeKind::YesNo, TypeKind::Date, TypeKind::Scale}) {
    REQUIRE_FALSE(is_numeric(kind));
    REQUIRE(is_ordered(kind));
  }
  for (const TypeKind kind : {TypeKind::Text, TypeKind::Choice, TypeKind::Event}) {
    REQUIRE_FALSE(is_numeric(kind));
    REQUIRE_FALSE(is_ordered(kind));
  }
}

TEST_CASE("same, as a rule compares") {
  REQUIRE(same(number("1"), number("0.999999999999999999999999")));
  REQUIRE_FALSE(same(number("1"), number("1.000000000001")));
  REQUIRE(same(date("2025-12-05"), date("2025-12-05")));
  REQUIRE(same(Value("York"), Value("York")));
  REQUIRE_FALSE(same(Value("York"), Value("york")));
  REQUIRE(same(Label{2}, Label{2}));
  REQUIRE_FALSE(same(Label{2}, Label{1}));
  REQUIRE_FALSE(same(Value(true), Value(number("1"))));
}

TEST_CASE("order within a type") {
  REQUIRE(order(number("9"), number("10")) == std::strong_ordering::less);
  REQUIRE(order(number("1"), number("0.999999999999999999999999")) == std::strong_ordering::equal);
  REQUIRE(order(date("2025-12-06"), date("2025-12-05")) == std::strong_ordering::greater);
  REQUIRE(order(Label{0}, Label{3}) == std::strong_ordering::less);
  REQUIRE(order(Value(false), Value(true)) == std::strong_ordering::less);
}

TEST_CASE("texts and values of two types have no order") {
  REQUIRE(last_words([] { (void)order(Value("a"), Value("b")); }).starts_with("defect: CHECK("));
  REQUIRE(last_words([] { (void)order(Value(true), Value(Label{1})); }).starts_with("defect: CHECK("));
}

TEST_CASE("types in words") {
  const auto ranged = [](TypeKind kind, std::string_view low, std::string_view high) {
    return ValueType{.kind = kind, .low = number(low), .high = number(high)};
  };
  REQUIRE(describe(ranged(TypeKind::Score, "1", "4")) == "score 1 to 4");
  REQUIRE(describe(ranged(TypeKind::Percent, "0", "100")) == "percent 0% to 100%");
  REQUIRE(describe(ranged(TypeKind::Money, "0", "2500000")) == "money £0 to £2,500,000");
  REQUIRE(describe(ranged(TypeKind::Days, "0", "28")) == "days 0 to 28");
  REQUIRE(describe({.kind = TypeKind::Whole, .low = number("0")}) == "whole number of at least 0");
  REQUIRE(describe({.kind = TypeKind::Number, .high = number("1.5")}) == "decimal of at most 1.5");
  REQUIRE(describe({.kind = TypeKind::Date}) == "date");
  REQUIRE(describe({.kind = TypeKind::YesNo}) == "yes or no");
  REQUIRE(describe({.kind = TypeKind::Scale, .labels = {{"a", ""}}, .name = "cqc_rating"}) == "one of cqc_rating");
  REQUIRE(describe({.kind = TypeKind::Choice, .labels = {{"north", ""}, {"south", ""}, {"east", ""}}}) ==
          "one of north, south or east");
}
