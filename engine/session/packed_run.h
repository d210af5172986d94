// A run over whole kinds at once, for stores of millions of rows: what columns can answer, kept as packed blocks
// (docs/formats/packed.md). It keeps no explanations; any can be made from the same inputs.
#pragma once

#include <string>
#include <vector>

#include "engine/columns/pack.h"
#include "engine/session/run.h"

namespace assay {

// Of one rule: how its answers fall.
struct PackedCounts {
  RuleId rule;
  columns::BlockTally fell;
};
struct PackedResult {
  std::optional<RunRecord> record;
  // Where an earlier run could be begun from: its number, and how many blocks of how many were evaluated anew.
  struct BegunFrom {
    std::int64_t run = 0;
    std::size_t evaluated = 0, blocks = 0;
  };
  std::optional<BegunFrom> begun_from;
  Date as_at, known_on;
  std::vector<PackedCounts> counts;                      // in the order planned
  std::vector<std::pair<RuleId, std::string>> left_out;  // rules that columns cannot answer, and why
  std::vector<std::string> notes;                        // on segments that were made anew
};

// One date; of the request's dates the last. Nothing is recorded where no rule can be answered. Begun from an earlier
// run where that can be (rerun.h), unless all is to be evaluated `anew`: the outcomes are the same, to the byte.
enum class Begin { FromEarlier, Anew };
Result<PackedResult> run_packed(Store& store, const Rulebook& rulebook, const RunRequest& request,
                                Begin begin = Begin::FromEarlier);

// The blocks that a packed run would have, evaluated anew; with `before_entry`, from what was recorded before that
// entry of the trail: what replaying one compares.
struct PackedBlocks {
  std::vector<OutcomeBlock> blocks;
  PackedResult result;
};
Result<PackedBlocks> packed_blocks(Store& store, const Rulebook& rulebook, Date as_at, Date known_on,
                                   std::optional<std::int64_t> before_entry = {});

// Rows of a packed block as others read them: one canonical JSON object a subject, with status, value or range, and the
// kinds of reason.
Result<std::vector<ConcludedCell>> concluded_in(Store& store, const OutcomeBlock& block, Date as_at);

}  // namespace assay
