// Which row of evidence answers for a field of a subject on a date (docs/language.md 5): states stand until replaced,
// series answer with the last step due, events are dated rows. Pure: rows in, a cell out, with the part each row
// played.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/eval/cell.h"

namespace assay {

// When a question is asked: as at a date, or a number of months or days back from it (docs/language.md 5.5).
struct Moment {
  Date as_at;
  std::int32_t months_back = 0, days_back = 0;
  // Where an earlier date is looked at from a later one by its own name (`previous`, `since entering`): the later one.
  std::optional<Date> looked_from;
  // For whose judgement it is asked, as Evaluation::scope_of says; 0: for nobody's. Evidence that its owner has not
  // released to them is then not known.
  std::uint32_t audience = 0;
  // The date on which states, relations, parameters and rules are taken.
  Date date() const;
  // From where the look back began, if it is one.
  std::optional<Moment> present() const;
  friend auto operator<=>(const Moment&, const Moment&) = default;
};

// An earlier date, looked at from the moment.
Moment at_earlier_date(const Moment& moment, Date earlier);

// What a row had to do with the answer.
enum class Part {
  Answers,     // its value is the answer
  Imprecise,   // answers, with a date that is not known to the day
  Possible,    // answers or not, by the day on which it or another began, ended or happened, which is not known
  Disagrees,   // one of those in conflict
  Hole,        // withdrawn, ended, not available, stale: why there is no answer
  Superseded,  // corrected or withdrawn by a later row
  Outranked,   // another source comes first
  Older,       // replaced by a later row of its source
  NotCounted,  // its source is none that the evidence is taken from
  OtherTime,   // not of the step or time asked about, or a decision not made
};
struct RowPart {
  const Observation* row;
  Part part;
};
// Does the answer rest on what the row says?
constexpr bool speaks(Part part) {
  return part == Part::Answers || part == Part::Imprecise || part == Part::Possible || part == Part::Disagrees;
}

// To what time the rows belong on which an answer rests, from the earliest to the latest day that may be: a state and
// an event to the day they began on, a reading to its step's end, a complete row to the last day it covers; none of
// them to a day after the date asked about.
struct TimeOfRows {
  Date low, high;
  bool surely = true;  // whichever the days are that are not known, there is such a row
};

struct Reading {
  Cell cell;
  std::vector<RowPart> rows;       // all that are dated on or before the date asked about
  std::optional<Period> step;      // of a series: the step that was due
  std::optional<TimeOfRows> time;  // where it rests on any row
  // Which break of the field lies between this reading and the present one, from which it was looked back at.
  std::optional<std::size_t> across;
};

// Not known, within what the type allows.
Cell unknown_of(const ValueType& type, Reason why);

// A state or series.
Reading read_evidence(const Snapshot& snapshot, FieldId field, SubjectId subject, const Moment& moment);

// The same, looked back at from the present: what lies on the other side of a break gives no value (5.8).
Reading read_comparable(const Snapshot& snapshot, FieldId field, SubjectId subject, const Moment& moment);

// Events: did one happen within the last so long? Yes, no (a complete row covers the time asked about) or unknown.
Reading read_within(const Snapshot& snapshot, FieldId field, SubjectId subject, const Moment& moment, Duration length);
// The date of the latest event; not applicable where complete rows say there is none.
Reading read_latest_event(const Snapshot& snapshot, FieldId field, SubjectId subject, const Moment& moment);

// Is the subject in being on the date: has its register a row that holds then? Registers are complete: what is not in
// them is not so.
bool in_being(const Snapshot& snapshot, SubjectId subject, Date date);
// Its name on the date (latest known one where it is not in being), else its code.
std::string name_on(const Snapshot& snapshot, SubjectId subject, Date date);

}  // namespace assay
