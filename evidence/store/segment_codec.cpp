// One loop for each width, with nothing in it but a load and an addition, so that the compiler makes it wide.
#include "evidence/store/segment_codec.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "evidence/core/check.h"

namespace assay {
namespace {

std::size_t width_of(const SegmentBounds& bounds) {
  const std::uint64_t range = static_cast<std::uint64_t>(bounds.high) - static_cast<std::uint64_t>(bounds.low);
  if (range == 0) return 0;
  if (range <= 0xff) return 1;
  if (range <= 0xffff) return 2;
  return range <= 0xffffffff ? 4 : 8;
}

// Least byte first.
void append_bytes(std::string& out, std::uint64_t value, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

template <class Of>
void append_column(std::string& out, std::span<const SegmentCell* const> cells, Of&& of) {
  SegmentBounds bounds{of(*cells.front()), of(*cells.front())};
  for (const SegmentCell* cell : cells) {
    bounds.low = std::min(bounds.low, of(*cell));
    bounds.high = std::max(bounds.high, of(*cell));
  }
  append_bytes(out, static_cast<std::uint64_t>(bounds.low), 8);
  append_bytes(out, static_cast<std::uint64_t>(bounds.high), 8);
  const std::size_t width = width_of(bounds);
  if (width == 0) return;
  const std::size_t begin = out.size();
  out.resize(begin + width * cells.size());
  char* at = out.data() + begin;
  for (const SegmentCell* cell : cells) {
    const std::uint64_t above = static_cast<std::uint64_t>(of(*cell)) - static_cast<std::uint64_t>(bounds.low);
    for (std::size_t i = 0; i < width; ++i) *at++ = static_cast<char>(above >> (8 * i) & 0xff);
  }
}

// The end of a period as a distance from its start, which is small where the date itself is not: 0 for none, one more
// than the days between, or less than 0 where an imprecise start has a greater number than its end.
std::int64_t end_of(const SegmentCell& cell) {
  if (cell.valid_to == TypedRow::kNoDate) return 0;
  const std::int64_t days = std::int64_t{cell.valid_to} - cell.valid_from;
  return days >= 0 ? days + 1 : days;
}

std::uint64_t read_bytes(const char* from, std::size_t width) {
  std::uint64_t value = 0;
  for (std::size_t i = width; i-- > 0;) value = value << 8 | static_cast<unsigned char>(from[i]);
  return value;
}

template <class Narrow, class Cell>
void widen(const char* __restrict from, Cell* __restrict to, std::size_t count, std::uint64_t low) {
  for (std::size_t i = 0; i < count; ++i) {
    Narrow cell;
    std::memcpy(&cell, from + i * sizeof(Narrow), sizeof(Narrow));
    to[i] = static_cast<Cell>(low + cell);
  }
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
  append_column(out, cells, [](const SegmentCell& cell) { return std::int64_t{cell.subject}; });
  append_column(out, cells, [](const SegmentCell& cell) { return cell.value; });
  append_column(out, cells, [](const SegmentCell& cell) { return std::int64_t{cell.standing}; });
  append_column(out, cells, [](const SegmentCell& cell) { return std::int64_t{cell.exceptional ? 1 : 0}; });
  append_column(out, cells, [](const SegmentCell& cell) { return std::int64_t{cell.valid_from}; });
  append_column(out, cells, end_of);
  append_column(out, cells, [](const SegmentCell& cell) { return std::int64_t{cell.recorded_on}; });
  append_column(out, cells, [](const SegmentCell& cell) { return std::int64_t{cell.source}; });
  append_column(out, cells, [first_row](const SegmentCell& cell) { return cell.row - first_row; });
  // A distance too, since a correction mostly follows soon.
  append_column(out, cells, [](const SegmentCell& cell) {
    return cell.supersedes == 0 ? std::int64_t{0} : cell.row - cell.supersedes;
  });
  return out;
}

template <class Cell>
bool SegmentDecoder::take(std::string_view& bytes, std::vector<Cell>& into, std::size_t cells, SegmentBounds& bounds) {
  constexpr std::size_t kHead = 16;
  if (bytes.size() < kHead) return false;
  bounds.low = static_cast<std::int64_t>(read_bytes(bytes.data(), 8));
  bounds.high = static_cast<std::int64_t>(read_bytes(bytes.data() + 8, 8));
  if (bounds.low > bounds.high || bounds.low < std::int64_t{std::numeric_limits<Cell>::min()} ||
      static_cast<std::uint64_t>(std::max(bounds.high, std::int64_t{0})) >
          static_cast<std::uint64_t>(std::numeric_limits<Cell>::max())) {
    return false;
  }
  bytes.remove_prefix(kHead);
  const std::size_t width = width_of(bounds);
  if (bytes.size() < width * cells) return false;
  into.resize(cells);
  const auto low = static_cast<std::uint64_t>(bounds.low);
  if (width == 0) std::fill(into.begin(), into.end(), static_cast<Cell>(bounds.low));
  if (width == 1) widen<std::uint8_t>(bytes.data(), into.data(), cells, low);
  if (width == 2) widen<std::uint16_t>(bytes.data(), into.data(), cells, low);
  if (width == 4) widen<std::uint32_t>(bytes.data(), into.data(), cells, low);
  if (width == 8) widen<std::uint64_t>(bytes.data(), into.data(), cells, low);
  bytes.remove_prefix(width * cells);
  return true;
}

bool SegmentDecoder::decode(std::string_view bytes, std::size_t cells, std::int64_t first_row) {
  rows_ = SegmentRows();
  SegmentBounds standings, exceptions, ends, sources, supersedes;
  if (cells == 0 || cells > kSegmentCells || !take(bytes, subject_, cells, rows_.subjects) ||
      !take(bytes, value_, cells, rows_.values) || !take(bytes, standing_, cells, standings) ||
      !take(bytes, exceptional_, cells, exceptions) || !take(bytes, valid_from_, cells, rows_.valid_froms) ||
      !take(bytes, ends_, cells, ends) || !take(bytes, recorded_on_, cells, rows_.recorded_ons) ||
      !take(bytes, source_, cells, sources) || !take(bytes, row_, cells, rows_.rows) ||
      !take(bytes, supersedes_, cells, supersedes) || !bytes.empty()) {
    return false;
  }
  valid_to_.resize(cells);
  for (std::size_t i = 0; i < cells; ++i) {
    const std::int64_t end = ends_[i] > 0 ? valid_from_[i] + ends_[i] - 1 : valid_from_[i] + ends_[i];
    valid_to_[i] = ends_[i] == 0 ? TypedRow::kNoDate : static_cast<std::int32_t>(end);
  }
  const auto [low, high] = std::minmax_element(valid_to_.begin(), valid_to_.end());
  rows_.valid_tos = {*low, *high};
  rows_.first_row = first_row;
  rows_.rows.low += first_row;
  rows_.rows.high += first_row;
  rows_.all_held = standings.high == 0;
  rows_.none_supersede = supersedes.high == 0;
  rows_.subject = subject_, rows_.value = value_, rows_.standing = standing_, rows_.valid_from = valid_from_;
  rows_.valid_to = valid_to_, rows_.recorded_on = recorded_on_, rows_.source = source_, rows_.row = row_;
  if (exceptions.high != 0) rows_.exceptional = exceptional_;
  if (rows_.none_supersede) return true;
  for (std::size_t i = 0; i < cells; ++i) {
    if (supersedes_[i] != 0) supersedes_[i] = first_row + row_[i] - supersedes_[i];
  }
  rows_.supersedes = supersedes_;
  return true;
}

}  // namespace assay
