// Text to tree. Never fails and never throws: what does not parse becomes a diagnostic and reading goes on at the next
// word in column one, so ten mistakes give ten messages.
#pragma once

#include "dsl/diagnostics/diagnostic.h"
#include "dsl/syntax/ast.h"

namespace assay {

// At most this many brackets, `not`s and operands inside one another (docs/language.md 1.5).
inline constexpr int kNestingMax = 64;
// A ruleset file is at most this long.
inline constexpr std::size_t kFileBytesMax = 8u << 20;

void parse(const Sources& sources, FileId file, ast::Tree& tree, DiagnosticSink& sink);

}  // namespace assay
