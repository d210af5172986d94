// What a diagnostic means, in words for those who write and answer for rules, with an example that is wrong and one
// that is right. The texts stand in dsl/diagnostics/explanations, a file a code:
//   the title
//
//   what it means
//
//   why it matters
//
//   === wrong
//   rules that give the code
//   === right
//   rules that do not
// What is no text (a byte that is not UTF-8) has no examples. An example goes on from the ruleset `example` that
// kExampleSetting declares, unless it begins with a ruleset or with a file (`--- PATH`) of its own.
#pragma once

#include <string_view>

#include "dsl/diagnostics/diagnostic.h"

namespace assay {

struct Explanation {
  std::string_view title;
  std::string_view meaning, reason;  // a paragraph each, with line breaks as in the file
  std::string_view wrong, right;     // may be empty
};

// Where no file explains the code, its summary as the title and nothing else.
Explanation explanation_of(DiagnosticKind kind);

// What the short examples take as given.
std::string_view example_setting();

}  // namespace assay
