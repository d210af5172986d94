// The machine form of an outcome: one canonical JSON object, as docs/formats/outcome_row.md says. Its digest is that of
// its explanation.
#pragma once

#include <string>

#include "engine/eval/outcome.h"

namespace assay {

std::string outcome_row(Evaluation& evaluation, const Outcome& outcome, const Digest& explanation_digest);

}  // namespace assay
