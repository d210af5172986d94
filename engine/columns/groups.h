// How rows belong together, found once and used by every stage that asks: the links of each anchor, and the rows alike
// in a column. Private to engine/columns.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "engine/columns/compile.h"
#include "engine/columns/large.h"

namespace assay::columns {

// Links in being, by anchor; of those between the same two the first alone is kept.
struct Members {
  std::vector<std::uint32_t> begin;  // into `links`, one more than anchors
  std::vector<std::uint32_t> kept;   // of each anchor: from there on
  Large<std::uint32_t> links;
  std::uint32_t held(std::size_t anchor) const { return begin[anchor + 1] - begin[anchor]; }
};
Members members_of(const Frame& links, std::size_t anchors, bool forward);

// Rows in groups of those alike.
struct Alike {
  std::size_t count = 1;    // groups
  Large<std::uint32_t> of;  // of each row its group; empty where all are in one
  // Made when asked for. Rows group by group, in each those in being first, who are the members; all in the order of
  // rows.
  struct Group {
    std::uint32_t begin, members, end;
  };
  std::vector<Group> groups;
  Large<std::uint32_t> place;  // of each row, among all
  Large<std::uint32_t> rows;   // by place
};
// One group of all, where there is no column.
Alike alike_in(const Frame& frame, const NumberColumn* column);
void find_places(const Frame& frame, Alike& alike);  // and groups
void find_rows(const Frame& frame, Alike& alike);    // and places

// Of one evaluation.
struct Groupings {
  std::map<std::pair<std::uint32_t, bool>, Members> members;                 // by relation and direction
  std::map<std::pair<std::uint32_t, std::optional<ColumnId>>, Alike> alike;  // by frame and column
  Large<std::uint8_t> room;                                                  // left by one stage for the next
};

}  // namespace assay::columns
