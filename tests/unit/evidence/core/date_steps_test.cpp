// The steps of a series: where each begins and ends, what lies k steps back, what it is called.
#include <array>
#include <catch2/catch.hpp>

#include "evidence/core/date.h"

using namespace assay;

namespace {

Date day(std::string_view iso) { return Date::parse(iso).value(); }
constexpr std::array kSteps = {Step::Day, Step::Week, Step::Month, Step::Quarter, Step::Year, Step::FinancialYear};

}  // namespace

TEST_CASE("the step that holds a date") {
  struct Row {
    Step step;
    std::string_view date, start, end;
  };
  const Row rows[] = {
      {Step::Day, "2025-12-05", "2025-12-05", "2025-12-05"},
      {Step::Week, "2025-12-05", "2025-12-01", "2025-12-07"},  // a Friday; weeks begin on Monday
      {Step::Week, "2025-12-01", "2025-12-01", "2025-12-07"},
      {Step::Week, "2025-12-07", "2025-12-01", "2025-12-07"},
      {Step::Week, "1969-12-31", "1969-12-29", "1970-01-04"},
      {Step::Month, "2024-02-15", "2024-02-01", "2024-02-29"},
      {Step::Month, "2025-02-15", "2025-02-01", "2025-02-28"},
      {Step::Month, "2025-12-31", "2025-12-01", "2025-12-31"},
      {Step::Quarter, "2025-06-30", "2025-04-01", "2025-06-30"},
      {Step::Quarter, "2025-07-01", "2025-07-01", "2025-09-30"},
      {Step::Quarter, "2025-02-28", "2025-01-01", "2025-03-31"},
      {Step::Year, "2025-12-05", "2025-01-01", "2025-12-31"},
      {Step::FinancialYear, "2025-04-01", "2025-04-01", "2026-03-31"},
      {Step::FinancialYear, "2025-03-31", "2024-04-01", "2025-03-31"},
      {Step::FinancialYear, "2025-12-31", "2025-04-01", "2026-03-31"},
  };
  for (const Row& row : rows) {
    CAPTURE(to_string(row.step), row.date);
    REQUIRE(step_start(day(row.date), row.step) == day(row.start));
    REQUIRE(step_end(day(row.date), row.step) == day(row.end));
  }
}

TEST_CASE("steps cover the calendar without gap or overlap") {
  for (const Step step : kSteps) {
    for (Date date = day("2023-06-01"); date <= day("2026-06-01"); ++date.days) {
      const Date start = step_start(date, step), end = step_end(date, step);
      const bool holds = start <= date && date <= end;
      const bool one_step = step_end(start, step) == end && step_start(end, step) == start;
      const bool next = step_start(Date{end.days + 1}, step) == Date{end.days + 1};
      if (!holds || !one_step || !next) FAIL(to_string(step) << " of " << date.to_string());
    }
  }
}

TEST_CASE("k steps back is k times one step back") {
  for (const Step step : kSteps) {
    const Date end = step_end(day("2026-02-14"), step);
    Date walked = end;
    for (int k = 0; k <= 40; ++k) {
      CAPTURE(to_string(step), k);
      REQUIRE(step_end_back(end, step, k) == walked);
      walked = step_end(Date{step_start(walked, step).days - 1}, step);
    }
  }
  REQUIRE(step_end_back(day("2025-06-30"), Step::Quarter, 1) == day("2025-03-31"));
  REQUIRE(step_end_back(day("2025-03-31"), Step::Quarter, 1) == day("2024-12-31"));
  REQUIRE(step_end_back(day("2025-03-31"), Step::Month, 1) == day("2025-02-28"));
  REQUIRE(step_end_back(day("2025-03-31"), Step::FinancialYear, 2) == day("2023-03-31"));
}

TEST_CASE("steps at the ends of the calendar stay within it") {
  for (const Step step : kSteps) {
    CAPTURE(to_string(step));
    REQUIRE(step_start(day("0001-01-01"), step) == day("0001-01-01"));
    REQUIRE(step_end(day("9999-12-31"), step) == day("9999-12-31"));
    REQUIRE(step_end_back(day("0001-06-30"), step, 1'000'000) >= day("0001-01-01"));
  }
}

TEST_CASE("steps by name") {
  REQUIRE(step_name(day("2025-06-30"), Step::Quarter) == "April to June 2025");
  REQUIRE(step_name(day("2025-03-31"), Step::Quarter) == "January to March 2025");
  REQUIRE(step_name(day("2025-03-31"), Step::FinancialYear) == "2024-25");
  REQUIRE(step_name(day("2010-03-31"), Step::FinancialYear) == "2009-10");
  REQUIRE(step_name(day("2000-03-31"), Step::FinancialYear) == "1999-2000");
  REQUIRE(step_name(day("2025-03-31"), Step::Month) == "March 2025");
  REQUIRE(step_name(day("2025-12-31"), Step::Year) == "2025");
  REQUIRE(step_name(day("2025-12-07"), Step::Week) == "week to 7 December 2025");
  REQUIRE(step_name(day("2025-12-05"), Step::Day) == "5 December 2025");
}

TEST_CASE("steps in words") {
  REQUIRE(to_string(Step::Day) == "day");
  REQUIRE(to_string(Step::Week) == "week");
  REQUIRE(to_string(Step::Month) == "month");
  REQUIRE(to_string(Step::Quarter) == "quarter");
  REQUIRE(to_string(Step::Year) == "year");
  REQUIRE(to_string(Step::FinancialYear) == "financial year");
}
