// Text on a screen of 80 columns, for people. Internal to apps/cli.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/eval/evaluation.h"

namespace assay::cli {

inline constexpr std::size_t kColumns = 80;

// `first` stands before the first line; blanks stand as far before the others, or `indent` of them.
void print_lines(const std::string& first, const std::string& text);
void print_lines(const std::string& first, const std::string& text, std::size_t indent);

// "1 row", "3 rows".
std::string counted(std::int64_t count, std::string_view what);
// What is wanting, a part for each kind of reason: "missing: Learning; Equity". A title said once; of several bodies
// with their count.
std::string wanting_in_words(const Reasons& reasons, const Snapshot& snapshot);

}  // namespace assay::cli
