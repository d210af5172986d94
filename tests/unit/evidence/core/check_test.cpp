// CHECK says which of our own assumptions failed, and where, and stops.
#include <catch2/catch.hpp>

// Catch2 has a CHECK of its own, which no test here uses; ours must win in this file.
#undef CHECK
#include "evidence/core/check.h"

#include "tests/unit/evidence/core/death.h"

using namespace assay;

TEST_CASE("a CHECK that holds does nothing") {
  REQUIRE(last_words([] { CHECK(1 + 1 == 2); }).empty());
}

TEST_CASE("a CHECK that fails prints its condition and place, and aborts") {
  REQUIRE(last_words([] { check_failed("rows_.empty()", "evidence/core/x.cpp", 12); }) ==
          "defect: CHECK(rows_.empty()) failed at evidence/core/x.cpp:12\n");
  const std::string words = last_words([] { CHECK(1 + 1 == 3); });
  REQUIRE(words.starts_with("defect: CHECK(1 + 1 == 3) failed at "));
  REQUIRE(words.find("check_test.cpp:") != std::string::npos);
}
