// Numbers in as few bytes as their range needs.
#include "engine/columns/lanes.h"

#include <algorithm>

#include "evidence/core/check.h"

namespace assay::columns {

void Lanes::set(std::size_t i, std::int64_t value) {
  // As unsigned numbers: the two may lie further apart than one with a sign can say.
  const auto offset = static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(base);
  std::uint8_t* into = bytes.data() + i * width;
  if (width == 1)
    *into = static_cast<std::uint8_t>(offset);
  else
    std::memcpy(into, &offset, width);
}

Lanes Lanes::between(std::int64_t least, std::int64_t greatest, std::size_t count) {
  CHECK(least <= greatest);
  const auto span = static_cast<std::uint64_t>(greatest) - static_cast<std::uint64_t>(least);
  Lanes lanes;
  lanes.base = least;
  lanes.width = span <= 0xff ? 1 : span <= 0xffff ? 2 : span <= 0xffff'ffff ? 4 : 8;
  lanes.bytes.resize(count * lanes.width);
  return lanes;
}

namespace {

// Eight at a time.
State together(const State* states, std::size_t count) {
  std::uint64_t all = 0;
  std::size_t i = 0;
  for (std::uint64_t eight; i + sizeof eight <= count; i += sizeof eight) {
    std::memcpy(&eight, states + i, sizeof eight);
    all |= eight;
  }
  for (int half = 32; half >= 8; half /= 2) all |= all >> half;
  for (; i < count; ++i) all |= states[i];
  return static_cast<State>(all & 0xff);
}

}  // namespace

void summarise(NumberColumn& column) {
  const std::size_t rows = column.state.size();
  column.block.clear();
  for (std::size_t begin = 0; begin < rows; begin += kBlock)
    column.block.push_back(together(column.state.data() + begin, std::min(kBlock, rows - begin)));
  column.any = 0;
  for (State one : column.block) column.any |= one;
}

}  // namespace assay::columns
