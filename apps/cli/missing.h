// Parts of `assay missing`. Internal to apps/cli.
#pragma once

#include "apps/cli/command.h"
#include "engine/eval/evaluation.h"

namespace assay::cli {

// What could be decided on no day from then to the as-at date, for want of what; and evidence that no rule reads.
void print_never_able(const Asked& asked, Evaluation& evaluation, SubjectId subject, Date since);

}  // namespace assay::cli
