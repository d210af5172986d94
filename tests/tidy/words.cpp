// The tables of what is not written here. This file and the one that tests it name the words, so check_words passes
// both over.
#include "tests/tidy/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

namespace assay::tidy {
namespace {

// Found in any line, whatever the case.
struct Word {
  std::string_view word;
  std::string_view instead;
};
constexpr std::array<Word, 6> kWords = {{
    {"todo", "finish it, or leave it out"},
    {"fixme", "mend it"},
    {"xxx", "say what is meant"},
    {"placeholder", "write the thing itself"},
    {"not implemented", "finish it, or leave it out"},
    {"for now", "finish it, or leave it out"},
}};

// Found in code, comments and texts set aside; free below `but_in`, folders apart by a blank.
struct Call {
  std::string_view call;
  std::string_view but_in;
  std::string_view instead;
};
constexpr std::array<Call, 11> kCalls = {{
    {"rand(", "", "a generator with a stated seed"},
    {"std::cout", "apps", "return the text; only apps prints"},
    {"std::cerr", "apps", "return an Error; only apps prints"},
    {"printf(", "apps evidence/core/check.cpp", "return the text; only apps prints"},
    {"system_clock", "apps", "take the date or moment as an argument; only apps reads the clock"},
    {"steady_clock", "apps tests/bench tests/fault", "nothing below apps is timed"},
    {"std::time(", "apps", "take the moment as an argument"},
    {"getenv(", "apps tests/fault/failing_writes.cpp tests/fault/asked.cpp", "take it as an argument"},
    {"std::exit(", "apps tests/bench", "return an Error; only apps ends the program"},
    {"double ", "tests evidence/import evidence/core/canonicalise_json.cpp apps/cli",
     "Decimal; binary floats are never exact"},
    {"const_cast", "", "say what is changed"},
}};

bool is_word_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// As a word of its own where it begins with a letter: `operand(` holds no `rand(`.
bool holds(std::string_view line, std::string_view sought) {
  for (std::size_t at = line.find(sought); at != std::string_view::npos; at = line.find(sought, at + 1)) {
    const bool begins = at == 0 || !is_word_char(line[at - 1]);
    const std::size_t end = at + sought.size();
    const bool ends = !is_word_char(sought.back()) || end >= line.size() || !is_word_char(line[end]);
    if (begins && ends) return true;
  }
  return false;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

bool is_free(std::string_view path, std::string_view places) {
  while (!places.empty()) {
    const std::size_t end = std::min(places.find(' '), places.size());
    const std::string_view place = places.substr(0, end);
    if (path == place || is_below(path, place)) return true;
    places.remove_prefix(std::min(end + 1, places.size()));
  }
  return false;
}

bool names_the_words(std::string_view path) {
  return path == "tests/tidy/words.cpp" || path == "tests/tidy/checker_test.cpp" || path == "docs/STYLE.md";
}

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

// The targets of [text](target) in one line.
std::vector<std::string> link_targets(std::string_view line) {
  std::vector<std::string> targets;
  for (std::size_t at = line.find("]("); at != std::string_view::npos; at = line.find("](", at + 2)) {
    const std::size_t end = line.find(')', at);
    if (end == std::string_view::npos) break;
    targets.emplace_back(line.substr(at + 2, end - at - 2));
  }
  return targets;
}

// Every document below docs/ that a line names; a reference in a comment is a promise too.
std::vector<std::string> named_documents(std::string_view line) {
  std::vector<std::string> names;
  for (std::size_t at = line.find("docs/"); at != std::string_view::npos; at = line.find("docs/", at + 1)) {
    std::size_t end = at;
    while (end < line.size() && (is_word_char(line[end]) || line[end] == '/' || line[end] == '-' || line[end] == '.'))
      ++end;
    std::string name(line.substr(at, end - at));
    while (has_suffix(name, ".")) name.pop_back();
    if (has_suffix(name, ".md")) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace

std::vector<Fault> check_words(const TextFile& file) {
  std::vector<Fault> faults;
  if (names_the_words(file.path)) return faults;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string line = lower(file.lines[i]);
    for (const Word& word : kWords) {
      if (holds(line, word.word))
        faults.push_back({file.path, i + 1, fmt::format("`{}`: {}", word.word, word.instead)});
    }
    if (!is_cpp(file.path)) continue;
    for (const Call& call : kCalls) {
      if (holds(file.code[i], call.call) && !is_free(file.path, call.but_in)) {
        faults.push_back({file.path, i + 1, fmt::format("`{}`: {}", call.call, call.instead)});
      }
    }
  }
  return faults;
}

std::vector<Fault> check_links(const TextFile& file, const std::function<bool(const std::string&)>& exists) {
  std::vector<Fault> faults;
  if (file.path == "tests/tidy/checker_test.cpp") return faults;  // names documents that never were
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    std::vector<std::string> paths;
    if (is_document(file.path)) {
      for (std::string target : link_targets(file.lines[i])) {
        if (target.find("://") != std::string::npos || target.rfind("mailto:", 0) == 0) continue;
        target = target.substr(0, target.find('#'));
        if (target.empty()) continue;
        paths.push_back((std::filesystem::path(folder_of(file.path)) / target).lexically_normal().generic_string());
      }
    } else {
      paths = named_documents(file.lines[i]);
    }
    for (const std::string& path : paths) {
      if (!exists(path)) faults.push_back({file.path, i + 1, fmt::format("`{}` is not there", path)});
    }
  }
  return faults;
}

}  // namespace assay::tidy
