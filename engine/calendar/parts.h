// The parts of a calendar, each found on its own. Internal to engine/calendar.
#pragma once

#include <set>

#include "engine/calendar/calendar.h"

namespace assay {

// Whose dates are asked for: everybody's, or those of one body and of the bodies it is linked to on the first day.
class Concerned {
 public:
  Concerned(const Snapshot& snapshot, const CalendarQuestion& question);
  bool is(SubjectId subject) const { return !only_ || only_->contains(subject); }
  // Are the two joined by a link on the first day?
  bool linked(SubjectId a, SubjectId b) const { return pairs_.contains({std::min(a, b), std::max(a, b)}); }

 private:
  std::set<std::pair<SubjectId, SubjectId>> pairs_;
  std::optional<std::set<SubjectId>> only_;
};

void find_entries(Evaluation& evaluation, const Concerned& concerned, Calendar& calendar);
void find_due(Evaluation& evaluation, const Concerned& concerned, Calendar& calendar);
void find_clashes(const Concerned& concerned, Calendar& calendar);
void find_moves(Evaluation& evaluation, const Concerned& concerned, Calendar& calendar);
void find_demands(Evaluation& evaluation, Calendar& calendar);

}  // namespace assay
