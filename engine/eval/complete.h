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

// The first stretch of days between the two that all of them leave out: the whole of it where there are none.
std::optional<Period> left_out(const CompleteRows& rows, const FieldDef& field, Date from, Date to);

// Those that cover the time from the first day of any of them up to a date; none where a day is left out.
CompleteRows that_cover_all_up_to(const CompleteRows& rows, const FieldDef& field, Date date);

// The last day of any of them, at most the date.
Date last_day_of(const CompleteRows& rows, Date date);

}  // namespace assay
