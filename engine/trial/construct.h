// Finds givens that bring a value to a limit and let the comparison with it decide. Internal to engine/trial.
#pragma once

#include <string>

#include "engine/trial/draft.h"
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

}  // namespace assay
