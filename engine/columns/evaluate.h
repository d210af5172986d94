// Does what a plan says. Both cores are used; the answers have the same bytes however many threads there are.
#pragma once

#include "dsl/check/rulebook.h"
#include "engine/columns/compile.h"

namespace assay::columns {

// Fills the columns of the plan's answers. May be asked again: the answers are then made anew.
void evaluate(Plan& plan, const World& world, const Schema& schema);

}  // namespace assay::columns
