// How columns hold cells: what one rule gives, or one field says, for every subject of a kind. A cell here is what
// engine/eval/cell.h says, without marks, and with causes instead of reasons: enough to decide every operator, small
// enough for millions.
#pragma once

#include <cstdint>
#include <cstring>
#include <variant>
#include <vector>

#include "evidence/core/decimal.h"

namespace assay::columns {

// The one number used everywhere: cells that are worked on together (design: performance, "Evaluation").
inline constexpr std::size_t kBlock = 4096;

// State of a number; 0 is a known one. DO NOT CHANGE THE NUMBERS: they stand in stores.
using State = std::uint8_t;
inline constexpr State kMissing = 1, kStale = 2, kConflict = 4, kWithdrawn = 8;  // why it is unknown: one or more
inline constexpr State kCauses = 0x0f;
inline constexpr State kNotApplicable = 0x10;  // alone
inline constexpr State kMayNotApply = 0x20;    // unknown, and it may yet not apply
inline constexpr State kNoLow = 0x40, kNoHigh = 0x80;
inline constexpr State kOpen = kNoLow | kNoHigh;

// A condition: the set of what it could be in the low bits, why it is unknown in the high ones.
using Condition = std::uint8_t;
inline constexpr Condition kNo = 1, kYes = 2, kUnknown = kNo | kYes, kNoAnswer = 4;  // kNoAnswer: does not apply
inline constexpr Condition kSet = 0x07;
inline constexpr int kCauseShift = 4;
constexpr bool is_open(Condition cell) { return ((cell & kSet) & ((cell & kSet) - 1)) != 0; }

// Whole numbers, each `base` and as many bytes as the largest needs.
struct Lanes {
  std::int64_t base = 0;
  std::uint8_t width = 1;  // 1, 2, 4 or 8 bytes, little end first
  std::vector<std::uint8_t> bytes;
  std::size_t size() const { return bytes.size() / width; }
  std::int64_t at(std::size_t i) const {
    const std::uint8_t* from = bytes.data() + i * width;
    const std::uint64_t offset = width == 1   ? *from
                                 : width == 2 ? as<std::uint16_t>(from)
                                 : width == 4 ? as<std::uint32_t>(from)
                                              : as<std::uint64_t>(from);
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(base) + offset);  // also where they lie far apart
  }
  void set(std::size_t i, std::int64_t value);
  // Room for `count` numbers between the two.
  static Lanes between(std::int64_t least, std::int64_t greatest, std::size_t count);

 private:
  template <class T>
  static std::uint64_t as(const std::uint8_t* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
  }
};

// Numbers, dates (days since 1970-01-01) and labels (their place). Where a state is open at an end, that end's lane
// says nothing; of one that does not apply neither does.
struct NumberColumn {
  int places = 0;                        // lanes count 10^-places
  std::int64_t least = 0, greatest = 0;  // of all ends there are
  Lanes low, high;
  std::vector<State> state;
  std::vector<State> block;  // of each block: all its states, taken together
  State any = 0;             // of all
};

// The same, of numbers that no 64 bits hold: counts of 10^-24.
struct WideColumn {
  std::vector<Decimal> low, high;
  std::vector<State> state;
  State any = 0;
};

struct ConditionColumn {
  std::vector<Condition> cells;
};

using Column = std::variant<NumberColumn, WideColumn, ConditionColumn>;

// Fills `block` and `any` from the states.
void summarise(NumberColumn& column);

}  // namespace assay::columns
