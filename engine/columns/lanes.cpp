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

void summarise(NumberColumn& column) {
  column.block.assign((column.state.size() + kBlock - 1) / kBlock, 0);
  for (std::size_t i = 0; i < column.state.size(); ++i) column.block[i / kBlock] |= column.state[i];
  column.any = 0;
  for (State one : column.block) column.any |= one;
}

}  // namespace assay::columns
