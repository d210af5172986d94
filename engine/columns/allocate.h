// Registers for steps. Private to engine/columns.
#pragma once

#include "engine/columns/program.h"

namespace assay::columns {

// Leaves out steps whose result nobody reads, and lets results that are not read at the same time share a register, so
// that a block stays in the cache. Each step of `blocks` writes a register of its own beforehand.
void allocate(Blocks& blocks);

}  // namespace assay::columns
