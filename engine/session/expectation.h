// One expectation of a scenario, held against what the engine says.
#pragma once

#include <optional>

#include "engine/eval/evaluation.h"
#include "engine/session/scenarios.h"

namespace assay {

// Subjects of a scenario are looked up in every kind: names are its own and unique.
SubjectId subject_of(const Snapshot& snapshot, const Scenario& scenario, const std::string& name);

// Is the outcome as expected? What its explanation should mention is not asked.
bool is_met(Evaluation& evaluation, const Scenario& scenario, const Scenario::Expected& expected);

// Nothing when it is met.
std::optional<ScenarioFailure> hold(Evaluation& evaluation, const Scenario& scenario,
                                    const Scenario::Expected& expected);

}  // namespace assay
