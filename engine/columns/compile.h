// Rules into a plan over columns. Not every rule has one: what is left to cells (engine/eval) is listed with the
// construct that stands in the way.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/columns/program.h"
#include "engine/columns/world.h"

namespace assay::columns {

struct Answer {
  RuleId rule;
  ColumnId column;
  Meaning meaning;  // of numbers
};
struct Refused {
  RuleId rule;
  std::string why;  // `looks back`, `reads events` ...
};

struct Plan {
  Date as_at;
  std::vector<Stage> stages;    // in an order in which each finds what it reads
  std::vector<Column> columns;  // fields as loaded; answers with room for each row
  std::vector<std::vector<std::uint32_t>> indices;
  std::vector<Answer> answers;  // in the order asked
  std::vector<Refused> refused;
};

// Loads the fields that the rules read. A fault of the world's is a field that could not be loaded.
Result<Plan> compile(const Rulebook& rulebook, const EditionAsked& asked, const std::vector<RuleId>& rules,
                     const World& world);

}  // namespace assay::columns
