// Rows into segments: gathers some hundred thousand at a time, so that memory is bounded, and sorts them by field and
// subject. Private to evidence/store.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <vector>

#include "evidence/store/database.h"
#include "evidence/store/segment_table.h"

namespace assay {

class SegmentBuilder {
 public:
  void add(const SegmentCell& cell) { cells_.push_back(cell); }
  void add(std::uint32_t field, const SegmentRows& rows);
  bool full() const { return cells_.size() >= kCellsHeld; }
  std::size_t held() const { return cells_.size(); }
  // Segments of what is held, which is then forgotten.
  std::vector<SegmentEntry> finish();

 private:
  static constexpr std::size_t kCellsHeld = std::size_t{1} << 19;
  std::vector<SegmentCell> cells_;
};

// Adds the rows numbered from `first` to `last` out of their table; hands on segments whenever the builder is full.
// Corruption when a row is none.
template <class HandOn>
Result<void> add_stored_rows(const Database& database, std::int64_t first, std::int64_t last, SegmentBuilder& builder,
                             HandOn&& hand_on);

// A row that stands ready in a statement over kSegmentRowColumns.
inline constexpr std::string_view kSegmentRowColumns =
    "id, subject, field, value, standing, valid_from, valid_to, source, recorded_on, supersedes";
SegmentCell read_cell(Statement& row);

template <class HandOn>
Result<void> add_stored_rows(const Database& database, std::int64_t first, std::int64_t last, SegmentBuilder& builder,
                             HandOn&& hand_on) {
  Statement row = database.prepare(
      fmt::format("SELECT {} FROM observation WHERE id BETWEEN ? AND ?", kSegmentRowColumns), "the rows of evidence");
  row.with(first, last);
  while (row.next()) {
    builder.add(read_cell(row));
    if (!row.sound()) break;
    if (!builder.full()) continue;
    if (Result<void> done = hand_on(builder.finish()); !done) return done;
  }
  return row.end();
}

}  // namespace assay
