// Runs derived again: what `assay trail verify` does beyond hashes, and what `assay why --run` looks at.
#pragma once

#include <memory>

#include "engine/session/rules.h"
#include "evidence/store/store.h"

namespace assay {

// The rules and the evidence of a run, as they stood when it was recorded. Held by pointer: an Evaluation refers to
// both.
struct ThenInputs {
  std::unique_ptr<LoadedRules> rules;
  std::unique_ptr<Snapshot> snapshot;
};
// Corruption when the texts kept with the run no longer check.
Result<ThenInputs> inputs_of(Store& store, const RunRecord& run);

struct ReplayReport {
  std::int64_t runs = 0, outcomes = 0;
};
// Derives the outcomes of every run again from the rows recorded before it and the texts kept with it. Corruption names
// the run and the first outcome that differs.
Result<ReplayReport> replay(Store& store);

}  // namespace assay
