// Each item once with all its askers; hours only where somebody recorded hours.
#include <catch2/catch.hpp>

#include "engine/survey/burden.h"
#include "tests/unit/engine/survey/surveyed.h"

namespace assay {
namespace {

using Names = std::vector<std::string>;
const BurdenItem& item(const Burden& burden, const Rulebook& book, std::string_view name) {
  for (const BurdenItem& each : burden.items)
    if (book.schema.field(each.field).name == name) return each;
  FAIL("there is no item " << name);
  return burden.items.front();
}

}  // namespace

TEST_CASE("an item is asked for by those it names, by title, each once; else by the framework that declares it") {
  const Rulebook book = tests::rulebook_of(tests::kFrameworks);
  const Burden burden = burden_of(book, tests::on("2025-01-01"));
  CHECK(burden.items.size() == 6);
  const BurdenItem& survey = item(burden, book, "care.carers_content");
  CHECK(survey.asked_by == Names{"Care assessment", "Carers' survey", "the improvement board"});
  CHECK(survey.twice());
  CHECK(survey.kind == "Council");
  const BurdenItem& governance = item(burden, book, "care.governance");
  CHECK(governance.asked_by == Names{"Care assessment"});
  CHECK_FALSE(governance.twice());
}

TEST_CASE("a framework reads what its rules rest on, by whatever rules of others") {
  const Rulebook book = tests::rulebook_of(tests::kFrameworks);
  const Burden burden = burden_of(book, tests::on("2025-01-01"));
  CHECK(item(burden, book, "care.governance").read_by == Names{"Care assessment", "Joint"});
  CHECK(item(burden, book, "care.carers_content").read_by.empty());
}

TEST_CASE("hours are those recorded, saved for each asker but one; other costs stay as they are told") {
  const Rulebook book = tests::rulebook_of(tests::kFrameworks);
  const Burden burden = burden_of(book, tests::on("2025-01-01"));
  const BurdenItem& survey = item(burden, book, "care.carers_content");
  CHECK(survey.hours == 6);
  CHECK(survey.hours_saved() == 12);
  CHECK(survey.times_a_year == 1);
  const BurdenItem& visits = item(burden, book, "care.visits");
  CHECK(visits.costs == "a clerk, one day");
  CHECK_FALSE(visits.hours);
  CHECK_FALSE(visits.hours_saved());
  CHECK_FALSE(visits.times_a_year);
  CHECK(item(burden, book, "care.waited").costs == "2 days");
  CHECK_FALSE(item(burden, book, "care.waited").hours);
}

TEST_CASE("of each asker: its items, what others ask for too, and what somebody said it costs") {
  const Rulebook book = tests::rulebook_of(tests::kFrameworks);
  const Burden burden = burden_of(book, tests::on("2025-01-01"));
  REQUIRE(burden.askers.size() == 4);
  const AskerBurden& care = burden.askers.front();
  CHECK(care.asker == "Care assessment");
  CHECK(care.items == 4);
  CHECK(care.shared == 1);
  CHECK(care.with_cost == 3);
  CHECK(care.hours == 6);
}

TEST_CASE("what is not yet in force asks for nothing") {
  const Rulebook book = tests::rulebook_of(tests::kFrameworks);
  CHECK(burden_of(book, tests::on("2023-06-01")).items.empty());
}

}  // namespace assay
