// A golden case of explanations: one text file with the rules, the evidence, and what is to be said of it. Sections
// begin with `---`:
//   --- rules                       one ruleset; `--- rules NAME` once for each of several files
//   --- evidence                    rows, as `subject | field | value | from | to | source | document | place |
//   recorded on | corrects row`;
//                                   without this section the rules hold a scenario, whose givens are the evidence
//   --- as at DATE known on DATE    for the sections that follow; not needed with a scenario
//   --- why RULE SUBJECT            the tree, 80 columns wide
//   --- paragraph RULE SUBJECT      --- json RULE SUBJECT      --- row RULE SUBJECT
#pragma once

#include "tests/support/case_sections.h"

namespace assay::golden {

// The case as the engine answers it now: the same sections, expectations made anew. What cannot be read is said in the
// section's body.
CaseSections answer(const CaseSections& asked);

}  // namespace assay::golden
