// From scenarios to evidence and questions.
#include "engine/trial/trial.h"

#include "engine/plan/plan.h"
#include "engine/session/expectation.h"
#include "engine/session/scenario_snapshot.h"

namespace assay {

Trial trial_of(const Rulebook& book, const Scenario& scenario) {
  Trial trial{&scenario, scenario_snapshot(book, scenario), {}, book.ruleset(scenario.ruleset).draft};
  for (const auto& [parameter, value] : scenario.parameters) trial.overrides[parameter.index] = value;
  return trial;
}

std::vector<Trial> trials_of(const Rulebook& book) {
  std::vector<Trial> trials;
  for (const Scenario& scenario : book.scenarios) trials.push_back(trial_of(book, scenario));
  return trials;
}

void ask_expected(Evaluation& evaluation, const Trial& trial) {
  for (const auto& expected : trial.scenario->expected)
    if (const auto* rule = std::get_if<RuleId>(&expected.target))
      evaluation.rule(evaluation.on(*rule, trial.scenario->as_at),
                      subject_of(trial.snapshot, *trial.scenario, expected.subject), {trial.scenario->as_at});
}

namespace {

void reach(const Rulebook& book, RuleId rule, std::vector<bool>& seen) {
  if (seen[rule.index]) return;
  seen[rule.index] = true;
  for (RuleId read : rules_read(book, rule)) reach(book, read, seen);
}

}  // namespace

std::vector<std::vector<bool>> reach_of(const Rulebook& book) {
  std::vector<std::vector<bool>> out;
  for (std::uint32_t rule = 0; rule < book.rules.size(); ++rule) {
    std::vector<bool> seen(book.rules.size(), false);
    reach(book, {rule}, seen);
    out.push_back(std::move(seen));
  }
  return out;
}

}  // namespace assay
