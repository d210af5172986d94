// A packed run after a little new evidence: blocks that it cannot reach stand as an earlier run kept them, and the rest
// is evaluated. What comes out is what evaluating all would give, to the byte. Private to engine/session.
#pragma once

#include <optional>
#include <vector>

#include "engine/session/packed_run.h"

namespace assay {

struct Rerun {
  std::int64_t base = 0;  // the run whose blocks are this one's too, but those below; 0: all are below
  PackedBlocks made;
};

// From the entries of the trail before `read`. Nothing where there is no run to begin from: of that date and these
// texts, when nothing in the store was left out as not yet known; or where so much is new since, or so much is reached,
// that evaluating all is the shorter way.
Result<std::optional<Rerun>> rerun(Store& store, const Rulebook& rulebook, Date as_at, Date known_on,
                                   std::int64_t read);

// Fields that columns ask for in answering some rules, while others are at hand: states and series.
std::vector<FieldId> columns_read(const Rulebook& rulebook, const std::vector<RuleId>& rules,
                                  const std::vector<RuleId>& at_hand);

}  // namespace assay
