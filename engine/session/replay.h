// Runs derived again: what `assay trail verify` does beyond hashes, what `assay trail replay` says of one, and what
// `assay why --run` looks at.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

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

// An outcome of a run that cannot be derived again, since a row it rested on has been redacted.
struct NotDerived {
  std::string rule, subject;
  std::string why;  // "row 12, redacted on 28 November 2026 by A. Example because ..."
};
struct ReplayedRun {
  RunRecord run;
  std::int64_t outcomes = 0;      // derived again, byte for byte
  std::int64_t explanations = 0;  // of those kept in full
  std::vector<NotDerived> redacted;
};
// Derives the outcomes of a run and the explanations kept of it again, from the rows recorded before it and the texts
// kept with it. Corruption names the run, the first outcome that differs, and which input is not what it was: a text of
// the rules, a row, an outcome block, or, where none of them is, the program.
Result<ReplayedRun> replay(Store& store, const RunRecord& run);

struct ReplayReport {
  std::int64_t runs = 0, outcomes = 0, redacted = 0;
};
// Of every run.
Result<ReplayReport> replay(Store& store);

}  // namespace assay
