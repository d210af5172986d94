// The machine form of an outcome: one canonical JSON object, as docs/formats/outcome_row.md says. With the digest of
// its explanation, where one is given.
#pragma once

#include <optional>
#include <string>

#include "engine/eval/outcome.h"

namespace assay {

std::string outcome_row(Evaluation& evaluation, const Outcome& outcome, const std::optional<Digest>& explanation);

}  // namespace assay
