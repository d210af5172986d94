// Runs the scenarios of a rulebook: each knows only what it is given.
#pragma once

#include <string>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay {

struct ScenarioFailure {
  Span span;  // the expectation
  std::string expected, got;
  std::string why;  // the explanation, as a paragraph; of evidence none
};
struct ScenarioResult {
  RulesetId ruleset;
  std::string title;
  int expectations = 0;
  std::vector<ScenarioFailure> failures;
};
std::vector<ScenarioResult> run_scenarios(const Rulebook& rulebook);

}  // namespace assay
