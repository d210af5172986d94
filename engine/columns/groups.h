// How rows belong together, found once and used by every stage that asks: the links of each anchor, and the rows alike
// in a column. Private to engine/columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
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

// Whether no two links in being are between the same two of so many, as far as can be said without sorting them: where
// most have one end to themselves. False where that cannot be said.
bool surely_differ(const Frame& links, std::size_t from, std::size_t to);

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

// The links of a relation as seen from one of its ends, the anchors. What is asked of them is found once.
class Links {
 public:
  Links(const Frame& frame, std::size_t from, std::size_t to, bool forward)
      : frame_(frame), from_(from), to_(to), forward_(forward) {}
  std::size_t count() const { return frame_.rows; }
  std::size_t anchors() const { return forward_ ? from_ : to_; }
  const std::vector<std::uint32_t>& anchor() const { return forward_ ? frame_.from : frame_.to; }
  const std::vector<std::uint8_t>& in_being() const { return frame_.in_being; }
  const Members& members() {
    if (!members_) members_ = members_of(frame_, anchors(), forward_);
    return *members_;
  }
  bool surely_differ() {
    if (!differ_) differ_ = columns::surely_differ(frame_, from_, to_);
    return *differ_;
  }

 private:
  const Frame& frame_;
  std::size_t from_, to_;  // how many of each end
  bool forward_;
  std::optional<Members> members_;
  std::optional<bool> differ_;
};

// Of one evaluation.
struct Groupings {
  std::map<std::pair<std::uint32_t, bool>, Links> links;                     // by relation and direction
  std::map<std::pair<std::uint32_t, std::optional<ColumnId>>, Alike> alike;  // by frame and column
  Large<std::uint8_t> room;                                                  // left by one stage for the next
};

}  // namespace assay::columns
