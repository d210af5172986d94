// What the trail holds of a run, with the salt that keeps it from being guessed once it is destroyed: the last line of
// an outcome block, and a kept explanation in an object of its own (docs/formats/trail.md). Blocks and explanations of
// runs recorded before there were salts are read as they are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/digest.h"

namespace assay {

// The rows of a block, each with its line end, and the salt after them.
std::string seal_block(std::string_view rows);
// The rows of a block, each without its line end and without the salt.
std::vector<std::string_view> rows_in(std::string_view bytes);
bool is_sealed_block(std::string_view bytes);

// {"explanation":...,"salt":"..."}
std::string seal_explanation(std::string_view json);
// The explanation itself; of one that is redacted, what says so.
std::string_view explanation_in(std::string_view sealed);
bool is_sealed_explanation(std::string_view stored);

}  // namespace assay
