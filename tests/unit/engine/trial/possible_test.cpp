// A ruleset of defines, and the values each can come to.
#include "engine/trial/possible.h"

#include <catch2/catch.hpp>

#include "engine/session/rules.h"

using namespace assay;

namespace {

constexpr const char* kRules = R"(ruleset t
  title "T"
  owner "T"
  edition "1"
  in force from 2024-01-01

kind council "Council" plural councils

evidence a of council : score 1 to 4
  title "A"
evidence b of council : score 1 to 4
  title "B"
evidence portion of council : percent 0% to 100%
  title "Share"

define total of council : whole
  = sum of (a, b)
  basis local
define percent_of_best of council : percent
  = total as percent of 8 rounded up to whole percent
  basis local
define twice of council : decimal
  = a * 2 - 1
  basis local
define capped of council : whole
  = a
  but 2 when b is 1
  but the above when b is 2
  basis local
define how_many of council : whole
  = count of (a, b) that are 1
  basis local
define any_share of council : percent
  = portion
  basis local
)";

std::string values_of(const std::string& name) {
  const LoadedRules loaded = load_rules({{"t.assay", kRules}});
  INFO(render(loaded.sink, loaded.rulebook.sources));
  REQUIRE_FALSE(loaded.sink.has_errors());
  const auto rule = loaded.rulebook.find_rule("t." + name);
  REQUIRE(rule);
  // Of a define with exceptions, what a rule that reads it would see.
  const auto& body = std::get<DefineRule>(loaded.rulebook.rule(*rule).body);
  const auto values = possible_values(loaded.rulebook, body.value);
  if (!values) return "too many";
  std::string out;
  for (Decimal value : *values) out += (out.empty() ? "" : " ") + value.to_string();
  return out;
}

}  // namespace

TEST_CASE("a sum of scores comes to every whole number between its ends") {
  CHECK(values_of("total") == "2 3 4 5 6 7 8");
}

TEST_CASE("a rounded percent of a sum skips what no sum gives") {
  CHECK(values_of("percent_of_best") == "25 38 50 63 75 88 100");
}

TEST_CASE("arithmetic takes every pair of its operands' values") { CHECK(values_of("twice") == "1 3 5 7"); }

TEST_CASE("a count of a list goes from none to all of it") { CHECK(values_of("how_many") == "0 1 2"); }

TEST_CASE("a percentage that is recorded can be any") { CHECK(values_of("any_share") == "too many"); }
