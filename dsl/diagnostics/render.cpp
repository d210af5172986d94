// Diagnostics as a terminal shows them. Plain characters only: no colour, no width of a screen, so that the same
// mistake always prints the same. A long line is cut to a window around the text in question, so that with its number
// it takes 80 columns.
#include <algorithm>

#include <fmt/format.h>

#include "dsl/diagnostics/diagnostic.h"

namespace assay {

namespace {

constexpr std::size_t kWindow = 72;        // characters of a line that are shown: 80 with its number
constexpr std::size_t kTrailingPart = 20;  // of those, at least so many after the text in question, where it has room
constexpr std::string_view kCut = "…";

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

// The characters first to last (not included) of a line that are shown. They hold the beginning of the text in
// question and as much of it as there is room for; where something is cut off, one place less is left.
struct Window {
  std::size_t first, last;
};
Window window(std::size_t length, std::size_t begin, std::size_t end) {
  if (length <= kWindow) return {0, length};
  if (std::min(end + kTrailingPart, length) <= kWindow - 1) return {0, kWindow - 1};
  if (begin >= length - (kWindow - 1) && length - end <= kTrailingPart) return {length - (kWindow - 1), length};
  const std::size_t room = kWindow - 2, shown = std::min(end - begin, room);
  const std::size_t after = std::min({length - end, kTrailingPart, room - shown});
  const std::size_t before = std::min(begin, room - shown - after);
  if (begin == before) return {0, kWindow - 1};
  return {begin - before, std::min(begin - before + room, length)};
}

// The line that holds the beginning of the span, and carets under what of the span stands on it.
std::string excerpt(Span span, const Sources& sources) {
  const SourceFile& file = sources.file(span.file);
  const std::uint32_t number = file.position(span.begin).line;
  const std::string_view line = file.line(number);
  const std::size_t first = std::min<std::size_t>(span.begin - file.line_begin(number), line.size());
  const std::size_t last = std::min<std::size_t>(std::max(span.end, span.begin) - file.line_begin(number), line.size());

  std::vector<Character> characters;
  std::size_t begin = 0, end = 0;  // of the span, in characters
  for (std::size_t at = 0; at < line.size(); at += characters.back().bytes.size()) {
    begin += at < first ? 1U : 0U;
    end += at < last ? 1U : 0U;
    characters.push_back(character_at(line, at));
  }
  end = std::max(end, begin);
  const Window shown = window(characters.size(), begin, end);
  const bool cut_before = shown.first > 0, cut_after = shown.last < characters.size();
  std::string text(cut_before ? kCut : ""), carets(cut_before ? 1 : 0, ' ');
  for (std::size_t i = shown.first; i < shown.last; ++i) {
    text += characters[i].shown;
    if (i < end) carets += i < begin ? ' ' : '^';
  }
  if (cut_after) text += kCut;
  if (carets.find('^') == std::string::npos) carets += '^';  // an empty span, at the end of something
  return fmt::format("{:>5} | {}\n      | {}\n", number, text, carets);
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
