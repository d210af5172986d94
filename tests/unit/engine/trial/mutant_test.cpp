// Steps beside a value, counts beside a count, and a change made and taken back.
#include "engine/trial/mutant.h"

#include <catch2/catch.hpp>

#include "engine/session/rules.h"
#include "engine/trial/steps.h"

using namespace assay;

namespace {

std::string steps(const char* value, ValueType type) {
  std::string out;
  for (const Value& step : steps_from(*Decimal::parse(value), type))
    out += (out.empty() ? "" : " ") + std::get<Decimal>(step).to_string();
  return out;
}

std::string counts(Counted of, std::size_t members) {
  std::string out;
  for (const Counted& other : other_counts(of, members)) out += (out.empty() ? "" : ", ") + count_words(other);
  return out;
}

constexpr const char* kRules = R"(ruleset t
  title "T"
  owner "T"
  edition "1"
  in force from 2024-01-01

kind council "Council" plural councils

parameter limit : whole
  = 10 from 2024-01-01
  basis local

evidence a of council : whole
  title "A"
evidence b of council : yes/no
  title "B"

flag f of council
  severity low
  when a is at least limit and b
  says "{council}"
  basis local

scenario "At the limit"
  given council c
    a 10, b yes
  as at 2025-01-01
  expect f of c is raised
)";

}  // namespace

TEST_CASE("a whole number moves by one, a decimal by its last place") {
  CHECK(steps("28", {.kind = TypeKind::Days}) == "27 29");
  CHECK(steps("0.5", {.kind = TypeKind::Number}) == "0.4 0.6");
  CHECK(steps("12.25", {.kind = TypeKind::Percent}) == "12.24 12.26");
}

TEST_CASE("a step stays within the type") {
  const ValueType score{.kind = TypeKind::Score, .low = Decimal::from_int(1), .high = Decimal::from_int(4)};
  CHECK(steps("1", score) == "2");
  CHECK(steps("4", score) == "3");
}

TEST_CASE("a label moves along its scale, and not along a choice") {
  ValueType type{.kind = TypeKind::Scale, .labels = {{"low", ""}, {"middle", ""}, {"high", ""}}};
  CHECK(steps_from(Value(Label{0}), type).size() == 1);
  CHECK(steps_from(Value(Label{1}), type).size() == 2);
  type.kind = TypeKind::Choice;
  CHECK(steps_from(Value(Label{1}), type).empty());
}

TEST_CASE("a count moves by one, as far as there are members") {
  using enum ast::Quantity;
  CHECK(counts({Any, 0}, 3) == "at least 2 of");
  CHECK(counts({All, 0}, 3) == "at least 2 of");
  CHECK(counts({None, 0}, 3) == "at most 1 of");
  CHECK(counts({AtLeast, 1}, 3) == "at least 2 of");
  CHECK(counts({AtLeast, 3}, 3) == "at least 2 of");
  CHECK(counts({Exactly, 2}, 0) == "exactly 1 of, exactly 3 of");
  CHECK(counts({Any, 0}, 1).empty());
}

TEST_CASE("a change that is taken back leaves no trace") {
  const LoadedRules loaded = load_rules({{"t.assay", kRules}});
  INFO(render(loaded.sink, loaded.rulebook.sources));
  REQUIRE_FALSE(loaded.sink.has_errors());
  const Rulebook& book = loaded.rulebook;
  const auto all = [](auto) { return true; };
  const auto mutants = mutants_of(book, {all, all});
  // `at least` made `more than`, either condition left out, the limit moved either way.
  REQUIRE(mutants.size() == 5);
  Rulebook copy = book;
  for (const Mutant& mutant : mutants) {
    apply(mutant, copy);
    undo(mutant, copy, book);
  }
  const auto again = mutants_of(copy, {all, all});
  REQUIRE(again.size() == mutants.size());
  for (std::size_t i = 0; i < again.size(); ++i) CHECK(again[i].changed_to == mutants[i].changed_to);
}

TEST_CASE("a mutant is killed by the scenario that fails under it") {
  const LoadedRules loaded = load_rules({{"t.assay", kRules}});
  const auto all = [](auto) { return true; };
  const auto results = try_mutants(loaded.rulebook, mutants_of(loaded.rulebook, {all, all}));
  std::string alive;
  for (const MutantResult& result : results)
    if (result.killed_by.empty()) alive += result.mutant.changed_to + "; ";
  CHECK(alive == "left out; left out; limit = 9; ");
}
