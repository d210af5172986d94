// Evidence made of nothing but the rows that an explanation shows, and what can be derived from it. Internal to
// apps/verifier/accept.
#pragma once

#include "apps/verifier/accept/steps.h"
#include "dsl/check/rulebook.h"

namespace assay::verifier {

Snapshot snapshot_of_shown(const ReadExplanation& all, const Rulebook& book);
// Of each step: does it follow from the rows shown below it? Not where a part is shown by its digest, where something
// is not known because of what is not shown, or where it rests on a set, of whose members some are shown by a line.
std::vector<bool> follows_from_shown(const ReadExplanation& all, const Rulebook& book);

}  // namespace assay::verifier
