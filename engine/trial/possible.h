// The values an expression can come to, where they are few: what nine scores of 1 to 4 can sum to. Pure.
#pragma once

#include <optional>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay {

// Ascending, each once; nothing where they are more than can be listed. Of a label: its place in its scale.
std::optional<std::vector<Decimal>> possible_values(const Rulebook& book, ast::ExprId expr);

}  // namespace assay
