// Values read as people write them in a cell, and the sentence for each that cannot be used.
#include <catch2/catch.hpp>

#include "evidence/core/value.h"

using namespace assay;

namespace {

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }

// The plain form of what was read.
std::string read(std::string_view text, const ValueType& type) {
  const auto value = parse_value(text, type);
  if (!value) FAIL(to_string(value.error()));
  return to_plain(*value, type);
}
std::string read(std::string_view text, TypeKind kind) { return read(text, ValueType{.kind = kind}); }

std::string refusal(std::string_view text, const ValueType& type) {
  const auto value = parse_value(text, type);
  if (value) FAIL("`" << text << "` was read as " << to_plain(*value, type));
  REQUIRE(value.error().code == ErrorCode::BadInput);
  return to_string(value.error());
}
std::string refusal(std::string_view text, TypeKind kind) { return refusal(text, ValueType{.kind = kind}); }

const ValueType kScore{.kind = TypeKind::Score, .low = Decimal::from_int(1), .high = Decimal::from_int(4)};
const ValueType kRating{.kind = TypeKind::Scale,
                        .labels = {{"inadequate", "Inadequate"},
                                   {"requires_improvement", "Requires improvement"},
                                   {"good", "Good"},
                                   {"outstanding", "Outstanding"}},
                        .name = "cqc_rating"};

}  // namespace

TEST_CASE("a bare number takes the field's own unit") {
  for (const TypeKind kind : {TypeKind::Whole, TypeKind::Number, TypeKind::Percent, TypeKind::Points, TypeKind::Money,
                              TypeKind::Days, TypeKind::Months}) {
    REQUIRE(read("28", kind) == "28");
    REQUIRE(read("-3", kind) == "-3");
    REQUIRE(read(" 1,057 ", kind) == "1057");
  }
  REQUIRE(read("91.10000000000001", TypeKind::Percent) == "91.10000000000001");
  REQUIRE(read("39.0", TypeKind::Whole) == "39");
  REQUIRE(read("\xC2\xA0"
               "0.5",
               TypeKind::Number) == "0.5");
}

TEST_CASE("numbers with the unit of their field") {
  REQUIRE(read("39%", TypeKind::Percent) == "39");
  REQUIRE(read("39.5 %", TypeKind::Percent) == "39.5");
  REQUIRE(read("39 per cent", TypeKind::Percent) == "39");
  REQUIRE(read("3 points", TypeKind::Points) == "3");
  REQUIRE(read("-1.5 percentage points", TypeKind::Points) == "-1.5");
  REQUIRE(read("28 days", TypeKind::Days) == "28");
  REQUIRE(read("1 day", TypeKind::Days) == "1");
  REQUIRE(read("4 weeks", TypeKind::Days) == "28");
  REQUIRE(read("1.5 Weeks", TypeKind::Days) == "10.5");
  REQUIRE(read("3 months", TypeKind::Months) == "3");
  REQUIRE(read("2 quarters", TypeKind::Months) == "6");
  REQUIRE(read("1 year", TypeKind::Months) == "12");
}

TEST_CASE("money as people write it") {
  REQUIRE(read("£2500", TypeKind::Money) == "2500");
  REQUIRE(read("£2,500.50", TypeKind::Money) == "2500.5");
  REQUIRE(read("£2.5k", TypeKind::Money) == "2500");
  REQUIRE(read("£2.5m", TypeKind::Money) == "2500000");
  REQUIRE(read("£2.5M", TypeKind::Money) == "2500000");
  REQUIRE(read("£1.2bn", TypeKind::Money) == "1200000000");
  REQUIRE(read("-£3m", TypeKind::Money) == "-3000000");
  REQUIRE(read("£-3", TypeKind::Money) == "-3");
  REQUIRE(refusal("2.5m", TypeKind::Money) == "`2.5m` cannot be read as money");
  REQUIRE(refusal("£2.5 days", TypeKind::Money) == "`£2.5 days` cannot be read as money");
  REQUIRE(refusal("£", TypeKind::Money) == "`£` cannot be read as money");
  REQUIRE(refusal("££2", TypeKind::Money) == "`££2` cannot be read as money");
  REQUIRE(refusal("£99999999999999k", TypeKind::Money) == "`£99999999999999k` cannot be read as money");
}

TEST_CASE("another unit is refused, and both are named") {
  REQUIRE(refusal("60%", TypeKind::Number) == "`60%` is a percent, where a number without a unit belongs");
  REQUIRE(refusal("60%", kScore) == "`60%` is a percent, where a number without a unit belongs");
  REQUIRE(refusal("£5", TypeKind::Percent) == "`£5` is an amount of money, where a percent belongs");
  REQUIRE(refusal("3 points", TypeKind::Percent) ==
          "`3 points` is a number of percentage points, where a percent belongs");
  REQUIRE(refusal("3%", TypeKind::Points) == "`3%` is a percent, where a number of percentage points belongs");
  REQUIRE(refusal("1 month", TypeKind::Days) == "`1 month` is a duration in months, where a duration in days belongs");
  REQUIRE(refusal("4 weeks", TypeKind::Months) ==
          "`4 weeks` is a duration in days, where a duration in months belongs");
  REQUIRE(refusal("28 days", TypeKind::Money) == "`28 days` is a duration in days, where an amount of money belongs");
}

