// A literate case: what it shows, files to make, and commands with exactly what they print. docs/testing.md says how
// one is written.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

namespace assay::golden {

// `--- file PATH`: the lines that follow, up to the next step. In them `<<TEXT * N>>` stands for N times TEXT and
// `<<byte HH>>` for one byte, so that what is huge or is no text can be written down.
struct FileStep {
  std::string path, text;  // text as written
};
// `--- sample PATH`: a copy of the store with the sample evidence in it.
struct SampleStep {
  std::string path;
};
// `$ command`, which a `\` at the end of its line carries on to the next; its output with standard error where it came,
// and `[exit N]`.
struct CommandStep {
  std::string command;
  std::string expected;  // without the empty lines at its end
  int exit = 0;
};

struct Step {
  std::vector<std::string> remarks;  // `# ...` lines that stand above
  std::variant<FileStep, SampleStep, CommandStep> body;
  std::size_t line = 0;  // where it begins, from 1
};

struct Case {
  std::string name;   // of the file, without .case
  bool wide = false;  // `--- wide`: what it prints holds lines of the user's own, over 80 columns
  std::vector<std::string> shows;
  std::vector<Step> steps;
};

// The fault of a line that is no part of a case, as "line N: what".
tl::expected<Case, std::string> parse_case(const std::string& name, const std::string& text);
std::string print_case(const Case& written);

// With what stands between << and >> put in; the fault otherwise.
tl::expected<std::string, std::string> made_text(const std::string& text);

std::vector<std::string> split_lines(const std::string& text);
std::string join_lines(const std::vector<std::string>& lines);  // each with its line feed

}  // namespace assay::golden
