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
  std::vector<std::string> rows;       // one for each outcome, in order, as the trail holds it
  std::vector<std::string> full_rows;  // the same, each with the digest of its explanation; only where asked for
  std::vector<Candidate> candidates;
};

// The trail holds the digests of those explanations that may be kept: any other is made from the same inputs when it is
// asked for, and to make them all would cost several times what the answers do.
Derived derive(Evaluation& evaluation, const Plan& plan, bool full_rows = false);

// One answer by itself, as the trail holds it, and why in full.
struct DerivedOne {
  Outcome outcome;
  std::string row, explanation;  // canonical JSON
};
DerivedOne derive_one(Evaluation& evaluation, RuleId rule, SubjectId subject, Date as_at);

}  // namespace assay
