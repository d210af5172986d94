// The ends of numbers as small codes that stand in the order asked for: 0 lies below all, `beyond` above every one that
// a number can have. Private to engine/columns.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "engine/columns/lanes.h"

namespace assay::columns {

// Bytes that the codes of a column need: 2, 4 or 8.
inline std::size_t code_bytes(const NumberColumn& values) {
  const auto span = static_cast<std::uint64_t>(values.greatest) - static_cast<std::uint64_t>(values.least);
  return span <= 0xffff - 3 ? 2 : span <= 0xffff'ffff - 3 ? 4 : 8;
}

template <class Code>
class Codes {
 public:
  struct Block {
    alignas(64) std::array<Code, kBlock> low, high;
  };

  Codes(const NumberColumn& values, bool lower_first) : values_(values), lower_first_(lower_first) {
    span_ = static_cast<std::uint64_t>(values.greatest) - static_cast<std::uint64_t>(values.least);
  }
  Code beyond() const { return static_cast<Code>(span_ + 3); }

  // Of a block's rows; of one that does not apply, codes say nothing.
  void read(std::size_t begin, std::size_t count, Block& into) const {
    const State any = values_.block[begin / kBlock];
    Code* first = lower_first_ ? into.low.data() : into.high.data();
    Code* second = lower_first_ ? into.high.data() : into.low.data();
    of_lanes(values_.low, begin, count, first);
    if (any == 0) {
      std::copy_n(first, count, second);
      return;
    }
    of_lanes(values_.high, begin, count, second);
    if ((any & kOpen) == 0) return;
    const State no_first = lower_first_ ? kNoLow : kNoHigh, no_second = lower_first_ ? kNoHigh : kNoLow;
    for (std::size_t i = 0; i < count; ++i) {
      const State state = values_.state[begin + i];
      if ((state & no_first) != 0) into.low[i] = 0;
      if ((state & no_second) != 0) into.high[i] = static_cast<Code>(span_ + 2);
    }
  }

 private:
  void of_lanes(const Lanes& lanes, std::size_t begin, std::size_t count, Code* out) const {
    const auto by = lanes.width == 1   ? &Codes::of_lanes_as<std::uint8_t>
                    : lanes.width == 2 ? &Codes::of_lanes_as<std::uint16_t>
                    : lanes.width == 4 ? &Codes::of_lanes_as<std::uint32_t>
                                       : &Codes::of_lanes_as<std::uint64_t>;
    (this->*by)(lanes, begin, count, out);
  }
  // What does not fit a code is of no number, and may wrap.
  template <class Lane>
  void of_lanes_as(const Lanes& lanes, std::size_t begin, std::size_t count, Code* out) const {
    const Lane* in = reinterpret_cast<const Lane*>(lanes.bytes.data()) + begin;
    const auto base = static_cast<std::uint64_t>(lanes.base);
    if (lower_first_) {
      const auto from = static_cast<Code>(base - static_cast<std::uint64_t>(values_.least) + 1);
      for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<Code>(from + static_cast<Code>(in[i]));
    } else {
      const auto from = static_cast<Code>(static_cast<std::uint64_t>(values_.greatest) - base + 1);
      for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<Code>(from - static_cast<Code>(in[i]));
    }
  }

  const NumberColumn& values_;
  bool lower_first_;
  std::uint64_t span_ = 0;
};

}  // namespace assay::columns
