// and, or, not over what may be no, yes or not apply (docs/language.md 4.2), by trying every case.
#pragma once

#include <span>

#include "apps/verifier/derive/answer.h"

namespace assay::verifier {

Answer every(std::span<const Answer> operands);   // and
Answer either(std::span<const Answer> operands);  // or
Answer opposite(const Answer& operand);           // not
// Are two of a kind alike? What does not apply is like nothing.
Answer same_answers(const Answer& a, const Answer& b);

}  // namespace assay::verifier
