// Evidence that somebody states and nobody recorded, put in place of what is held. Pure.
#pragma once

#include <string>
#include <vector>

#include "dsl/check/rulebook.h"
#include "evidence/core/snapshot.h"

namespace assay {

// What one piece of evidence is stated to say. A state without a date stands in place of the row that stands, a reading
// in place of the last that is due; an event is one more, on the date or on the day asked about, and stated `no` there
// has never been one.
struct Stated {
  FieldId field;
  SubjectId subject;
  std::optional<Value> value;  // none: that nothing is held
  std::optional<Date> from;
};

// From when the stated evidence counts: the date given, else as above.
Date stated_from(const Snapshot& snapshot, const Stated& stated, Date as_at);
// The snapshot with it. What its owner would have to release counts as released to anyone.
Snapshot with_stated(const Rulebook& rulebook, const Snapshot& snapshot, const std::vector<Stated>& stated, Date as_at);

}  // namespace assay
