// The state of an outcome on every day of a period, with what decided it. Days are evaluated only where something can
// change (bearing.h). Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/explain/explanation.h"
#include "engine/history/bearing.h"

namespace assay {

enum class DayState { Raised, Waived, Clear, Undetermined, Known, NotApplicable, Unknown, NotEvaluated };
std::string_view to_string(DayState state);  // raised ... not_evaluated
std::string_view in_words(DayState state);   // "raised", "raised and waived", "does not apply", "not evaluated"

// The rule of that name whose edition is in force on the day, published by the date the evaluation's rows are known on.
std::optional<RuleId> rule_in_force(const Rulebook& rulebook, std::string_view rule, Date day, Date known_on);

// What the day says, without why. `words`: "Good"; of a day not evaluated why it is not.
struct DayAnswer {
  DayState state = DayState::NotEvaluated;
  std::string words;
  std::optional<Outcome> outcome;
};
DayAnswer answer_on(Evaluation& evaluation, const PeriodQuestion& question, Date day);

// Evidence that was wanting, and how at the beginning and at the end: of a series the steps are others by then.
struct Wanting {
  std::string field, title, subject, subject_name;
  ReasonKind kind = ReasonKind::Missing;
  std::string detail, detail_at_end;
};

// Days on end with one state, for the same reason.
struct TimelineSpan {
  Date from, to;
  DayState state = DayState::NotEvaluated;
  std::string words;    // the value, or as the state says
  std::string because;  // in the explanation's words, as at the first day
  std::vector<EvidenceLeaf> rows;
  std::vector<Wanting> wanting;
  std::vector<std::string> waivers;
  std::int32_t days() const { return to.days - from.days + 1; }
};
// Ascending; the days add up to the period.
std::vector<TimelineSpan> timeline(Evaluation& evaluation, const PeriodQuestion& question);

}  // namespace assay
