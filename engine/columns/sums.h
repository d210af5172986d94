// Sums along a relation where there is nothing to do but add up. Private to engine/columns.
#pragma once

#include "engine/columns/compile.h"
#include "engine/columns/groups.h"

namespace assay::columns {

// Whether every member counts and applies, and has both ends.
bool is_plain_sum(const Reduce& stage, const std::vector<Column>& columns);

// What `values` says of each link, added up for each row of `sums`, its anchor.
void add_up(const NumberColumn& values, Links& links, NumberColumn& sums);

}  // namespace assay::columns
