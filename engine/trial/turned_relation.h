// A comparison as it might have been written instead. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay {

// `at least` made `more than`; `is` made `is not`.
ast::Relation turned(const ast::Relation& relation);
// Of a turned relation, with its operands: "more than waiting_limit".
std::string relation_words(const Rulebook& book, const ast::Relation& relation);

// What a relation says of a plain number, its limits being plain too; nothing where that takes more than the numbers.
std::optional<bool> says(const ast::Relation& relation, Decimal value,
                         const std::vector<std::optional<Decimal>>& limits);

}  // namespace assay
