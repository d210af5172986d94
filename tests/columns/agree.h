// Columns against cells: the same rules over the same evidence, answered both ways.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "dsl/check/rulebook.h"
#include "engine/columns/world.h"
#include "evidence/core/snapshot.h"

namespace assay {

struct Agreement {
  std::size_t rules = 0, refused = 0;    // planned: answered by columns, left to cells
  std::size_t cells = 0;                 // compared
  std::vector<std::string> differences;  // each in words; the first hundred
  std::vector<std::string> reasons;      // why rules were left to cells, each with the rule
};

// Every rule in force on the date, for every subject in being.
Agreement compare_columns(const Rulebook& rulebook, const Snapshot& snapshot, Date as_at);
// The same with columns made another way; `subject` says whose a row of a kind's frame is.
Agreement compare_columns(const Rulebook& rulebook, const Snapshot& snapshot, const columns::World& world,
                          const std::function<SubjectId(KindId, std::size_t)>& subject);

}  // namespace assay
