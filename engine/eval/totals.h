// Sum, average, median, lowest and highest of members that may be unknown (docs/language.md 4.6): all low ends, then
// all high ends. Internal to engine/eval.
#pragma once

#include <vector>

#include "engine/eval/evaluation.h"

namespace assay {

// `weights` is empty, or one for each member. Of nothing: a sum is 0, the others do not apply.
Cell total(ast::AggregateOp op, const std::vector<Member>& members, const std::vector<Cell>& weights);

}  // namespace assay
