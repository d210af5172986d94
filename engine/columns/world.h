// What columns are made from: every subject of each kind in one order, the links between them, and what each field says
// on the date. Made from a snapshot, or from a store without one. No I/O of its own: fields come when asked for.
#pragma once

#include <functional>
#include <vector>

#include "dsl/check/rulebook.h"
#include "engine/columns/lanes.h"
#include "engine/eval/cell.h"
#include "evidence/core/snapshot.h"

namespace assay::columns {

// The subjects of a kind, or the links of a relation, each a row.
struct Frame {
  std::size_t rows = 0;
  std::vector<std::uint8_t> in_being;   // 1 where its register says so on the date
  std::vector<std::uint32_t> from, to;  // of a relation: rows of its ends
};

struct World {
  Date as_at;
  std::vector<Frame> frames;  // by KindId
  // What a field says of every row of its kind; of texts a number that
  // is the same for the same text. Only states and series.
  std::function<Result<Column>(FieldId)> field;
};

// The snapshot must outlive it. Rows are in the order of subjects.
World world_of(const Snapshot& snapshot, Date as_at);

// What a cell says, as a column holds it: its state, and an end in lanes of so many places; nothing where it has more,
// or is a text.
State state_of(const Cell& cell);
std::optional<std::int64_t> lane(const Value& value, int places);

}  // namespace assay::columns
