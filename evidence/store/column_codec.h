// One column of whole numbers as segments keep it: the least and the greatest, and then each less the least in as many
// bytes as their range needs (docs/formats/segments.md). Private to evidence/store.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/store/segments.h"

namespace assay {

inline std::size_t column_width(const SegmentBounds& bounds) {
  const std::uint64_t range = static_cast<std::uint64_t>(bounds.high) - static_cast<std::uint64_t>(bounds.low);
  if (range == 0) return 0;
  if (range <= 0xff) return 1;
  if (range <= 0xffff) return 2;
  return range <= 0xffffffff ? 4 : 8;
}

// Least byte first.
inline void append_bytes(std::string& out, std::uint64_t value, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}
inline std::uint64_t read_bytes(const char* from, std::size_t width) {
  std::uint64_t value = 0;
  for (std::size_t i = width; i-- > 0;) value = value << 8 | static_cast<unsigned char>(from[i]);
  return value;
}

// of(i): the i-th of so many. Of none both ends are 0.
template <class Of>
void append_column(std::string& out, std::size_t count, Of&& of) {
  SegmentBounds bounds;
  if (count > 0) bounds = {of(0), of(0)};
  for (std::size_t i = 0; i < count; ++i) {
    bounds.low = std::min(bounds.low, of(i));
    bounds.high = std::max(bounds.high, of(i));
  }
  append_bytes(out, static_cast<std::uint64_t>(bounds.low), 8);
  append_bytes(out, static_cast<std::uint64_t>(bounds.high), 8);
  const std::size_t width = column_width(bounds);
  if (width == 0) return;
  const std::size_t begin = out.size();
  out.resize(begin + width * count);
  char* at = out.data() + begin;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t above = static_cast<std::uint64_t>(of(i)) - static_cast<std::uint64_t>(bounds.low);
    for (std::size_t byte = 0; byte < width; ++byte) *at++ = static_cast<char>(above >> (8 * byte) & 0xff);
  }
}

// The first as it stands, and then how far each is from the one before it.
template <class Of>
void append_steps(std::string& out, std::size_t count, Of&& of) {
  append_bytes(out, static_cast<std::uint64_t>(of(0)), 8);
  append_column(out, count - 1, [&](std::size_t i) { return of(i + 1) - of(i); });
}

// One loop for each width, with nothing in it but a load and an addition, so that the compiler makes it wide.
template <class Narrow, class Cell>
void widen_column(const char* __restrict from, Cell* __restrict to, std::size_t count, std::uint64_t low) {
  for (std::size_t i = 0; i < count; ++i) {
    Narrow cell;
    std::memcpy(&cell, from + i * sizeof(Narrow), sizeof(Narrow));
    to[i] = static_cast<Cell>(low + cell);
  }
}

// The cells of a column from `begin` on, `count` of them.
struct ColumnPart {
  std::size_t begin = 0, count = 0;
};

// Takes a column off the front of the bytes, its part into an array with room for that; the bounds are of all. False
// when they hold none.
template <class Cell>
bool take_column(std::string_view& bytes, Cell* into, std::size_t cells, ColumnPart part, SegmentBounds& bounds) {
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
  const std::size_t width = column_width(bounds);
  if (bytes.size() < width * cells) return false;
  const auto low = static_cast<std::uint64_t>(bounds.low);
  const char* const from = bytes.data() + width * part.begin;
  if (width == 0) std::fill(into, into + part.count, static_cast<Cell>(bounds.low));
  if (width == 1) widen_column<std::uint8_t>(from, into, part.count, low);
  if (width == 2) widen_column<std::uint16_t>(from, into, part.count, low);
  if (width == 4) widen_column<std::uint32_t>(from, into, part.count, low);
  if (width == 8) widen_column<std::uint64_t>(from, into, part.count, low);
  bytes.remove_prefix(width * cells);
  return true;
}
template <class Cell>
bool take_column(std::string_view& bytes, Cell* into, std::size_t cells, SegmentBounds& bounds) {
  return take_column(bytes, into, cells, {0, cells}, bounds);
}

}  // namespace assay
