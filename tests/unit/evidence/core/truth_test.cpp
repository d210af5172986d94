// The laws of the logic, over every combination of its four values.
#include "evidence/core/truth.h"

#include <array>
#include <catch2/catch.hpp>
#include <string>

using namespace assay;

namespace {
constexpr std::array kAll = {Truth::No, Truth::Yes, Truth::Unknown, Truth::NotApplicable};
}

TEST_CASE("not applicable is left out of and and or") {
  for (const Truth a : kAll) {
    CAPTURE(to_string(a));
    REQUIRE(both(Truth::NotApplicable, a) == a);
    REQUIRE(both(a, Truth::NotApplicable) == a);
    REQUIRE(either(Truth::NotApplicable, a) == a);
    REQUIRE(either(a, Truth::NotApplicable) == a);
  }
  REQUIRE(opposite(Truth::NotApplicable) == Truth::NotApplicable);
}

TEST_CASE("one no settles and, one yes settles or") {
  REQUIRE(both(Truth::No, Truth::Unknown) == Truth::No);
  REQUIRE(both(Truth::Yes, Truth::Unknown) == Truth::Unknown);
  REQUIRE(either(Truth::Yes, Truth::Unknown) == Truth::Yes);
  REQUIRE(either(Truth::No, Truth::Unknown) == Truth::Unknown);
}

TEST_CASE("and and or take their operands in any order and grouping, and mirror each other through not") {
  for (const Truth a : kAll) {
    REQUIRE(opposite(opposite(a)) == a);
    for (const Truth b : kAll) {
      CAPTURE(to_string(a), to_string(b));
      REQUIRE(both(a, b) == both(b, a));
      REQUIRE(either(a, b) == either(b, a));
      REQUIRE(opposite(both(a, b)) == either(opposite(a), opposite(b)));
      for (const Truth c : kAll) {
        REQUIRE(both(both(a, b), c) == both(a, both(b, c)));
        REQUIRE(either(either(a, b), c) == either(a, either(b, c)));
      }
    }
  }
}

TEST_CASE("an unknown settled either way never contradicts a known answer") {
  for (const Truth a : kAll) {
    for (const Truth settled : {Truth::No, Truth::Yes}) {
      if (both(a, Truth::Unknown) != Truth::Unknown) REQUIRE(both(a, settled) == both(a, Truth::Unknown));
      if (either(a, Truth::Unknown) != Truth::Unknown) REQUIRE(either(a, settled) == either(a, Truth::Unknown));
    }
  }
}

TEST_CASE("truth in words") {
  REQUIRE(std::string(to_string(Truth::No)) == "no");
  REQUIRE(std::string(to_string(to_truth(true))) == "yes");
  REQUIRE(std::string(to_string(Truth::Unknown)) == "unknown");
  REQUIRE(std::string(to_string(Truth::NotApplicable)) == "not applicable");
}
