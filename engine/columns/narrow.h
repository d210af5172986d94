// Steps that read columns as they stand. Private to engine/columns.
#pragma once

#include "engine/columns/program.h"

namespace assay::columns {

// Comparisons with a constant, and sums, of nothing but numbers that were loaded from narrow lanes: done in those
// lanes, so many more at a time than in numbers of 64 bits. What is then loaded for nobody is left out by allocate().
// Each step of `blocks` writes a register of its own.
void narrow(Blocks& blocks, const std::vector<Column>& columns);

}  // namespace assay::columns
