// Dates as people write them, read and written again; and the numbers that stand for them in stores.
#include "evidence/core/imprecise_date.h"

#include <catch2/catch.hpp>

#include "evidence/core/value.h"

using namespace assay;

namespace {

Date day(std::string_view iso) { return Date::parse(iso).value(); }

struct Written {
  const char* text;
  const char* plain;
  const char* words;
  const char* first;
  const char* last;
};

ImpreciseDate read(std::string_view text) {
  const auto date = read_date_as_written(text);
  if (!date) FAIL(to_string(date.error()));
  return *date;
}

std::string refusal(std::string_view text) {
  const auto date = read_date_as_written(text);
  if (date) FAIL("`" << text << "` was read as " << date->to_string());
  CHECK(date.error().code == ErrorCode::BadInput);
  return to_string(date.error());
}

}  // namespace

TEST_CASE("a date is read as far as it is known") {
  const auto cases = std::to_array<Written>({
      {"2025-03-05", "2025-03-05", "5 March 2025", "2025-03-05", "2025-03-05"},
      {"45717", "2025-03-01", "1 March 2025", "2025-03-01", "2025-03-01"},  // a spreadsheet's number of a day
      {"10000", "1927-05-18", "18 May 1927", "1927-05-18", "1927-05-18"},
      {"Mar-25", "2025-03", "March 2025", "2025-03-01", "2025-03-31"},
      {"MAR-2025", "2025-03", "March 2025", "2025-03-01", "2025-03-31"},
      {"march 2025", "2025-03", "March 2025", "2025-03-01", "2025-03-31"},
      {"Sept 2024", "2024-09", "September 2024", "2024-09-01", "2024-09-30"},
      {"Feb-24", "2024-02", "February 2024", "2024-02-01", "2024-02-29"},
      {"Mar-98", "1998-03", "March 1998", "1998-03-01", "1998-03-31"},
      {"Mar-69", "2069-03", "March 2069", "2069-03-01", "2069-03-31"},
      {"Mar-70", "1970-03", "March 1970", "1970-03-01", "1970-03-31"},
      {"Mar-1925", "1925-03", "March 1925", "1925-03-01", "1925-03-31"},
      {"03/2025", "2025-03", "March 2025", "2025-03-01", "2025-03-31"},
      {"2025-03", "2025-03", "March 2025", "2025-03-01", "2025-03-31"},
      {"2025-Q1", "2025-Q1", "January to March 2025", "2025-01-01", "2025-03-31"},
      {"2025-q4", "2025-Q4", "October to December 2025", "2025-10-01", "2025-12-31"},
      {"Q4 24/25", "2025-Q1", "January to March 2025", "2025-01-01", "2025-03-31"},  // of a financial year
      {"Q1 24/25", "2024-Q2", "April to June 2024", "2024-04-01", "2024-06-30"},
      {"q2 2024/25", "2024-Q3", "July to September 2024", "2024-07-01", "2024-09-30"},
      {"Q3 2024-25", "2024-Q4", "October to December 2024", "2024-10-01", "2024-12-31"},
      {"Q4 99/00", "2000-Q1", "January to March 2000", "2000-01-01", "2000-03-31"},
      {"2024/25 Q4", "2025-Q1", "January to March 2025", "2025-01-01", "2025-03-31"},
      {"2025", "2025", "2025", "2025-01-01", "2025-12-31"},
      {"2024/25", "2024/25", "2024-25", "2024-04-01", "2025-03-31"},
      {"2024-25", "2024/25", "2024-25", "2024-04-01", "2025-03-31"},
      {"2024/2025", "2024/25", "2024-25", "2024-04-01", "2025-03-31"},
      {"1999/00", "1999/00", "1999-2000", "1999-04-01", "2000-03-31"},
      {"2011/12", "2011/12", "2011-12", "2011-04-01", "2012-03-31"},
  });
  for (const Written& each : cases) {
    INFO(each.text);
    const ImpreciseDate date = read(each.text);
    CHECK(date.to_string() == each.plain);
    CHECK(date.to_long_string() == each.words);
    CHECK(date.first == day(each.first));
    CHECK(date.last() == day(each.last));
    CHECK(date.exact() == (date.first == date.last()));
    CHECK(read(date.to_string()) == date);
  }
}

