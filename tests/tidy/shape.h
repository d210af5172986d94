// The shape of files: first line, length, width, white space, the length of functions. Limits are those of
// docs/STYLE.md.
#pragma once

#include <vector>

#include "tests/tidy/project_text.h"

namespace assay::tidy {

inline constexpr std::size_t kFileLinesMax = 500;
inline constexpr std::size_t kColumnsMax = 120;  // characters, not bytes
inline constexpr std::size_t kFunctionLinesMax = 70;

// Says what the file is for before anything else; a script after its `#!` line.
std::vector<Fault> check_first_line(const TextFile& file);
std::vector<Fault> check_length(const TextFile& file);
// Rows of tables may be wider: in tests (they begin with a brace or a quote) and in .def. Documents and rulesets are
// prose, and the files that list sources are lists.
std::vector<Fault> check_width(const TextFile& file);
std::vector<Fault> check_white_space(const TextFile& file);
// Reads code as clang-format leaves it: a body ends at the first brace that stands in its first line's column.
std::vector<Fault> check_functions(const TextFile& file);

}  // namespace assay::tidy
