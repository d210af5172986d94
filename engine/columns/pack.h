// The answers of a column as a run keeps them: blocks of up to 4,096 rows, a line of canonical JSON and then bytes
// (docs/formats/packed.md). Pure: bytes in, bytes out.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/columns/compile.h"
#include "evidence/core/result.h"

namespace assay::columns {

struct PackAsked {
  const Answer& answer;
  const Frame& frame;
  std::span<const std::uint32_t> subjects;  // the store's number of each row
  const Rulebook& rulebook;
  std::size_t first = 0;  // place of the frame's first row among all of its kind; to pack, a multiple of kBlock
};
// Of rows that are not in being nothing is kept. The bytes of a block follow from what its rows say alone.
std::vector<std::string> pack(const PackAsked& asked, const Column& column);

bool is_packed(std::string_view block);

// One row of a block, as outcomes say it.
struct PackedCell {
  std::size_t row = 0;    // of the frame
  State state = 0;        // of a condition: its causes, and kNotApplicable or kMayNotApply
  std::string low, high;  // plain; of a condition "yes" or "no"; empty where there is no such end
};
struct PackedBlock {
  std::string kind;
  std::size_t first = 0;                            // place of its first row among all of the kind
  std::uint32_t subject_low = 0, subject_high = 0;  // the store's numbers of its first and last
  bool conditions = false;
  std::vector<PackedCell> cells;  // of rows in being
};
// Corruption for bytes that pack() does not make.
Result<PackedBlock> unpack(std::string_view block);

// All blocks of a rule as a column again, with what its lanes mean. Nothing where some row is not in being, since of
// such a row nothing is kept, or where the bytes are not such blocks.
std::optional<Given> unpack_all(std::span<const std::string> blocks);

// What a block says of itself: its place among the rows of its kind, and the store's numbers of its first and last.
struct BlockExtent {
  std::string kind;
  std::size_t first = 0, rows = 0;
  std::uint32_t subject_low = 0, subject_high = 0;
};
std::optional<BlockExtent> extent_of(std::string_view block);

// How the answers of a block fall; of a condition `known` are clear or raised.
struct BlockTally {
  std::int64_t known = 0, unknown = 0, not_applicable = 0, raised = 0;
  void add(const BlockTally& block, std::int64_t times);  // once more, or with -1 once less
};
std::optional<BlockTally> tally(std::string_view block);

}  // namespace assay::columns
