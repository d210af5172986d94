// The days on which something that bears on it was recorded, one after the other, each with what was known from it on.
#include "engine/history/first_known.h"

#include <algorithm>

#include "engine/history/known_earlier.h"
#include "engine/history/timeline.h"

namespace assay {

namespace {

bool raised_on(Evaluation& evaluation, const PeriodQuestion& question, Date day) {
  const DayState state = answer_on(evaluation, question, day).state;
  return state == DayState::Raised || state == DayState::Waived;
}

// The first day of the period up to the last that could be asked about, as at which it would have been raised.
std::optional<Date> first_raised(const Rulebook& rulebook, const Snapshot& known, PeriodQuestion question, Date last) {
  if (last < question.from) return std::nullopt;
  question.to = std::min(question.to, last);
  Evaluation evaluation(rulebook, known);
  for (Date day : bearing_on(rulebook, known, question).days)
    if (raised_on(evaluation, question, day)) return day;
  return std::nullopt;
}

}  // namespace

std::optional<FirstKnown> first_known(const Rulebook& rulebook, const Snapshot& snapshot,
                                      const PeriodQuestion& question) {
  const Bearing bearing = bearing_on(rulebook, snapshot, question);
  std::vector<Date> known = bearing.recorded;
  std::erase_if(known, [&](Date day) { return day > snapshot.known_on(); });
  std::optional<FirstKnown> found;
  for (std::size_t i = 0; i < known.size(); ++i) {
    const bool last = i + 1 == known.size();
    // What was held from then on could be asked about as at any day before the next row came.
    const Date until = last ? snapshot.known_on() : Date{known[i + 1].days - 1};
    const Snapshot then = known_earlier(snapshot, known[i], bearing.fields);
    const auto about = first_raised(rulebook, then, question, until);
    if (found) {
      if (!about) found->until = known[i];
      return found;
    }
    if (about) found = FirstKnown{std::max(*about, known[i]), *about, std::nullopt};
  }
  return found;
}

}  // namespace assay
