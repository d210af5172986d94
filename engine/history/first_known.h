// When could it have been known? Told apart from when it was so: the first recorded date by which enough was held.
// Pure.
#pragma once

#include <optional>

#include "engine/history/bearing.h"

namespace assay {

struct FirstKnown {
  Date on;     // by this day what had been recorded would have raised it
  Date about;  // the first day of the period as at which it would; never later than `on`
  // With all that was recorded by the next such day it no longer would be, as at any day of the period until then.
  std::optional<Date> until;
};

// Of a trigger. Each question it asks is one that could have been put on the day: known on it, as at no later day.
std::optional<FirstKnown> first_known(const Rulebook& rulebook, const Snapshot& snapshot,
                                      const PeriodQuestion& question);

}  // namespace assay
