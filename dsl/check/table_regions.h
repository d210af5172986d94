// The values of one input of a table, cut where its column's cells turn: within a region every cell gives one answer.
// Each region is stood for by one of its values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/check/rulebook.h"
#include "evidence/core/truth.h"

namespace assay::checking {

// A value that a cell compares with; nothing where it is neither written down nor a parameter with a value on the date.
std::optional<Value> table_constant(const Rulebook& book, ast::ExprId id, Date on);

struct TableRegion {
  std::optional<Value> value;  // absent: the input is not known
  std::string words;           // "31 days", "good", "another text", "not known"
};
// Of an input whose column holds these relations, as at a date.
std::vector<TableRegion> table_regions(const Rulebook& book, ast::ExprId input,
                                       const std::vector<const ast::Relation*>& column, Date on);

// What the cell answers in the region: yes, no, or that it cannot be said.
Truth table_answer(const Rulebook& book, ast::ExprId input, const ast::Relation& cell, const TableRegion& region,
                   Date on);

}  // namespace assay::checking
