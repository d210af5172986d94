// Numbers in their shortest form, and the place that follows from a row's number.
#include "evidence/store/stored_row.h"

#include <catch2/catch.hpp>
#include <limits>

#include "evidence/core/decimal.h"

using namespace assay;

namespace {
std::string scaled(std::int64_t count, int places) {
  std::string out;
  append_scaled(out, count, places);
  return out;
}
}  // namespace

TEST_CASE("counts of small parts in shortest form") {
  CHECK(scaled(39, 0) == "39");
  CHECK(scaled(0, 0) == "0");
  CHECK(scaled(0, 6) == "0");
  CHECK(scaled(66700000, 6) == "66.7");
  CHECK(scaled(-50000, 6) == "-0.05");
  CHECK(scaled(1, 6) == "0.000001");
  CHECK(scaled(-1000000, 6) == "-1");
  CHECK(scaled(100, 0) == "100");
  CHECK(scaled(std::numeric_limits<std::int64_t>::min(), 0) == "-9223372036854775808");
}

TEST_CASE("the same as the exact decimals say") {
  for (std::int64_t count = -20000; count <= 20000; count += 37) {
    for (const int places : {0, 1, 2, 3, 6})
      REQUIRE(scaled(count, places) == Decimal::scaled(count, places)->to_string());
  }
}

TEST_CASE("the first row of a batch stands in line 2") {
  CHECK(default_place(1, 1) == "row 2");
  CHECK(default_place(340, 14) == "row 328");
}
