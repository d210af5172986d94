// Values written for machines and for people.
#include <catch2/catch.hpp>

#include "evidence/core/value.h"

using namespace assay;

namespace {

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }

const ValueType kRating{
    .kind = TypeKind::Scale,
    .labels = {{"inadequate", "Inadequate"}, {"requires_improvement", "Requires improvement"}, {"very_good", ""}},
    .name = "cqc_rating"};

std::string words(std::string_view text, TypeKind kind) { return to_words(number(text), {.kind = kind}); }

}  // namespace

TEST_CASE("the plain form has no unit, no comma and no title") {
  REQUIRE(to_plain(number("39"), {.kind = TypeKind::Percent}) == "39");
  REQUIRE(to_plain(number("2500.5"), {.kind = TypeKind::Money}) == "2500.5");
  REQUIRE(to_plain(number("28"), {.kind = TypeKind::Days}) == "28");
  REQUIRE(to_plain(Label{1}, kRating) == "requires_improvement");
  REQUIRE(to_plain(Date::parse("2025-12-05").value(), {.kind = TypeKind::Date}) == "2025-12-05");
  REQUIRE(to_plain(true, {.kind = TypeKind::YesNo}) == "yes");
  REQUIRE(to_plain(false, {.kind = TypeKind::Event}) == "no");
  REQUIRE(to_plain(Value("York & District"), {.kind = TypeKind::Text}) == "York & District");
}

TEST_CASE("numbers in sentences carry their unit and commas") {
  REQUIRE(words("39", TypeKind::Percent) == "39%");
  REQUIRE(words("19648", TypeKind::Whole) == "19,648");
  REQUIRE(words("1057.2", TypeKind::Number) == "1,057.2");
  REQUIRE(words("3", TypeKind::Score) == "3");
  REQUIRE(words("3", TypeKind::Points) == "3 points");
  REQUIRE(words("1", TypeKind::Points) == "1 point");
  REQUIRE(words("28", TypeKind::Days) == "28 days");
  REQUIRE(words("1", TypeKind::Days) == "1 day");
  REQUIRE(words("-1", TypeKind::Days) == "-1 day");
  REQUIRE(words("1000", TypeKind::Days) == "1,000 days");
  REQUIRE(words("3", TypeKind::Months) == "3 months");
}

TEST_CASE("money in sentences") {
  REQUIRE(words("2500", TypeKind::Money) == "£2,500");
  REQUIRE(words("2500.5", TypeKind::Money) == "£2,500.50");
  REQUIRE(words("0.05", TypeKind::Money) == "£0.05");
  REQUIRE(words("0.125", TypeKind::Money) == "£0.125");
  REQUIRE(words("-2500000", TypeKind::Money) == "-£2,500,000");
  REQUIRE(words("5", TypeKind::Money) == "£5");
}

TEST_CASE("a sentence shows twelve places, as a rule sees them") {
  REQUIRE(words("0.999999999999999999999999", TypeKind::Number) == "1");
  REQUIRE(words("58.333333333333333333333333", TypeKind::Percent) == "58.333333333333%");
  REQUIRE(words("99999999999999.999999999999999999999999", TypeKind::Number) ==
          "99,999,999,999,999.999999999999999999999999");
}

TEST_CASE("dates, labels, texts and yes or no in sentences") {
  REQUIRE(to_words(Date::parse("2025-12-05").value(), {.kind = TypeKind::Date}) == "5 December 2025");
  REQUIRE(to_words(Label{1}, kRating) == "Requires improvement");
  REQUIRE(to_words(Label{2}, kRating) == "Very good");  // no title given: made from the name
  REQUIRE(to_words(true, {.kind = TypeKind::YesNo}) == "yes");
  REQUIRE(to_words(Value("York"), {.kind = TypeKind::Text}) == "York");
}
