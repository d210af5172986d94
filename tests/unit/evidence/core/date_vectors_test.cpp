// The published tables of month arithmetic in tests/vectors/dates, met row by row.
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "evidence/core/date.h"

using namespace assay;

namespace {

using Row = std::vector<std::string>;

// Cells between semicolons, the heading left out.
std::vector<Row> rows_of(const std::string& file) {
  std::ifstream in(ASSAY_SOURCE_DIR "/tests/vectors/dates/" + file);
  REQUIRE(in.good());
  std::vector<Row> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    if (line.empty()) continue;
    Row row;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ';');) row.push_back(cell);
    rows.push_back(row);
  }
  return rows;
}

// "[0 years, 1 months, 0 days]": years and months at once, as the language counts them, then days.
Date add_period(Date date, const std::string& period) {
  int years = 0, months = 0, days = 0;
  REQUIRE(std::sscanf(period.c_str(), "[%d years, %d months, %d days]", &years, &months, &days) == 3);
  return add(add(date, {Duration::Unit::Months, years * 12 + months}), {Duration::Unit::Days, days});
}

Date day(const std::string& iso) { return Date::parse(iso).value(); }

}  // namespace

TEST_CASE("date vectors: exact sums") {
  const auto rows = rows_of("exact_computations.csv");
  REQUIRE(rows.size() == 19);
  for (const Row& row : rows) {
    CAPTURE(row);
    REQUIRE(add_period(day(row.at(0)), row.at(1)) == day(row.at(2)));
  }
}

TEST_CASE(
    "date vectors: where a month lacks the day, its last day (down); the first of the next (up) is known different") {
  const auto rows = rows_of("ambiguous_computations.csv");
  REQUIRE(rows.size() == 11);
  for (const Row& row : rows) {
    CAPTURE(row);
    const Date sum = add_period(day(row.at(0)), row.at(1));
    REQUIRE(sum == day(row.at(3)));
    REQUIRE_FALSE(sum == day(row.at(2)));
  }
}

TEST_CASE("date vectors: first and last day of a month") {
  const auto rows = rows_of("first_last_day_of_month.csv");
  REQUIRE(rows.size() == 2);
  for (const Row& row : rows) {
    CAPTURE(row);
    REQUIRE(step_start(day(row.at(0)), Step::Month) == day(row.at(1)));
    REQUIRE(step_end(day(row.at(0)), Step::Month) == day(row.at(2)));
  }
}
