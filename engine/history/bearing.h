// What can bear on the answer of a rule to a subject over a period, found from the rules and the rows without asking
// them: the only days on which the answer can change, and the only days on which what was known of it can have changed.
// Pure.
#pragma once

#include <vector>

#include "dsl/check/rulebook.h"
#include "evidence/core/snapshot.h"

namespace assay {

// A rule by its name, since each edition has its own; a subject; and the days asked about, both ends included.
struct PeriodQuestion {
  std::string rule;
  SubjectId subject;
  Date from, to;
};

struct Bearing {
  // Ascending, the period's first day among them. From one to the day before the next the answer and what it rests on
  // are the same. Why there are no others: an evaluation looks at its date only by comparing it, moved back by the
  // durations its rules name, with the ends of rows, steps, parameters, editions and breaks, and each of these is here
  // moved on by the same durations; months may fall up to three days apart there and back, so four on either side are
  // here too. A rule that counts days itself changes daily: then every day is here.
  std::vector<Date> days;
  // Ascending, not before any row: the days on which a row that can bear on it was recorded, or rules were published.
  std::vector<Date> recorded;
  std::vector<bool> fields;  // by FieldId: can it bear on the answer
};

Bearing bearing_on(const Rulebook& rulebook, const Snapshot& snapshot, const PeriodQuestion& question);

}  // namespace assay
