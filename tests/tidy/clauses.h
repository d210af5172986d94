// The clauses of docs/language.md and the golden cases that show them, held against each other.
#pragma once

#include <vector>

#include "tests/tidy/project_text.h"

namespace assay::tidy {

// A clause is a line that begins with `- 6.3 `. A case cites clauses in a line of its own: `# SPEC: 6.3, 6.4`. Faults:
// a clause given twice, a clause that no case cites, a case that cites what is no clause.
std::vector<Fault> check_clauses(const TextFile& page, const std::vector<TextFile>& cases);

}  // namespace assay::tidy
