// Stages between blocks: members reduced to their anchors, and places among peers. Private to engine/columns.
#pragma once

#include "engine/columns/compile.h"
#include "engine/columns/groups.h"

namespace assay::columns {

void run(const Reduce& stage, const World& world, const KindDef& relation, Groupings& groupings,
         std::vector<Column>& columns);
void run(const Place& stage, const World& world, Groupings& groupings, std::vector<Column>& columns);

}  // namespace assay::columns
