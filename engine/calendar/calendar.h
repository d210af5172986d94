// The year ahead, from evidence and rules: dates that are recorded, readings that fall due, terms that end, evidence
// that goes stale, periods as entered; which of them fall together; which dates interactions would move, and who would
// have to decide; and by month what is wanted beside what there is. Nothing is moved and nothing assumed: a date that
// is not recorded is not in the calendar. Pure. As JSON: docs/formats/calendar.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/eval/outcome.h"
#include "engine/explain/effects.h"

namespace assay {

struct CalendarQuestion {
  Date from, to;
  std::int32_t within_days = 7;      // dates so near fall together
  std::optional<SubjectId> subject;  // one body only, with those it is linked to
};

struct CalendarEntry {
  enum class Kind {
    Dated,   // evidence that is a date: an assessment, a review
    Due,     // the last day on which a reading of a series is on time
    Ends,    // the last day of a recorded stage, or of a waiver
    Stale,   // the last day on which evidence still counts: when to look at it again
    Period,  // from one day to another, as entered
  };
  Kind kind = Kind::Dated;
  Date from, to;      // of all but a period one day, or the days among which one that is not known lies
  bool exact = true;  // known to the day
  std::string title;
  std::vector<std::string> fields;  // full names; of a due date every series due then
  std::vector<SubjectId> subjects;  // in their order; of a due date those whose reading is not yet held
  std::size_t of = 0;               // of a due date: how many bodies there are
  std::string note;                 // what the reading is for; since when the evidence stands
  std::string document;             // of what somebody recorded
};
std::string_view to_string(CalendarEntry::Kind kind);  // dated, due, ends, stale, period

// Two dates of one body, or of two bodies that are linked, near each other; or a date in a period as entered.
struct CalendarClash {
  std::size_t first, second;  // of the entries, by date
  SubjectId of_first, of_second;
  std::int32_t days = 0;  // between them; in a period 0
};

// A date that an interaction would move. It stays where it is.
struct CalendarMove {
  RuleId interaction;
  SubjectId link;
  EffectNow effect;
};

// A flag that is raised where sums over bodies come to more than evidence of what there is.
struct MonthOfDemand {
  Date end;
  Cell wanted, there;
  Status status = Status::Undetermined;
  struct Competing {
    SubjectId subject;
    Cell wanted;
  };
  std::vector<Competing> competing;  // who wants some, or may: most first, those not known last
};
struct Demand {
  RuleId flag, wanted;
  FieldId there;
  SubjectId subject;
  std::vector<MonthOfDemand> months;
};

struct Calendar {
  CalendarQuestion question;
  Date known_on;
  std::vector<CalendarEntry> entries;  // by first day, then kind, then title
  std::vector<CalendarClash> clashes;
  std::vector<CalendarMove> moves;
  std::vector<Demand> demands;
  // Dates that are recorded and not known: in conflict, withdrawn, stale. "Next CQC assessment of Kent: in conflict".
  std::vector<std::string> not_known;
};

Calendar calendar_of(Evaluation& evaluation, const CalendarQuestion& question);
std::string to_json(const Calendar& calendar, const Evaluation& evaluation);

}  // namespace assay
