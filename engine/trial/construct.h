// Finds givens that bring a value to a limit and let the comparison with it decide. Internal to engine/trial.
#pragma once

#include <string>

#include "engine/trial/draft.h"
#include "engine/trial/masking.h"
#include "engine/trial/threshold.h"

namespace assay {

// What a construction is after: the threshold's value, or the date of an event, at a place beside the limit.
struct Goal {
  const Threshold& threshold;
  Value value;
};

struct Constructed {
  std::optional<Draft> draft;
  bool reached = false;  // the value was brought there; if there is no draft, other parts decide whatever is given
};
Constructed construct(const Rulebook& book, const Goal& goal, Draft start);

// What a comparison's limit comes to on the draft's date.
std::optional<Value> limit_of(const Rulebook& book, const Threshold& threshold, const Draft& draft);

// Adds what the rule gives of the subject today.
void expect_outcome(const Rulebook& book, RuleId rule, const std::string& subject, Scenario& scenario);

}  // namespace assay
