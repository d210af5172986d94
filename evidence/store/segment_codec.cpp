// Ten columns, one after another.
#include "evidence/store/segment_codec.h"

#include <algorithm>
#include <limits>

#include "evidence/core/check.h"
#include "evidence/store/column_codec.h"

namespace assay {
namespace {

// The end of a period as a distance from its start, which is small where the date itself is not: 0 for none, one more
// than the days between, or less than 0 where an imprecise start has a greater number than its end.
std::int64_t end_of(const SegmentCell& cell) {
  if (cell.valid_to == TypedRow::kNoDate) return 0;
  const std::int64_t days = std::int64_t{cell.valid_to} - cell.valid_from;
  return days >= 0 ? days + 1 : days;
}

}  // namespace

SegmentCell cell_of(const StoredRow& row) {
  return {.row = row.row,
          .value = row.form == StoredRow::Form::Number ? row.number : 0,
          .supersedes = row.supersedes,
          .subject = row.subject,
          .field = row.field,
          .source = row.source,
          .valid_from = row.valid_from,
          .valid_to = row.valid_to,
          .recorded_on = row.recorded_on,
          .standing = static_cast<std::uint8_t>(row.standing),
          .exceptional = row.form == StoredRow::Form::Decimal};
}

std::string encode_segment(std::span<const SegmentCell* const> cells, std::int64_t first_row) {
  CHECK(!cells.empty() && cells.size() <= kSegmentCells);
  std::string out;
  out.reserve(cells.size() * 12 + 160);
  const auto append = [&](auto of) {
    append_column(out, cells.size(), [&](std::size_t i) { return std::int64_t{of(*cells[i])}; });
  };
  append_steps(out, cells.size(), [&](std::size_t i) { return std::int64_t{cells[i]->subject}; });
  append([](const SegmentCell& cell) { return cell.value; });
  append([](const SegmentCell& cell) { return cell.standing; });
  append([](const SegmentCell& cell) { return cell.exceptional ? 1 : 0; });
  append([](const SegmentCell& cell) { return cell.valid_from; });
  append(end_of);
  append([](const SegmentCell& cell) { return cell.recorded_on; });
  append([](const SegmentCell& cell) { return cell.source; });
  append_steps(out, cells.size(), [&](std::size_t i) { return cells[i]->row - first_row; });
  // A distance too, since a correction mostly follows soon.
  append([](const SegmentCell& cell) { return cell.supersedes == 0 ? std::int64_t{0} : cell.row - cell.supersedes; });
  return out;
}

template <class Cell>
bool SegmentDecoder::take(std::string_view& bytes, std::vector<Cell>& into, SegmentBounds& bounds) {
  into.resize(count_);
  return take_column(bytes, into.data(), cells_, {begin_, count_}, bounds);
}

// The first so many of them: sums of steps, none of which may leave what a number can be.
bool SegmentDecoder::take_steps(std::string_view& bytes, std::vector<std::uint32_t>& into, std::size_t end,
                                SegmentBounds& bounds) {
  if (bytes.size() < 8) return false;
  auto sum = static_cast<std::int64_t>(read_bytes(bytes.data(), 8));
  bytes.remove_prefix(8);
  steps_.resize(cells_);
  constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
  SegmentBounds steps;
  const std::size_t sums = std::max(end, std::size_t{1});
  if (sum < 0 || sum > kMost || !take_column(bytes, steps_.data(), cells_ - 1, {0, sums - 1}, steps)) return false;
  if (steps.low < -kMost || steps.high > kMost) return false;
  into.resize(sums);
  bounds = {sum, sum};
  into[0] = static_cast<std::uint32_t>(sum);
  for (std::size_t i = 1; i < sums; ++i) {
    sum += steps_[i - 1];
    bounds.low = std::min(bounds.low, sum);
    bounds.high = std::max(bounds.high, sum);
    into[i] = static_cast<std::uint32_t>(sum);
  }
  return bounds.low >= 0 && bounds.high <= kMost;
}

// Of the days on which cells end, from how far each is from its beginning.
void SegmentDecoder::find_ends() {
  valid_to_.resize(count_);
  for (std::size_t i = 0; i < count_; ++i) {
    const std::int64_t end = ends_[i] > 0 ? valid_from_[i] + ends_[i] - 1 : valid_from_[i] + ends_[i];
    valid_to_[i] = ends_[i] == 0 ? TypedRow::kNoDate : static_cast<std::int32_t>(end);
  }
  if (count_ == 0) return;
  const auto [low, high] = std::minmax_element(valid_to_.begin(), valid_to_.end());
  rows_.valid_tos = {*low, *high};
}

bool SegmentDecoder::decode(std::string_view bytes, std::size_t cells, std::int64_t first_row,
                            const SegmentFilter& wanted) {
  rows_ = SegmentRows();
  cells_ = cells;
  if (cells == 0 || cells > kSegmentCells || !take_steps(bytes, subject_, cells, rows_.subjects)) return false;
  const auto first = std::lower_bound(subject_.begin(), subject_.end(), wanted.subject_low);
  begin_ = static_cast<std::size_t>(first - subject_.begin());
  count_ = static_cast<std::size_t>(std::upper_bound(first, subject_.end(), wanted.subject_high) - first);
  SegmentBounds standings, exceptions, ends, sources, supersedes;
  if (!take(bytes, value_, rows_.values) || !take(bytes, standing_, standings) ||
      !take(bytes, exceptional_, exceptions) || !take(bytes, valid_from_, rows_.valid_froms) ||
      !take(bytes, ends_, ends) || !take(bytes, recorded_on_, rows_.recorded_ons) || !take(bytes, source_, sources) ||
      !take_steps(bytes, row_, begin_ + count_, rows_.rows) || !take(bytes, supersedes_, supersedes) || !bytes.empty())
    return false;
  find_ends();
  rows_.first_row = first_row;
  rows_.rows.low += first_row;
  rows_.rows.high += first_row;
  rows_.all_held = standings.high == 0;
  rows_.none_supersede = supersedes.high == 0;
  rows_.subject = std::span(subject_).subspan(begin_, count_);
  rows_.row = std::span(row_).subspan(begin_, count_);
  rows_.value = value_, rows_.standing = standing_, rows_.valid_from = valid_from_;
  rows_.valid_to = valid_to_, rows_.recorded_on = recorded_on_, rows_.source = source_;
  if (exceptions.high != 0) rows_.exceptional = exceptional_;
  if (rows_.none_supersede) return true;
  for (std::size_t i = 0; i < count_; ++i) {
    if (supersedes_[i] != 0) supersedes_[i] = first_row + rows_.row[i] - supersedes_[i];
  }
  rows_.supersedes = supersedes_;
  return true;
}

}  // namespace assay
