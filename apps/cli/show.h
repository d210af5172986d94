// Parts of `assay show`. Internal to apps/cli.
#pragma once

#include "apps/cli/command.h"
#include "engine/eval/evaluation.h"

namespace assay::cli {

// Names, periods and other codes of a subject, and whether it is in being on the date.
void print_register(const Snapshot& snapshot, SubjectId subject, Date as_at);
// Whom the subject is joined to on the date, each link with its attributes by their titles.
void print_links(Evaluation& evaluation, SubjectId subject, Date as_at);

}  // namespace assay::cli
