// The loops over one block that take nearly all the time, compiled for what the processor has. Each works on plain
// arrays of `n` cells, at most kBlock; pads may be written. Private to engine/columns.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/columns/lanes.h"

namespace assay::columns {

// Lanes of 1, 2 or 4 bytes as they stand in a column; `state` where some are unknown, for causes alone: else the low
// ends are read.
struct NarrowLanes {
  const std::uint8_t *low, *high;
  const State* state;
  int width;
};

struct Kernels {
  const char* name;
  // Bytes of a width (1, 2, 4, 8) to numbers.
  void (*load)(const std::uint8_t* bytes, int width, std::int64_t base, std::int64_t* out, std::size_t n);
  void (*pack)(const std::int64_t* in, int width, std::int64_t base, std::uint8_t* bytes, std::size_t n);
  void (*add)(const std::int64_t* a, const std::int64_t* b, std::int64_t* out, std::size_t n);
  void (*subtract)(const std::int64_t* a, const std::int64_t* b, std::int64_t* out, std::size_t n);
  void (*add_constant)(const std::int64_t* a, std::int64_t k, std::int64_t* out, std::size_t n);
  void (*multiply)(const std::int64_t* a, const std::int64_t* b, std::int64_t* out, std::size_t n);
  void (*multiply_constant)(const std::int64_t* a, std::int64_t k, std::int64_t* out, std::size_t n);
  void (*lookup)(const std::int64_t* a, std::int64_t least, const std::int64_t* table, std::int64_t* out,
                 std::size_t n);
  void (*lesser)(const std::int64_t* a, const std::int64_t* b, std::int64_t* out, std::size_t n);
  void (*greater)(const std::int64_t* a, const std::int64_t* b, std::int64_t* out, std::size_t n);
  // How many thresholds each number reaches.
  void (*bands)(const std::int64_t* a, const std::int64_t* thresholds, std::size_t count, std::int64_t* out,
                std::size_t n);
  // Numbers that are known or unknown, never inapplicable. States of two, taken together; all of them are returned.
  State (*join)(const State* a, const State* b, State* out, std::size_t n);
  State (*gather_any)(const State* a, std::size_t n);
  // An unknown whose ends have met is known. Returns all states that are left.
  State (*settle)(const std::int64_t* low, const std::int64_t* high, State* state, std::size_t n);
  void (*at_least)(const std::int64_t* low, const std::int64_t* high, std::int64_t k, Condition* out, std::size_t n);
  void (*at_least_of)(const std::int64_t* a_low, const std::int64_t* a_high, const std::int64_t* b_low,
                      const std::int64_t* b_high, Condition* out, std::size_t n);
  void (*equal_to)(const std::int64_t* low, const std::int64_t* high, std::int64_t k, Condition* out, std::size_t n);
  // `k` counts from the base of the lanes.
  void (*at_least_lanes)(const NarrowLanes& a, std::uint32_t k, Condition* out, std::size_t n);
  void (*equal_to_lanes)(const NarrowLanes& a, std::uint32_t k, Condition* out, std::size_t n);
  // Adds lanes to sums of 2 or 4 bytes.
  void (*add_lanes)(const std::uint8_t* bytes, int width, std::uint8_t* sums, int sum_bytes, std::size_t n);
  void (*both)(const Condition* a, const Condition* b, Condition* out, std::size_t n);
  void (*either)(const Condition* a, const Condition* b, Condition* out, std::size_t n);
  void (*opposite)(const Condition* a, Condition* out, std::size_t n);
  // Adds one where a condition is surely yes, and where it is open.
  void (*tally)(const Condition* a, std::uint8_t* yes, std::uint8_t* open, Condition* causes, std::size_t n);
};

// Those that suit this processor, chosen once.
const Kernels& kernels();

}  // namespace assay::columns
