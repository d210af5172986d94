// The evidence a scenario gives, as a snapshot: it knows nothing else.
#pragma once

#include "dsl/check/rulebook.h"
#include "evidence/core/snapshot.h"

namespace assay {

// The rulebook must outlive the snapshot. A given without a date is what answers on the as-at date; a subject without
// dates has always been.
Snapshot scenario_snapshot(const Rulebook& rulebook, const Scenario& scenario);

}  // namespace assay