TEST_CASE("what is no number is refused") {
  for (const std::string_view text :
       {"n/a", "-", "12 34", "1,00", "1,0000", "12,34,567", ",100", "1000,000", "1.000,5", "1,000.", "5 furlongs",
        "1e5", "--1", "100000000000000", "0.0000000000000000000000001"}) {
    CAPTURE(text);
    REQUIRE(refusal(text, TypeKind::Number) == fmt::format("`{}` cannot be read as decimal", text));
  }
  REQUIRE(refusal("3.5", TypeKind::Whole) == "`3.5` is not a whole number");
  REQUIRE(refusal("", TypeKind::Days) == "the value is empty; it should be days");
}

TEST_CASE("a range holds both its ends and refuses what is outside") {
  REQUIRE(read("1", kScore) == "1");
  REQUIRE(read("4", kScore) == "4");
  REQUIRE(read("2.37", kScore) == "2.37");
  REQUIRE(refusal("5", kScore) == "`5` is outside score 1 to 4");
  REQUIRE(refusal("0.9", kScore) == "`0.9` is outside score 1 to 4");
  const ValueType share{.kind = TypeKind::Percent, .low = number("0"), .high = number("100")};
  REQUIRE(refusal("101%", share) == "`101%` is outside percent 0% to 100%");
  REQUIRE(refusal("-1", {.kind = TypeKind::Whole, .low = number("0")}) == "`-1` is outside whole number of at least 0");
}

TEST_CASE("labels by name, or by title however it is spaced and cased") {
  for (const std::string_view text : {"requires_improvement", "Requires improvement", "REQUIRES IMPROVEMENT",
                                      "requires-improvement", "RequiresImprovement", " requires  improvement "}) {
    REQUIRE(read(text, kRating) == "requires_improvement");
  }
  REQUIRE(read("Good", kRating) == "good");
  // A name wins over another label's title.
  const ValueType crossed{.kind = TypeKind::Choice, .labels = {{"a", "b"}, {"b", "a"}}};
  REQUIRE(read("b", crossed) == "b");
  REQUIRE(read("B", crossed) == "a");  // neither name as written: the first that fits
}

TEST_CASE("an unknown label is refused with the near one, or with all there are") {
  REQUIRE(refusal("Goood", kRating) == "`Goood` is not one of cqc_rating; did you mean `good`?");
  REQUIRE(refusal("Requires improvment", kRating) ==
          "`Requires improvment` is not one of cqc_rating; did you mean `requires_improvement`?");
  REQUIRE(refusal("4", kRating) ==
          "`4` is not one of cqc_rating; it takes inadequate, requires_improvement, good or outstanding");
  const ValueType region{.kind = TypeKind::Choice, .labels = {{"north", "North"}, {"south", "South"}}};
  REQUIRE(refusal("centre", region) == "`centre` is not one of north or south");
}

TEST_CASE("yes and no") {
  for (const std::string_view text : {"yes", "Yes", "Y", "TRUE", "1"}) REQUIRE(read(text, TypeKind::YesNo) == "yes");
  for (const std::string_view text : {"no", "No", "n", "False", "0"}) REQUIRE(read(text, TypeKind::YesNo) == "no");
  REQUIRE(read("yes", TypeKind::Event) == "yes");
  REQUIRE(refusal("maybe", TypeKind::YesNo) == "`maybe` cannot be read as yes or no; write yes or no");
}

TEST_CASE("days in ISO form") {
  REQUIRE(read("2025-12-05", TypeKind::Date) == "2025-12-05");
  REQUIRE(refusal("25/12/2025", TypeKind::Date) ==
          "`25/12/2025` is not how a date is written here; write 2025-12-25; in a spreadsheet, give the column the "
          "format yyyy-mm-dd");
  REQUIRE(refusal("2025-02-30", TypeKind::Date) ==
          "`2025-02-30` is not a date of the calendar; write it as 2025-12-05, or where no more is "
          "known as March 2025, 2025-Q1, 2025 or 2024/25");
}

TEST_CASE("texts are taken as they are, in normal form C") {
  REQUIRE(read("York & District", TypeKind::Text) == "York & District");
  REQUIRE(read("cafe\xCC\x81", TypeKind::Text) == "café");
  REQUIRE(refusal("\xFF", TypeKind::Text) == "this text is not UTF-8; save the file as UTF-8");
  REQUIRE(refusal("  ", TypeKind::Text) == "the value is empty; it should be text");
}

TEST_CASE("every plain form is read back as what it was") {
  struct Row {
    Value value;
    ValueType type;
  };
  const Row rows[] = {
      {number("-0.05"), {.kind = TypeKind::Number}},
      {number("39"), {.kind = TypeKind::Percent}},
      {number("2500.5"), {.kind = TypeKind::Money}},
      {number("28"), {.kind = TypeKind::Days}},
      {number("6"), {.kind = TypeKind::Months}},
      {number("-3"), {.kind = TypeKind::Points}},
      {number("3"), kScore},
      {Label{3}, kRating},
      {true, {.kind = TypeKind::YesNo}},
      {Date{20427}, {.kind = TypeKind::Date}},
      {Value("York"), {.kind = TypeKind::Text}},
  };
  for (const Row& row : rows) {
    CAPTURE(to_plain(row.value, row.type));
    REQUIRE(parse_value(to_plain(row.value, row.type), row.type) == row.value);
    REQUIRE((row.type.kind == TypeKind::Date || parse_value(to_words(row.value, row.type), row.type) == row.value));
  }
}
