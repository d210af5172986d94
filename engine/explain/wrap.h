// Text in lines of at most so many columns. A column is a code point.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay {

// Breaks at spaces; a word longer than a line is broken after its last slash, else where the line ends. At least one
// line.
std::vector<std::string_view> wrap(std::string_view text, std::size_t columns);

}  // namespace assay
