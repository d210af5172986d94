// What columns are made from: every subject of each kind in one order, the links between them, and what each field says
// on the date. Made from a snapshot, or from a store without one. No I/O of its own: fields come when asked for.
#pragma once

#include <functional>
#include <map>
#include <memory>
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

// How lanes are to be read.
enum class Sort : std::uint8_t { Numbers, Dates, Labels, Texts };
struct Meaning {
  Sort sort = Sort::Numbers;
  int places = 0;
  // Where there is one, lane `least + i` stands for the i-th of these, which ascend.
  std::int64_t least = 0;
  std::shared_ptr<const std::vector<Decimal>> table;
};

// Answers of a rule that are at hand already, with nothing left to evaluate.
struct Given {
  Column column;
  Meaning meaning;
};

struct World {
  Date as_at;
  std::vector<Frame> frames;  // by KindId
  // What a field says of every row of its kind; of texts a number that
  // is the same for the same text. Only states and series.
  std::function<Result<Column>(FieldId)> field;
  std::map<std::uint32_t, Given> given = {};  // by rule
};

// The snapshot must outlive it. Rows are in the order of subjects.
World world_of(const Snapshot& snapshot, Date as_at);

// What a cell says, as a column holds it: its state, and an end in lanes of so many places; nothing where it has more,
// or is a text.
State state_of(const Cell& cell);
std::optional<std::int64_t> lane(const Value& value, int places);

}  // namespace assay::columns
