// Rows of a file mostly come sorted by subject already: that is asked before anything is sorted.
#include "evidence/store/segment_builder.h"

#include <algorithm>
#include <limits>

namespace assay {
namespace {

constexpr std::int64_t kMost32 = std::numeric_limits<std::uint32_t>::max();

std::int32_t date(Statement& row, int column) {
  return static_cast<std::int32_t>(
      row.integer(column, std::numeric_limits<std::int32_t>::min() + 1, std::numeric_limits<std::int32_t>::max()));
}

SegmentEntry make_entry(std::span<const SegmentCell* const> cells) {
  const auto [low, high] =
      std::minmax_element(cells.begin(), cells.end(), [](const auto* a, const auto* b) { return a->row < b->row; });
  const std::int64_t first_row = std::max((*low)->row, (*high)->row - kMost32);
  return {.field = cells.front()->field,
          .subject_low = cells.front()->subject,
          .subject_high = cells.back()->subject,
          .cells = cells.size(),
          .corrections = static_cast<std::size_t>(
              std::count_if(cells.begin(), cells.end(), [](const SegmentCell* cell) { return cell->supersedes != 0; })),
          .first_row = first_row,
          .bytes = encode_segment(cells, first_row)};
}

}  // namespace

SegmentCell read_cell(Statement& row) {
  SegmentCell cell;
  cell.row = row.integer(0, 1);
  cell.subject = static_cast<std::uint32_t>(row.integer(1, 1, kMost32));
  cell.field = static_cast<std::uint32_t>(row.integer(2, 1, kMost32));
  if (row.is_text(3)) {
    cell.exceptional = true;
  } else if (!row.is_null(3)) {
    cell.value = row.integer(3);
  }
  if (!row.is_null(4))
    cell.standing = static_cast<std::uint8_t>(row.integer(4, 1, std::numeric_limits<std::uint8_t>::max()));
  cell.valid_from = date(row, 5);
  if (!row.is_null(6)) cell.valid_to = date(row, 6);
  cell.source = static_cast<std::uint32_t>(row.integer(7, 1, kMost32));
  cell.recorded_on = date(row, 8);
  if (!row.is_null(9)) cell.supersedes = row.integer(9, 1, cell.row);
  return cell;
}

void SegmentBuilder::add(std::uint32_t field, const SegmentRows& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    cells_.push_back({.row = rows.first_row + rows.row[i],
                      .value = rows.value[i],
                      .supersedes = rows.none_supersede ? 0 : rows.supersedes[i],
                      .subject = rows.subject[i],
                      .field = field,
                      .source = rows.source[i],
                      .valid_from = rows.valid_from[i],
                      .valid_to = rows.valid_to[i],
                      .recorded_on = rows.recorded_on[i],
                      .standing = rows.standing[i],
                      .exceptional = !rows.exceptional.empty() && rows.exceptional[i] != 0});
  }
}

std::vector<SegmentEntry> SegmentBuilder::finish() {
  std::uint32_t last_field = 0;
  for (const SegmentCell& cell : cells_) last_field = std::max(last_field, cell.field);
  std::vector<std::vector<const SegmentCell*>> by_field(last_field + std::size_t{1});
  for (const SegmentCell& cell : cells_) by_field[cell.field].push_back(&cell);
  const auto before = [](const SegmentCell* a, const SegmentCell* b) {
    return a->subject != b->subject ? a->subject < b->subject : a->row < b->row;
  };
  std::vector<SegmentEntry> made;
  for (auto& cells : by_field) {
    if (!std::is_sorted(cells.begin(), cells.end(), before)) std::sort(cells.begin(), cells.end(), before);
    for (std::size_t at = 0; at < cells.size(); at += kSegmentCells) {
      made.push_back(make_entry(std::span(cells).subspan(at, std::min(kSegmentCells, cells.size() - at))));
    }
  }
  cells_.clear();
  return made;
}

}  // namespace assay
