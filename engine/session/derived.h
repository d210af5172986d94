// The outcomes of a plan, their machine rows, and the explanations worth keeping: made on as many threads as the
// machine has, the same bytes whatever their number.
#pragma once

#include <string>
#include <vector>

#include "engine/eval/outcome.h"
#include "evidence/store/store.h"

namespace assay {

// An explanation that may be kept: of a raised trigger or a recorded stage.
struct Candidate {
  std::string said;  // "raised", or the stage: kept when the last run said otherwise
  KeptExplanation kept;
};

struct Derived {
  std::vector<Outcome> outcomes;
  std::vector<std::string> rows;  // one for each outcome, in order
  std::vector<Candidate> candidates;
};

Derived derive(Evaluation& evaluation, const Plan& plan);

}  // namespace assay
