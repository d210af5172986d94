// What a thread works in: registers of one block each, used again from block to block. Private to engine/columns.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/columns/lanes.h"

namespace assay::columns {

// Lanes a little apart, so that registers do not fall on the same lines of the cache.
inline constexpr std::size_t kPad = 16;

struct NumberRegister {
  alignas(64) std::array<std::int64_t, kBlock + kPad> low;
  alignas(64) std::array<std::int64_t, kBlock + kPad> high;  // says nothing where all are known: see ends()
  alignas(64) std::array<State, kBlock + 64> state;
  State any = 0;  // all states, taken together
  const std::int64_t* ends() const { return any == 0 ? low.data() : high.data(); }
};

struct WideRegister {
  std::array<Decimal, kBlock> low, high;
  std::array<State, kBlock> state;
  State any = 0;
};

struct ConditionRegister {
  alignas(64) std::array<Condition, kBlock + 64> cells;
};

struct Registers {
  std::vector<std::unique_ptr<NumberRegister>> numbers;
  std::vector<std::unique_ptr<WideRegister>> wides;
  std::vector<std::unique_ptr<ConditionRegister>> conditions;
};

}  // namespace assay::columns
