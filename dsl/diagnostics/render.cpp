// Diagnostics as a terminal shows them. Plain characters only: no colour, no width of a screen, so that the same
// mistake always prints the same. A long line is cut to a window around the text in question.
#include <algorithm>

#include <fmt/format.h>

#include "dsl/diagnostics/diagnostic.h"

namespace assay {

namespace {

constexpr std::size_t kWindow = 140;      // characters of a line that are shown
constexpr std::size_t kLeadingPart = 60;  // of those, at most so many before the text in question

// One printed character: what is not UTF-8 or would move the cursor is shown as a stand-in.
struct Character {
  std::string_view bytes;
  std::string_view shown;
};

std::size_t sequence_length(unsigned char first) {
  if (first < 0x80) return 1;
  if ((first & 0xE0u) == 0xC0u) return 2;
  if ((first & 0xF0u) == 0xE0u) return 3;
  return (first & 0xF8u) == 0xF0u ? 4 : 0;
}

Character character_at(std::string_view line, std::size_t at) {
  const auto first = static_cast<unsigned char>(line[at]);
  if (first == '\t') return {line.substr(at, 1), " "};
  if (first < 0x20 || first == 0x7F) return {line.substr(at, 1), "?"};
  const std::size_t length = sequence_length(first);
  if (length == 0 || at + length > line.size()) return {line.substr(at, 1), "?"};
  const std::string_view bytes = line.substr(at, length);
  const bool whole =
      std::ranges::all_of(bytes.substr(1), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; });
  return whole ? Character{bytes, bytes} : Character{line.substr(at, 1), "?"};
}

// The line that holds the beginning of the span, and carets under what of the span stands on it.
std::string excerpt(Span span, const Sources& sources) {
  const SourceFile& file = sources.file(span.file);
  const std::uint32_t number = file.position(span.begin).line;
  const std::string_view line = file.line(number);
  const std::size_t first = std::min<std::size_t>(span.begin - file.line_begin(number), line.size());
  const std::size_t last = std::min<std::size_t>(std::max(span.end, span.begin) - file.line_begin(number), line.size());

  std::size_t begin = last > kWindow && first > kLeadingPart ? first - kLeadingPart : 0;
  while (begin > 0 && (static_cast<unsigned char>(line[begin]) & 0xC0u) == 0x80u)
    --begin;  // to where a character begins

  std::string shown = begin > 0 ? "..." : "", carets(begin > 0 ? 3 : 0, ' ');
  std::size_t at = begin;
  for (std::size_t count = 0; at < line.size() && count < kWindow; ++count) {
    const Character character = character_at(line, at);
    shown += character.shown;
    if (at < last) carets += at < first ? ' ' : '^';
    at += character.bytes.size();
  }
  if (at < line.size()) shown += "...";
  if (carets.find('^') == std::string::npos) carets += '^';  // an empty span, at the end of something
  return fmt::format("{:>5} | {}\n      | {}\n", number, shown, carets);
}

}  // namespace

std::string render(const Diagnostic& diagnostic, const Sources& sources) {
  const std::string_view word = severity_of(diagnostic.kind) == Severity::Error ? "error" : "warning";
  std::string out = fmt::format("{}[{}]: {}\n", word, code_of(diagnostic.kind), diagnostic.message);
  out += fmt::format("  {}\n{}", sources.place(diagnostic.primary), excerpt(diagnostic.primary, sources));
  for (const Note& label : diagnostic.labels) {
    out += fmt::format("  {}: {}\n{}", sources.place(label.span), label.text, excerpt(label.span, sources));
  }
  if (!diagnostic.help.empty()) out += fmt::format("  help: {}\n", diagnostic.help);
  return out;
}

std::string render(const DiagnosticSink& sink, const Sources& sources) {
  std::string out;
  for (const Diagnostic& diagnostic : sink.sorted()) {
    if (!out.empty()) out += '\n';
    out += render(diagnostic, sources);
  }
  return out;
}

}  // namespace assay
