// A run over whole kinds at once, for stores of millions of rows: what columns can answer, kept as packed blocks
// (docs/formats/packed.md). It keeps no explanations; any can be made from the same inputs.
#pragma once

#include <string>
#include <vector>

#include "engine/session/run.h"

namespace assay {

// Of one rule: how its answers fall.
struct PackedCounts {
  RuleId rule;
  std::int64_t known = 0, unknown = 0,
               not_applicable = 0;  // of a trigger: clear or raised, undetermined, does not apply
  std::int64_t raised = 0;
};
struct PackedResult {
  std::optional<RunRecord> record;
  Date as_at, known_on;
  std::vector<PackedCounts> counts;                      // in the order planned
  std::vector<std::pair<RuleId, std::string>> left_out;  // rules that columns cannot answer, and why
  std::vector<std::string> notes;                        // on segments that were made anew
};

// One date; of the request's dates the last. Nothing is recorded where no rule can be answered.
Result<PackedResult> run_packed(Store& store, const Rulebook& rulebook, const RunRequest& request);

// The blocks that a packed run would have: what replaying one compares.
struct PackedBlocks {
  std::vector<OutcomeBlock> blocks;
  PackedResult result;
};
Result<PackedBlocks> packed_blocks(Store& store, const Rulebook& rulebook, Date as_at, Date known_on);

// Rows of a packed block as others read them: one canonical JSON object a subject, with status, value or range, and the
// kinds of reason.
Result<std::vector<ConcludedCell>> concluded_in(Store& store, const OutcomeBlock& block, Date as_at);

}  // namespace assay
