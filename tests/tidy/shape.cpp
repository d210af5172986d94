// Each check reads lines only; none needs to understand C++.
#include "tests/tidy/shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::tidy {
namespace {

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

// UTF-8: every byte but those that go on with a character.
std::size_t characters(std::string_view line) {
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool is_table_row(const TextFile& file, std::string_view line) {
  if (has_suffix(file.path, ".def")) return true;
  line.remove_prefix(indent_of(line));
  return is_below(file.path, "tests") && (starts_with(line, "{") || starts_with(line, "\""));
}

// A line that opens a body but is no function's.
bool opens_something_else(std::string_view line) {
  constexpr std::array<std::string_view, 12> kStarts = {
      "namespace", "struct ", "class ", "enum ", "union ", "extern ", "if ", "for ", "while ", "switch ", "do ", "}"};
  return std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view start) { return starts_with(line, start); });
}

struct Body {
  std::size_t first = 0, last = 0;  // lines, from 0
};

Body body_from(const TextFile& file, std::size_t first) {
  const std::size_t indent = indent_of(file.code[first]);
  for (std::size_t i = first + 1; i < file.code.size(); ++i) {
    const std::string_view line = file.code[i];
    if (indent_of(line) == indent && starts_with(line.substr(indent), "}")) return {first, i};
  }
  return {first, file.code.size()};
}

std::size_t lines_that_count(const TextFile& file, Body body) {
  std::size_t count = 0;
  for (std::size_t i = body.first; i <= body.last && i < file.lines.size(); ++i) {
    if (!is_table_row(file, file.lines[i])) ++count;
  }
  return count;
}

}  // namespace

std::vector<Fault> check_first_line(const TextFile& file) {
  if (is_script(file.path)) {
    const bool said = file.lines.size() > 1 && starts_with(file.lines[0], "#!") && starts_with(file.lines[1], "# ");
    if (!said) return {{file.path, 1, "a script begins with `#!` and a comment that says what it is for"}};
  } else if (is_cpp(file.path)) {
    if (file.lines.empty() || !starts_with(file.lines[0], "// ")) {
      return {{file.path, 1, "the first line is a comment that says what the file is for"}};
    }
  }
  return {};
}

std::vector<Fault> check_length(const TextFile& file) {
  if (!is_cpp(file.path) || file.lines.size() <= kFileLinesMax) return {};
  return {{file.path, 0, fmt::format("{} lines; at most {}: cut it by construct", file.lines.size(), kFileLinesMax)}};
}

std::vector<Fault> check_width(const TextFile& file) {
  std::vector<Fault> faults;
  if (is_document(file.path) || has_suffix(file.path, ".assay") || has_suffix(file.path, "CMakeLists.txt"))
    return faults;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::size_t columns = characters(file.lines[i]);
    if (columns <= kColumnsMax || is_table_row(file, file.lines[i])) continue;
    faults.push_back({file.path, i + 1, fmt::format("{} columns; at most {}", columns, kColumnsMax)});
  }
  return faults;
}

std::vector<Fault> check_white_space(const TextFile& file) {
  std::vector<Fault> faults;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& line = file.lines[i];
    if (line.find('\t') != std::string::npos) faults.push_back({file.path, i + 1, "a tab; indent with two blanks"});
    if (line.find('\r') != std::string::npos)
      faults.push_back({file.path, i + 1, "a carriage return; end lines with a line feed"});
    if (has_suffix(line, " ")) faults.push_back({file.path, i + 1, "blanks at the end of the line"});
  }
  if (file.bytes.empty() || file.bytes.back() != '\n')
    faults.push_back({file.path, file.lines.size(), "no line feed at the end"});
  if (has_suffix(file.bytes, "\n\n")) faults.push_back({file.path, file.lines.size(), "empty lines at the end"});
  return faults;
}

std::vector<Fault> check_functions(const TextFile& file) {
  std::vector<Fault> faults;
  if (!is_cpp(file.path)) return faults;
  for (std::size_t i = 0; i < file.code.size(); ++i) {
    std::string_view line = file.code[i];
    const std::size_t indent = indent_of(line);
    // Column 0: functions. Column 2: those written inside a class.
    if (indent > 2 || !has_suffix(line, "{") || opens_something_else(line.substr(indent))) continue;
    if (line.find('(') == std::string_view::npos && line.find(')') == std::string_view::npos) continue;
    const Body body = body_from(file, i);
    const std::size_t lines = lines_that_count(file, body);
    if (lines > kFunctionLinesMax) {
      faults.push_back({file.path, i + 1, fmt::format("a function of {} lines; at most {}", lines, kFunctionLinesMax)});
    }
    if (indent == 0) i = body.last;
  }
  return faults;
}

}  // namespace assay::tidy
