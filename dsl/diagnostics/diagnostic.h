// What is wrong in a ruleset, complete enough to be printed, sent to an editor, or looked up. Wording: lower case, no
// full stop, one line, the author's text in backticks, what was found before what the rule is.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/source/source.h"

namespace assay {

enum class Severity { Error, Warning };

// One row of diagnostic_kind.def each: KIND(Name, "E0203", Error, "one-sentence explanation for `assay check
// --explain`"). Codes are never reused.
enum class DiagnosticKind {
#define KIND(name, code, severity, summary) name,
#include "dsl/diagnostics/diagnostic_kind.def"
#undef KIND
};

std::string_view name_of(DiagnosticKind kind);
std::string_view code_of(DiagnosticKind kind);
Severity severity_of(DiagnosticKind kind);
std::string_view summary_of(DiagnosticKind kind);
const std::vector<DiagnosticKind>& all_diagnostic_kinds();
std::optional<DiagnosticKind> find_diagnostic_kind(std::string_view code_or_name);

// Another place that has to do with the mistake. Points at text; if it does not, it is help.
struct Note { Span span; std::string text; };

struct Diagnostic {
  DiagnosticKind kind;
  Span primary;         // the narrowest text that is wrong
  std::string message;
  std::vector<Note> labels;
  std::string help;     // what to do about it; may be empty
};

class DiagnosticSink {
 public:
  void add(Diagnostic diagnostic);
  bool has_errors() const;
  std::size_t error_count() const;
  std::size_t warning_count() const;
  void forget_warnings(const std::function<bool(FileId)>& in);
  // Sorted by file, position, code; equal ones once.
  std::vector<Diagnostic> sorted() const;

 private:
  std::vector<Diagnostic> diagnostics_;
};

// For a terminal: "error[E0203]: message", place, the line with the text underlined, labels, help.
std::string render(const Diagnostic& diagnostic, const Sources& sources);
std::string render(const DiagnosticSink& sink, const Sources& sources);

}  // namespace assay
