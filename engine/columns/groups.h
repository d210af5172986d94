// How rows belong together, found once and used by every stage that asks: the links of each anchor, and the rows alike
// in a column. Private to engine/columns.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "engine/columns/compile.h"

namespace assay::columns {

// Links in being, by anchor and then by member, each member once.
struct Members {
  std::vector<std::uint32_t> begin;  // into `links`, one more than anchors
  std::vector<std::uint32_t> links;
  std::vector<std::uint32_t> held;  // of each anchor: links in being, the same member twice among them
};
Members members_of(const Frame& links, std::size_t anchors, bool forward);

// Rows in groups of those alike; in each those in being first, who are the members; all in the order of rows.
struct Alike {
  std::vector<std::uint32_t> rows;
  struct Group {
    std::uint32_t begin, members, end;
  };
  std::vector<Group> groups;
};
// One group of all, where there is no column.
Alike alike_in(const Frame& frame, const NumberColumn* column);

// Of one evaluation.
struct Groupings {
  std::map<std::pair<std::uint32_t, bool>, Members> members;                 // by relation and direction
  std::map<std::pair<std::uint32_t, std::optional<ColumnId>>, Alike> alike;  // by frame and column
};

}  // namespace assay::columns
