// Counting forward by hand: over weekends, over each sort of bank holiday, and out of the years held.
#include <catch2/catch.hpp>

#include "evidence/core/working_days.h"

using namespace assay;

namespace {

Date day(const char* iso) { return Date::parse(iso).value(); }

}  // namespace

TEST_CASE("working days pass over weekends and bank holidays, and name the holidays") {
  struct Row {
    const char* from;
    int count;
    const char* end;
    std::size_t left_out;
  };
  const auto row = GENERATE(Row{"2026-11-03", 20, "2026-12-01", 0},  // a request of 3 November: no holiday between
                            Row{"2026-11-27", 1, "2026-11-30", 0},   // a Friday
                            Row{"2026-11-28", 1, "2026-11-30", 0},   // a Saturday
                            Row{"2027-03-22", 10, "2027-04-07", 2},  // Good Friday and Easter Monday
                            Row{"2026-12-18", 10, "2027-01-06", 3},  // Christmas, its substitute, New Year
                            Row{"2027-12-24", 3, "2027-12-31", 2},   // both substitutes
                            Row{"2026-11-03", 0, "2026-11-03", 0});
  CAPTURE(row.from, row.count);
  const auto found = working_days_after(day(row.from), row.count);
  REQUIRE(found);
  CHECK(found->end.to_string() == row.end);
  CHECK(found->left_out.size() == row.left_out);
}

TEST_CASE("every bank holiday held falls on a weekday, eight a year") {
  for (int year = kFirstHolidayYear; year <= kLastHolidayYear; ++year) {
    int holidays = 0;
    for (Date at = *Date::from_ymd(year, 1, 1); at.ymd().year == year; ++at.days) {
      if (!bank_holiday(at)) continue;
      ++holidays;
      CHECK(working_days_after(Date{at.days - 1}, 1)->left_out.size() >= 1);
    }
    CHECK(holidays == 8);
  }
}

TEST_CASE("outside the years whose holidays are held there is no answer") {
  CHECK_FALSE(working_days_after(day("2028-12-28"), 5));
  CHECK_FALSE(working_days_after(day("2023-12-30"), 1));
  CHECK(working_days_after(day("2028-12-28"), 1));
}
