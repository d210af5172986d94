// The project's own text, as the tidy checks read it: every file with its lines, and code with its comments and texts
// blanked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::tidy {

struct TextFile {
  std::string path;                // from the root: "evidence/core/date.h"
  std::string bytes;               // as they stand
  std::vector<std::string> lines;  // without their ends
  // `lines` of C++ with comments, texts and characters blanked, so that a word in a sentence is not taken for code. Of
  // other files the same as `lines`.
  std::vector<std::string> code;
};

// One thing that is not as it should be. Line 0 stands for the whole file.
struct Fault {
  std::string path;
  std::size_t line = 0;
  std::string message;
  friend bool operator==(const Fault&, const Fault&) = default;
};

// For a failing test: "path:line: message", one a line.
std::string describe(const std::vector<Fault>& faults);

TextFile make_text_file(std::string path, std::string bytes);
// Every file that people write, below the root: sources, build files, scripts and documents, sorted by path. Not what
// is built, not test vectors, which are other people's text.
std::vector<TextFile> read_project(const std::string& root);

bool is_cpp(std::string_view path);     // .h, .cpp, .def
bool is_script(std::string_view path);  // bash, by its place: scripts/, .ci/, tests/bench/run
bool is_document(std::string_view path);
bool is_below(std::string_view path, std::string_view folder);  // "apps/cli/main.cpp" is below "apps"
bool has_suffix(std::string_view text, std::string_view suffix);

}  // namespace assay::tidy
