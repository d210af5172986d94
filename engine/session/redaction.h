// What else has to go when a row is redacted: the outcomes and kept explanations in which it shows. Every run that
// could have read the row is asked again, so it is done before the row is destroyed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/store/store.h"

namespace assay {

// A recorded outcome that rested on what is destroyed.
struct RestingOutcome {
  std::int64_t run = 0, entry = 0;
  std::string rule, subject;  // subject as it is shown: its two ends for an interaction
};

struct RedactionPlan {
  NewRedaction act;
  std::vector<RestingOutcome> resting;
  std::vector<std::int64_t> unread;    // runs whose rules this program no longer reads: only texts were looked for
  std::vector<std::int64_t> packed;    // runs that keep answers packed: what rested on it there was not worked out
  std::vector<std::int64_t> unsalted;  // runs recorded before there were salts, of which something is destroyed
  std::vector<std::string> contents;   // what must be found nowhere afterwards
};

// Takes who, when, why and the rows; adds the outcomes and explanations.
Result<RedactionPlan> plan_redaction(Store& store, NewRedaction asked);

}  // namespace assay
