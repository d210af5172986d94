// Reads the tree from the disk, and blanks what is not code.
#include "tests/tidy/project_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace assay::tidy {
namespace {

constexpr std::array<std::string_view, 10> kFolders = {"evidence", "dsl",  "engine",  "apps", "tests",
                                                       "cmake",    "docs", "scripts", ".ci",  "rulesets"};

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

// Blanks from `begin` to `end`, keeping line breaks so that line numbers stay.
void blank(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < std::min(end, text.size()); ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
}

std::size_t end_of_quoted(const std::string& text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote || text[i] == '\n') {
      return i;
    }
  }
  return text.size();
}

// `at` is the quote of R"mark(...)mark"; the answer is the place of its last quote.
std::size_t end_of_raw(const std::string& text, std::size_t at) {
  const std::size_t open = text.find('(', at);
  if (open == std::string::npos) return text.size();
  const std::string close = ")" + text.substr(at + 1, open - at - 1) + "\"";
  const std::size_t found = text.find(close, open);
  return found == std::string::npos ? text.size() : found + close.size() - 1;
}

bool is_digit_separator(const std::string& text, std::size_t at) {
  return at > 0 && std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0;
}

std::string blank_all_but_code(std::string text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (text[i] == '/' && next == '/') {
      const std::size_t end = text.find('\n', i);
      blank(text, i, end);
      i = std::min(end, text.size());
    } else if (text[i] == '/' && next == '*') {
      const std::size_t end = text.find("*/", i + 2);
      blank(text, i, end == std::string::npos ? end : end + 2);
      i = std::min(end, text.size());
    } else if (text[i] == '"') {
      const std::size_t end = i > 0 && text[i - 1] == 'R' ? end_of_raw(text, i) : end_of_quoted(text, i);
      blank(text, i + 1, end);
      i = end;
    } else if (text[i] == '\'' && !is_digit_separator(text, i)) {
      const std::size_t end = end_of_quoted(text, i);
      blank(text, i + 1, end);
      i = end;
    }
  }
  return text;
}

std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool is_read(const std::string& path) {
  if (is_below(path, "tests/vectors")) return false;
  return is_cpp(path) || is_script(path) || is_document(path) || has_suffix(path, ".cmake") ||
         has_suffix(path, "CMakeLists.txt") || has_suffix(path, ".assay");
}

}  // namespace

bool has_suffix(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

bool is_cpp(std::string_view path) {
  return has_suffix(path, ".h") || has_suffix(path, ".cpp") || has_suffix(path, ".def");
}

bool is_document(std::string_view path) { return has_suffix(path, ".md"); }

bool is_below(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.substr(0, folder.size()) == folder && path[folder.size()] == '/';
}

bool is_script(std::string_view path) {
  return is_below(path, "scripts") || is_below(path, ".ci") || path == "tests/bench/run" ||
         path == "tests/bench/peers/run" || has_suffix(path, ".sh");
}

std::string describe(const std::vector<Fault>& faults) {
  std::string out;
  for (const Fault& fault : faults) out += fmt::format("\n{}:{}: {}", fault.path, fault.line, fault.message);
  return out;
}

TextFile make_text_file(std::string path, std::string bytes) {
  TextFile file{.path = std::move(path), .bytes = std::move(bytes), .lines = {}, .code = {}};
  file.lines = split_lines(file.bytes);
  file.code = is_cpp(file.path) ? split_lines(blank_all_but_code(file.bytes)) : file.lines;
  return file;
}

std::vector<TextFile> read_project(const std::string& root) {
  namespace fs = std::filesystem;
  std::vector<TextFile> files;
  const auto take = [&](const fs::path& path) {
    const std::string name = path.lexically_relative(root).generic_string();
    if (is_read(name)) files.push_back(make_text_file(name, read_bytes(path)));
  };
  for (const fs::directory_entry& entry : fs::directory_iterator(root)) {
    if (entry.is_regular_file()) take(entry.path());
  }
  for (const std::string_view folder : kFolders) {
    const fs::path below = fs::path(root) / folder;
    if (!fs::exists(below)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(below)) {
      if (entry.is_regular_file()) take(entry.path());
    }
  }
  std::sort(files.begin(), files.end(), [](const TextFile& a, const TextFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace assay::tidy
