// A cell as a sentence says it: its value, or what it could still be and what is wanted.
#pragma once

#include <string>

#include "engine/eval/cell.h"

namespace assay {

// "78%", "does not apply", "not known (53% to 56%; Care provision is missing)".
std::string in_words(const Cell& cell, const ValueType& type, const Snapshot& snapshot);
// "53% to 56%", "at most 3", "Good or Outstanding"; empty where nothing bounds it.
std::string range_in_words(const Cell& cell, const ValueType& type);
// How the detail of a reason begins that says that a ruleset has no edition in force: then no evidence is wanting.
inline constexpr std::string_view kNoEdition = "no edition of ";
// What is wanting: the title of the evidence, or that no edition is in force.
std::string wanting_title(const Reason& reason, const Schema& schema);
// "Learning is missing and Equity is stale", titles first; at most `most`, then "and 3 more".
std::string reasons_in_words(const Reasons& reasons, const Snapshot& snapshot, std::size_t most = 3);

}  // namespace assay
