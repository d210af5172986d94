// What the trail shows was asked of an outcome at the time.
#pragma once

#include "engine/history/history.h"
#include "evidence/store/store.h"

namespace assay {

// Every run as at a day of the period, known on no later date than the history, that concluded the outcome; by run.
Result<std::vector<AskedThen>> asked_then(Store& store, const Rulebook& rulebook, const Snapshot& snapshot,
                                          const History& history);

}  // namespace assay
