// Kleene's logic with "does not apply" (docs/language.md 4.2): a not-applicable operand is left out.
#pragma once

namespace assay {

enum class Truth : unsigned char { No, Yes, Unknown, NotApplicable };

constexpr Truth to_truth(bool yes) { return yes ? Truth::Yes : Truth::No; }
Truth both(Truth a, Truth b);        // and
Truth either(Truth a, Truth b);      // or
Truth opposite(Truth a);             // not
const char* to_string(Truth truth);  // yes, no, unknown, not applicable

}  // namespace assay
