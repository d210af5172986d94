// Dates as text, durations, and months under the corresponding date rule.
#include "evidence/core/date.h"

#include <catch2/catch.hpp>

using namespace assay;

namespace {

Date day(std::string_view iso) { return Date::parse(iso).value(); }
Duration days(int count) { return {Duration::Unit::Days, count}; }
Duration months(int count) { return {Duration::Unit::Months, count}; }

}  // namespace

TEST_CASE("dates are counted from 1970") {
  REQUIRE(day("1970-01-01").days == 0);
  REQUIRE(day("1970-01-02").days == 1);
  REQUIRE(day("1969-12-31").days == -1);
  REQUIRE(day("2000-03-01").days == 11017);
  REQUIRE(day("2025-12-05").days == 20427);
}

TEST_CASE("only days that exist are dates") {
  REQUIRE(Date::from_ymd(2024, 2, 29));
  REQUIRE_FALSE(Date::from_ymd(2025, 2, 29));
  REQUIRE_FALSE(Date::from_ymd(1900, 2, 29));
  REQUIRE(Date::from_ymd(2000, 2, 29));
  REQUIRE_FALSE(Date::from_ymd(2025, 4, 31));
  REQUIRE_FALSE(Date::from_ymd(2025, 0, 1));
  REQUIRE_FALSE(Date::from_ymd(2025, 13, 1));
  REQUIRE_FALSE(Date::from_ymd(2025, 1, 0));
  REQUIRE_FALSE(Date::from_ymd(2025, 1, 257));  // would be the first, cut to a byte
  REQUIRE(Date::from_ymd(1, 1, 1));
  REQUIRE(Date::from_ymd(9999, 12, 31));
  REQUIRE_FALSE(Date::from_ymd(0, 12, 31));
  REQUIRE_FALSE(Date::from_ymd(10000, 1, 1));
}

TEST_CASE("a date is read in its ISO form and in no other") {
  for (const std::string_view text :
       {"", "2025-12-5", "2025-1-05", "5 December 2025", "05/12/2025", "2025/12/05", "20251205", "2025-12-05 ",
        " 2025-12-05", "2025-12-05T00:00", "+025-12-05", "2025-1a-05", "2025-02-30"}) {
    CAPTURE(text);
    REQUIRE_FALSE(Date::parse(text));
  }
  REQUIRE(day("0001-01-01").to_string() == "0001-01-01");
}

TEST_CASE("every day of a thousand years comes back from its parts and its text") {
  Date::Ymd last = day("1599-12-31").ymd();
  for (Date date = day("1600-01-01"); date <= day("2599-12-31"); ++date.days) {
    const Date::Ymd parts = date.ymd();
    const bool next_day = parts.year == last.year && parts.month == last.month && parts.day == last.day + 1;
    const bool next_month = parts.year == last.year && parts.month == last.month + 1 && parts.day == 1;
    const bool next_year = parts.year == last.year + 1 && parts.month == 1 && parts.day == 1 && last.month == 12;
    if (!next_day && !next_month && !next_year) FAIL(date.to_string());
    if (Date::from_ymd(parts.year, parts.month, parts.day) != date) FAIL(date.to_string());
    if (Date::parse(date.to_string()) != date) FAIL(date.to_string());
    last = parts;
  }
}

TEST_CASE("dates in words") {
  REQUIRE(day("2025-12-05").to_long_string() == "5 December 2025");
  REQUIRE(day("2025-03-31").to_long_string() == "31 March 2025");
}

TEST_CASE("durations in words") {
  REQUIRE(days(28).to_string() == "28 days");
  REQUIRE(days(1).to_string() == "1 day");
  REQUIRE(months(3).to_string() == "3 months");
  REQUIRE(months(1).to_string() == "1 month");
  REQUIRE(months(0).to_string() == "0 months");
  REQUIRE(days(-1).to_string() == "-1 day");
}

TEST_CASE("thirty days are not a month") {
  REQUIRE_FALSE(days(30) == months(1));
  REQUIRE(days(1) == days(1));
}

TEST_CASE("months end on the corresponding date, or the month's last day") {
  REQUIRE(add(day("2025-01-31"), months(1)) == day("2025-02-28"));
  REQUIRE(add(day("2024-01-31"), months(1)) == day("2024-02-29"));
  REQUIRE(add(day("2025-01-15"), months(1)) == day("2025-02-15"));
  // Dodds v Walker: four months from 30 September end on 30 January, not on the 31st.
  REQUIRE(add(day("1978-09-30"), months(4)) == day("1979-01-30"));
  // All at once: one by one the day would stick at 28.
  REQUIRE(add(day("2025-01-31"), months(2)) == day("2025-03-31"));
  REQUIRE(add(day("2025-11-30"), months(3)) == day("2026-02-28"));
}

TEST_CASE("months and days go back as well") {
  REQUIRE(add(day("2025-03-31"), months(-1)) == day("2025-02-28"));
  REQUIRE(add(day("2025-01-15"), months(-1)) == day("2024-12-15"));
  REQUIRE(add(day("2025-01-15"), months(-13)) == day("2023-12-15"));
  REQUIRE(add(day("2025-03-01"), days(-1)) == day("2025-02-28"));
}

TEST_CASE("counting stops at the ends of the calendar") {
  REQUIRE(add(day("9999-12-30"), days(5)) == day("9999-12-31"));
  REQUIRE(add(day("9999-12-15"), months(1)) == day("9999-12-31"));
  REQUIRE(add(day("0001-01-02"), days(-5)) == day("0001-01-01"));
  REQUIRE(add(day("0001-01-15"), months(-1)) == day("0001-01-01"));
  REQUIRE(add(day("2025-01-01"), days(2147483647)) == day("9999-12-31"));
  REQUIRE(add(day("2025-01-01"), months(-2147483647 - 1)) == day("0001-01-01"));
}

TEST_CASE("whole months between two dates") {
  REQUIRE(months_between(day("2025-01-15"), day("2025-01-15")) == 0);
  REQUIRE(months_between(day("2025-01-15"), day("2025-02-14")) == 0);
  REQUIRE(months_between(day("2025-01-15"), day("2025-02-15")) == 1);
  REQUIRE(months_between(day("2025-01-31"), day("2025-02-27")) == 0);
  REQUIRE(months_between(day("2025-01-31"), day("2025-02-28")) == 1);
  REQUIRE(months_between(day("2024-02-29"), day("2025-02-28")) == 12);
  REQUIRE(months_between(day("2025-02-15"), day("2025-01-15")) == -1);
}

TEST_CASE("so many months on is the last count of months that fits") {
  for (Date from = day("2023-01-01"); from <= day("2024-03-01"); ++from.days) {
    for (Date to = from; to.days <= from.days + 800; to.days += 1) {
      const int count = months_between(from, to);
      if (!(add(from, months(count)) <= to && to < add(from, months(count + 1))))
        FAIL(from.to_string() << " " << to.to_string());
    }
  }
}

TEST_CASE("a period holds both its ends") {
  const Period term{day("2025-02-01"), day("2025-02-22")};
  REQUIRE(term.contains(day("2025-02-01")));
  REQUIRE(term.contains(day("2025-02-22")));
  REQUIRE_FALSE(term.contains(day("2025-01-31")));
  REQUIRE_FALSE(term.contains(day("2025-02-23")));
  const Period open{day("2025-02-01"), std::nullopt};
  REQUIRE(open.contains(day("9999-12-31")));
  REQUIRE_FALSE(open.contains(day("2025-01-31")));
}
