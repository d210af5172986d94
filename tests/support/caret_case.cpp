// Comments out, rulesets through the checker, comments in.
#include "tests/support/caret_case.h"

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "dsl/check/check.h"

namespace assay::golden {
namespace {

constexpr std::string_view kComment = "#~";
constexpr std::string_view kSection = "--- ";

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

struct Section {
  std::string path;
  std::size_t first_line = 0;  // its place among the lines of the case
  std::string text;
};

std::vector<Section> sections_of(const std::vector<std::string>& lines) {
  const bool split =
      std::any_of(lines.begin(), lines.end(), [](const std::string& line) { return starts_with(line, kSection); });
  std::vector<Section> sections;
  if (!split) sections.push_back({"case.assay", 0, ""});
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (starts_with(lines[i], kSection)) {
      sections.push_back({lines[i].substr(kSection.size()), i + 1, ""});
    } else if (!sections.empty()) {
      sections.back().text += lines[i] + "\n";
    }
  }
  return sections;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string shortened(std::string words) {
  constexpr std::size_t kWordsMax = 40;
  return words.size() <= kWordsMax ? words : words.substr(0, kWordsMax) + "...";
}

class Annotator {
 public:
  explicit Annotator(const Rulebook& book) : sources_(book.sources) {}

  std::vector<std::string> comments(const Diagnostic& diagnostic) const {
    const bool error = severity_of(diagnostic.kind) == Severity::Error;
    const std::string said =
        fmt::format("{}[{}]: {}", error ? "error" : "warning", name_of(diagnostic.kind), diagnostic.message);
    const SourceFile& file = sources_.file(diagnostic.primary.file);
    const LineColumn at = file.position(diagnostic.primary.begin);
    const std::string_view line = file.line(at.line);
    const std::uint32_t begin = diagnostic.primary.begin - file.line_begin(at.line);
    const std::uint32_t end = diagnostic.primary.end - file.line_begin(at.line);
    const bool runs_on = end > line.size();
    const std::string_view marked = line.substr(std::min<std::size_t>(begin, line.size()), end - begin);
    std::vector<std::string> made;
    std::string margin(kComment);
    constexpr std::size_t kRoom = 4;  // columns that the comment sign takes, and one
    if (at.column >= kRoom) {
      margin += std::string(at.column - 1 - kComment.size(), ' ');
      made.push_back(margin + std::string(std::max<std::size_t>(characters(marked), 1), '^') +
                     (runs_on ? "... " : " ") + said);
    } else {
      margin += ' ';
      made.push_back(fmt::format("{}at `{}{}`: {}", margin, marked, runs_on ? "..." : "", said));
    }
    for (const Note& note : diagnostic.labels)
      made.push_back(fmt::format("{}note at {}: {}", margin, place(note.span, diagnostic.primary), note.text));
    if (!diagnostic.help.empty()) made.push_back(margin + "help: " + diagnostic.help);
    return made;
  }

 private:
  // Without line numbers, which the comments themselves would move.
  std::string place(Span span, Span primary) const {
    const std::string words = fmt::format("`{}`", shortened(sources_.words(span)));
    return span.file == primary.file ? words : words + " in " + sources_.file(span.file).path();
  }

  const Sources& sources_;
};

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

CaretCase annotate(std::string_view text, bool with_warnings) {
  std::vector<std::string> lines = lines_of(text);
  std::erase_if(lines, [](const std::string& line) { return starts_with(line, kComment); });
  const std::vector<Section> sections = sections_of(lines);
  Sources sources;
  for (const Section& section : sections) sources.add(section.path, section.text);
  DiagnosticSink sink;
  const Rulebook book = check(std::move(sources), sink);

  const Annotator annotator(book);
  std::map<std::size_t, std::vector<std::string>> comments;  // by line of the case
  for (const Diagnostic& diagnostic : sink.sorted()) {
    if (!with_warnings && severity_of(diagnostic.kind) == Severity::Warning) continue;
    const Section& section = sections[diagnostic.primary.file.index];
    const std::uint32_t line = book.sources.file(diagnostic.primary.file).position(diagnostic.primary.begin).line;
    std::vector<std::string>& under = comments[section.first_line + line - 1];
    for (std::string& comment : annotator.comments(diagnostic)) under.push_back(std::move(comment));
  }
  CaretCase made{"", sink.has_errors(),
                 counted(sink.error_count(), "error") + ", " + counted(sink.warning_count(), "warning")};
  for (std::size_t i = 0; i < lines.size() || comments.count(i) != 0; ++i) {
    if (i < lines.size()) made.text += lines[i] + "\n";
    for (const std::string& comment : comments[i]) made.text += comment + "\n";
  }
  return made;
}

std::string line_difference(std::string_view recorded, std::string_view found) {
  const std::vector<std::string> a = lines_of(recorded), b = lines_of(found);
  if (a == b) return "";
  // Longest run of lines in common, from the ends.
  std::vector<std::vector<std::size_t>> common(a.size() + 1, std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;)
      common[i][j] = a[i] == b[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
  }
  std::vector<std::pair<char, std::string>> script;
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      script.emplace_back(' ', a[i++]);
      ++j;
    } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
      script.emplace_back('-', a[i++]);
    } else {
      script.emplace_back('+', b[j++]);
    }
  }
  constexpr std::size_t kAround = 2;
  std::string shown;
  for (std::size_t i = 0; i < script.size(); ++i) {
    const std::size_t from = i < kAround ? 0 : i - kAround, to = std::min(i + kAround + 1, script.size());
    const bool near = std::any_of(script.begin() + static_cast<std::ptrdiff_t>(from),
                                  script.begin() + static_cast<std::ptrdiff_t>(to),
                                  [](const auto& line) { return line.first != ' '; });
    if (near) shown += fmt::format("{} {}\n", script[i].first, script[i].second);
  }
  return shown;
}

}  // namespace assay::golden
