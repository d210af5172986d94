// What evidence says of itself, counted; aims, with the evidence that their rules rest on.
#include <catch2/catch.hpp>

#include "engine/survey/balance.h"
#include "tests/unit/engine/survey/surveyed.h"

namespace assay {

TEST_CASE("measures, purposes and sectors are counted, and what is not said stands last") {
  const Rulebook book = tests::rulebook_of(tests::kFrameworks);
  const Balance balance = balance_of(book, tests::on("2025-01-01"));
  REQUIRE(balance.rulesets.size() == 2);
  const RulesetBalance& care = balance.rulesets[0];
  CHECK(care.title == "Care assessment");
  CHECK(care.items == 4);
  CHECK(care.safety == 1);
  REQUIRE(care.measures.size() == 3);
  CHECK(care.measures[0].what == "experience");
  CHECK(care.measures[0].items == 2);
  CHECK(care.measures[1].what == "activity");
  CHECK(care.measures[2].what.empty());
  CHECK(care.experience.size() == 2);
  CHECK(care.asked_of_said == 1);
  REQUIRE(care.purposes.size() == 2);
  CHECK(care.purposes[0].what == "inform");
  CHECK(care.purposes[1].items == 3);
  CHECK(care.sectors[0].what == "adult social care");
}

TEST_CASE("an aim has the rules that say it and the evidence that says it or on which they rest; some have none") {
  const Rulebook book = tests::rulebook_of(tests::kFrameworks);
  const Balance balance = balance_of(book, tests::on("2025-01-01"));
  CHECK(balance.aims[0].aim == ast::Aim::Outcomes);
  CHECK(balance.aims[0].rules == 1);
  CHECK(balance.aims[0].evidence == 1);
  CHECK(balance.aims[1].rules == 0);
  CHECK(balance.aims[1].evidence == 1);
  CHECK(balance.aims[2].evidence == 0);
  CHECK(balance.aims[3].evidence == 0);
  CHECK(balance.rulesets[0].speaks_of_aims);
  CHECK(balance.rulesets[0].aims[1].evidence == 0);
  CHECK(balance.rulesets[1].aims[1].evidence == 1);
}

}  // namespace assay