TEST_CASE("what is no date, or may be two, is refused") {
  const std::string help =
      "; write it as 2025-12-05, or where no more is known as March 2025, 2025-Q1, 2025 or 2024/25";
  for (const char* text :
       {"",      "tbc",    "Q5 24/25", "Q0 24/25", "Q4 24/26", "Q4 24",      "2025-13", "2025-Q5",    "2025-00",
        "24/26", "24/25",  "2024/26",  "Mrch-25",  "Mar-251",  "Mar-",       "13/2025", "2025-02-30", "32/12/2025",
        "0000",  "123456", "1",        "2025-W10", "March",    "2025 March", "9999/00", "45717.5"}) {
    CHECK(refusal(text) == fmt::format("`{}` is not a date of the calendar{}", text, help));
  }
  CHECK(
      refusal("2011-12") ==
      "`2011-12` may be December 2011 or a financial year; write `December 2011`, or `2011/12` for the financial year");
  CHECK(refusal("Q1 2025") ==
        "`Q1 2025` may be a quarter of the calendar or of a financial year; write `2025-Q1`, or `Q1 2025/26` for the "
        "financial year");
  CHECK(refusal("Mar 25") ==
        "`Mar 25` may be a day or a year; write the day as 2025-03-25, or the month as Mar-25 or March 2025");
  // As spreadsheets write dates.
  CHECK(
      refusal("05/12/2025") ==
      "`05/12/2025` may be 5 December 2025 or 12 May 2025; write 2025-12-05 or 2025-05-12; in a spreadsheet, give the "
      "column the format yyyy-mm-dd");
  for (const char* text : {"25/12/2025", "12/25/2025"})
    CHECK(refusal(text) == fmt::format("`{}` is not how a date is written here; write 2025-12-25; in a spreadsheet, "
                                       "give the column the format yyyy-mm-dd",
                                       text));
  CHECK(refusal("05/05/2025").starts_with("`05/05/2025` is not how a date is written here; write 2025-05-05; "));
  CHECK(refusal(std::string(500, '1')).starts_with("`111"));
}

TEST_CASE("every step of every year goes through its number in a store and back") {
  int steps = 0;
  for (int year = 1; year <= 9999; year += 37) {
    for (const Step step : {Step::Day, Step::Month, Step::Quarter, Step::Year, Step::FinancialYear}) {
      const ImpreciseDate date(*Date::from_ymd(year, 11, 17), step);
      REQUIRE(ImpreciseDate::from_stored(date.stored()) == date);
      ++steps;
    }
  }
  CHECK(steps > 1000);
}

TEST_CASE("a number in a store has one meaning and none of its own") {
  CHECK(ImpreciseDate(day("2025-03-05")).stored() == day("2025-03-05").days);  // an exact date as it always was
  CHECK(ImpreciseDate(day("2025-03-05"), Step::Month).stored() == 20'020'148);
  CHECK(ImpreciseDate(day("2025-03-05"), Step::Quarter).stored() == 30'020'089);
  CHECK(ImpreciseDate(day("2025-03-05"), Step::Year).stored() == 40'020'089);
  CHECK(ImpreciseDate(day("2025-03-05"), Step::FinancialYear).stored() == 50'019'814);
  for (const std::int32_t other :
       {20'020'149, 10'020'089, 60'020'089, 40'020'148, -20'020'089, 2'932'897, -719'163, INT32_MAX, INT32_MIN}) {
    INFO(other);
    CHECK_FALSE(ImpreciseDate::from_stored(other));
  }
}

TEST_CASE("in sentences it says how far it is known") {
  CHECK(read("2025-03").in_doubt() == "known only to the month, March 2025");
  CHECK(read("Q4 24/25").in_doubt() == "known only to the quarter, January to March 2025");
  CHECK(read("2025").in_doubt() == "known only to the year, 2025");
  CHECK(read("2024-25").in_doubt() == "known only to the financial year, 2024-25");
  CHECK(read("2025-03-05").on_a_day() == "on 5 March 2025");
  CHECK(read("2025-03").on_a_day() == "on a day of March 2025");
}

TEST_CASE("a value of a date is a day, or as much as is known of it") {
  const ValueType type{.kind = TypeKind::Date};
  CHECK(parse_value("45717", type) == Value(day("2025-03-01")));
  const auto month = parse_value(" Mar-25 ", type);
  REQUIRE(month);
  CHECK(*month == Value(ImpreciseDate(day("2025-03-01"), Step::Month)));
  CHECK(to_plain(*month, type) == "2025-03");
  CHECK(to_words(*month, type) == "March 2025");
  CHECK(same(*month, *parse_value("2025-03", type)));
  CHECK_FALSE(same(*month, *parse_value("2025", type)));
}
