// The answers of a column as a run keeps them: blocks of up to 4,096 rows, a line of canonical JSON and then bytes
// (docs/formats/packed.md). Pure: bytes in, bytes out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/columns/compile.h"
#include "evidence/core/result.h"

namespace assay::columns {

// Of rows that are not in being nothing is kept.
std::vector<std::string> pack(const Answer& answer, const Column& column, const Frame& frame, const Rulebook& rulebook);

bool is_packed(std::string_view block);

// One row of a block, as outcomes say it.
struct PackedCell {
  std::size_t row = 0;    // of the frame
  State state = 0;        // of a condition: its causes, and kNotApplicable or kMayNotApply
  std::string low, high;  // plain; of a condition "yes" or "no"; empty where there is no such end
};
struct PackedBlock {
  std::string kind;
  bool conditions = false;
  std::vector<PackedCell> cells;  // of rows in being
};
// Corruption for bytes that pack() does not make.
Result<PackedBlock> unpack(std::string_view block);

}  // namespace assay::columns
