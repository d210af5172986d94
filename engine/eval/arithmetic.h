// Numbers, dates and durations that may be unknown: each operator works on the ends of its operands' ranges
// (docs/language.md 3.2, 3.3, 4.3). A missing end stands for "no limit known". Internal to engine/eval.
#pragma once

#include <span>

#include "engine/eval/cell.h"

namespace assay {

// Numbers; a date and a duration; two dates give days. `months` says that a duration operand counts months.
Cell add_cells(const Cell& a, const Cell& b, bool months);
Cell subtract_cells(const Cell& a, const Cell& b, bool months);
Cell negate_number(const Cell& a);
// A run of * and /: multiplies first, divides once. 0 / 0 does not apply; a divisor that may be 0 leaves no range.
Cell multiply_divide(std::span<const Cell> factors, std::span<const Cell> divisors);
Cell percent_of(const Cell& part, const Cell& whole);
Cell rounded(const Cell& a, Rounding rounding, int places);
Cell first_known(std::span<const Cell> operands);
// Days, or whole months, from the date in the cell to `today`.
Cell time_since(const Cell& date, Date today, bool months);

// Reasons and marks of operands, in a cell that is to be unknown unless its ends meet.
Cell with_operands(Cell cell, std::span<const Cell> operands);

}  // namespace assay
