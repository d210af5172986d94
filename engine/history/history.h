// The answer to "why was there no flag?": the states of a period, the first day on which anyone could have known, the
// first on which enough was held, and what the trail shows was asked at the time. Its JSON is docs/formats/timeline.md.
#pragma once

#include <string>
#include <vector>

#include "engine/history/first_known.h"
#include "engine/history/timeline.h"

namespace assay {

// What a recorded run said of one day of the period.
struct AskedThen {
  std::int64_t run = 0;
  Date as_at, known_on;
  std::string run_at, run_by;
  std::string said;  // raised, clear ...; of a value what it was, in words
  std::string now;   // the same day with all that is held now
};

struct History {
  PeriodQuestion question;
  std::string title, subject, subject_name;
  bool trigger = true;
  Date known_on;
  std::vector<TimelineSpan> spans;
  std::optional<Date> first_knowable;  // of a trigger: the first day as at which it is raised, with all held now
  std::optional<FirstKnown> first_known;
  std::vector<AskedThen> asked;  // by run; filled by who can read the trail
  std::int32_t days() const { return question.to.days - question.from.days + 1; }
  std::int32_t days(DayState state) const;
  // The span that holds a day of the period.
  const TimelineSpan& on(Date day) const;
};

History history_of(Evaluation& evaluation, const PeriodQuestion& question);

std::string to_json(const History& history);

}  // namespace assay
