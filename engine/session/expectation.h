// One expectation of a scenario, held against what the engine says.
#pragma once

#include <optional>

#include "engine/eval/evaluation.h"
#include "engine/session/scenarios.h"

namespace assay {

// Nothing when it is met.
std::optional<ScenarioFailure> hold(Evaluation& evaluation, const Scenario& scenario,
                                    const Scenario::Expected& expected);

}  // namespace assay
