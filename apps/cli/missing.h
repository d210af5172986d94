// Parts of `assay missing`. Internal to apps/cli.
#pragma once

#include "apps/cli/command.h"
#include "engine/eval/outcome.h"

namespace assay::cli {

// Of many open outcomes, the evidence to begin with: that which alone settles most, then that which most wait for.
void print_start(const Asked& asked, const std::vector<Outcome>& open);

// What could be decided on no day from then to the as-at date, for want of what; and evidence that no rule reads.
void print_never_able(const Asked& asked, Evaluation& evaluation, SubjectId subject, Date since);

}  // namespace assay::cli
