// The canonical layout of ruleset text (docs/language.md 1.1): words and signs stay as they are, and so does what they
// mean; only blanks, line breaks and the place of comments are the formatter's.
#pragma once

#include <optional>
#include <string>

#include "dsl/diagnostics/diagnostic.h"

namespace assay {

// A line is broken where it can be before it goes past this column.
inline constexpr std::size_t kFormattedColumns = 100;
// A row of several columns, or a declaration in one line, may be so wide before its clauses stand below it.
inline constexpr std::size_t kRowColumns = 110;

// The file laid out anew, which may be as it was. Nothing where it does not read: the sink then holds why. Formatting
// what was formatted changes nothing; that words, comments and tree are those of the original is checked each time.
std::optional<std::string> format_ruleset(const Sources& sources, FileId file, DiagnosticSink& sink);

}  // namespace assay
