// What complete rows say: that no record of a field and subject is missing from a time (docs/language.md 5.3). Private
// to engine/eval.
#pragma once

#include <optional>
#include <vector>

#include "evidence/core/snapshot.h"

namespace assay {

using CompleteRows = std::vector<const Observation*>;

// Those begun by the date, neither corrected nor withdrawn and of a source that counts.
CompleteRows complete_rows(const Snapshot& snapshot, FieldId field, SubjectId subject, Date date);

// Those that between them leave no day from `from` to `to` out, by time; none where one is left out.
CompleteRows that_cover(const CompleteRows& rows, const FieldDef& field, Date from, Date to);

// The first days in a row that all of them leave out; of none from `from` to `to` all.
std::optional<Period> left_out(const CompleteRows& rows, const FieldDef& field, Date from, Date to);

// That cover it from the first day of any of them.
CompleteRows that_cover_all_up_to(const CompleteRows& rows, const FieldDef& field, Date date);

// The last day of any of them, at most the date.
Date last_day_of(const CompleteRows& rows, Date date);

}  // namespace assay
