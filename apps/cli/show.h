// Parts of `assay show`. Internal to apps/cli.
#pragma once

#include "apps/cli/command.h"
#include "engine/eval/evaluation.h"

namespace assay::cli {

// Whom the subject is joined to on the date, each link with its attributes by their titles.
void print_links(Evaluation& evaluation, SubjectId subject, Date as_at);

}  // namespace assay::cli
