// Every scenario of a rulebook, in the order written.
#include "engine/session/scenarios.h"

#include "engine/session/expectation.h"
#include "engine/session/scenario_snapshot.h"

namespace assay {

std::vector<ScenarioResult> run_scenarios(const Rulebook& rulebook) {
  std::vector<ScenarioResult> results;
  for (const Scenario& scenario : rulebook.scenarios) {
    const Snapshot snapshot = scenario_snapshot(rulebook, scenario);
    Evaluation::Overrides overrides;
    for (const auto& [parameter, value] : scenario.parameters) overrides[parameter.index] = value;
    Evaluation evaluation(rulebook, snapshot, std::move(overrides), rulebook.ruleset(scenario.ruleset).draft);
    ScenarioResult result{scenario.ruleset, scenario.title, 0, {}};
    for (const auto& expected : scenario.expected) {
      ++result.expectations;
      if (auto failure = hold(evaluation, scenario, expected)) result.failures.push_back(std::move(*failure));
    }
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace assay
