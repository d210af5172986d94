// Conditions that may be unknown: which of yes, no and "does not apply" each could still turn out to be, and how and,
// or, not and choices carry that through (docs/language.md 4.2, 6.2). Internal to engine/eval.
#pragma once

#include <span>

#include "engine/eval/cell.h"

namespace assay {

// Both, with the reasons of the unknown operands only, and none where the answer is known.
Cell all_of(std::span<const Cell> operands);
Cell any_of(std::span<const Cell> operands);
inline Cell all_of(std::initializer_list<Cell> operands) {
  return all_of(std::span(operands.begin(), operands.size()));
}
Cell negate(const Cell& operand);
// `yes` where the condition holds, `no` where it does not, the hull of both where it is unknown.
Cell choose(const Cell& condition, const Cell& yes, const Cell& no);
// Are two values that may be unknown the same? One that does not apply is the same as none.
Cell equal_cells(const Cell& a, const Cell& b);
// The smallest range that holds both.
Cell hull(const Cell& a, const Cell& b);

}  // namespace assay
