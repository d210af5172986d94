// What was done to a row whose node is not as recorded. One hash covers 256 rows, so a change shows only in all of
// them; but whoever guesses what stood there before can prove it by that hash. Private to evidence/store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "evidence/core/digest.h"
#include "evidence/store/batch_row.h"
#include "evidence/store/redaction_act.h"

namespace assay {

struct ChangedNode {
  std::int64_t first_row = 0;
  Digest kept;  // its hash as recorded, which follows from the entry
};

// "rows 3 and 5 have changed places", or one row with what it said and says: a date, a value of few possible ones, the
// body it is of. Nothing when none of these gives the hash, or more than one was changed.
std::optional<std::string> what_was_changed(const Database& database, const Catalogue& catalogue,
                                            const Redactions& redactions, const BatchRow& batch,
                                            const ChangedNode& node);

}  // namespace assay
