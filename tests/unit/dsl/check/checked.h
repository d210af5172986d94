// Rulesets written in a test, checked, and what was said of them in short.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/check/check.h"

namespace assay {

struct Checked {
  Rulebook book;
  DiagnosticSink sink;

  // "UnknownName `needz`", one a mistake; warnings are left out.
  std::vector<std::string> errors() const;
  Diagnostic first_error() const;
  // The one expression whose words are these.
  ast::ExprId expr(std::string_view words) const;
};

// Each text is a file; the first line of each is its ruleset.
Checked check_texts(const std::vector<std::string>& texts);
// A ruleset `t` with a council and an ics, joined by a membership, before the text.
Checked check_text(const std::string& text);

}  // namespace assay
