// The kinds and links of subjects by columns, so that a run over millions need not read their rows. Derived, as
// segments are. Private to evidence/store.
#pragma once

#include "evidence/store/database.h"
#include "evidence/store/segments.h"

namespace assay {

// Puts those numbered above the ones that stand there already; within a write transaction.
Result<void> write_subject_segments(const Database& database);
// Adds what stands there of those numbered so to columns that hold nothing of them yet, in order and as far as it is
// whole: what is missing, or not as kept, is left for the caller to read out of the rows.
void read_subject_segments(const Database& database, SubjectRange range, SubjectColumns& into);

}  // namespace assay
