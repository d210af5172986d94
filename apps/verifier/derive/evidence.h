// The rows that are known on a day, and what each field of a subject says by them (docs/language.md 5). Slow and plain:
// every reading looks at all rows of its field and subject again.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "apps/verifier/derive/answer.h"
#include "apps/verifier/derive/effort.h"
#include "apps/verifier/derive/moment.h"

namespace assay::verifier {

// To what time the rows belong on which an answer rests (7.4): the earliest day, and the latest by which they were
// read.
struct RestsOn {
  Date first, last;
  bool surely = true;  // on whichever days that are not known, it rests on one
};

struct Reading {
  Answer answer;
  std::vector<const Observation*> rows;  // those on which the answer rests
  std::optional<RestsOn> time;
  // Where it stands in time, to tell on which side of a break: a state's beginning, the end of a series' step.
  std::optional<Date> stands_at;
  bool in_doubt = false;             // its rows would answer otherwise on another of the days that are not known
  std::optional<Date> stands_until;  // the latest, where its day is not known
};

// A row with its days settled, where they were not known to the day.
struct DatedRow {
  const Observation* row;
  Date from;
  std::optional<Date> to;
};

class Evidence {
 public:
  // Of the snapshot only what was recorded by then. Both must outlive this.
  Evidence(const Snapshot& snapshot, Date known_on, Effort& effort);

  const Snapshot& snapshot() const { return snapshot_; }
  const Schema& schema() const { return snapshot_.schema(); }
  Date known_on() const { return known_on_; }
  const FieldDef& def(FieldId field) const { return schema().field(field); }

  // 5.2: known by then, not replaced by another that is, and of a source that counts.
  std::vector<const Observation*> rows(FieldId field, SubjectId subject) const;
  // Of which of the ranks of `from` its source is; nothing where it does not count (5.4).
  std::optional<std::size_t> rank_of(const Observation& row) const;

  Reading state(FieldId field, SubjectId subject, const Moment& moment) const;
  Reading series(FieldId field, SubjectId subject, const Moment& moment) const;
  // Whichever it is, seen from the present: nothing compares across a break (5.8).
  Reading value(FieldId field, SubjectId subject, const Moment& moment) const;
  Reading within(FieldId field, SubjectId subject, const Moment& moment, Duration length) const;
  Reading latest_event(FieldId field, SubjectId subject, const Moment& moment) const;
  // Do complete rows cover every day of a time (5.3)? Or every day up to one, from where the first of them begins?
  bool complete(FieldId field, SubjectId subject, Date from, Date to) const;
  bool complete(FieldId field, SubjectId subject, Date to) const;
  bool in_being(SubjectId subject, Date date) const;
  // The days on which rows began, latest first, each once; it stops at one whose place among them is not known (5.12).
  struct Beginnings {
    std::vector<Date> days;
    bool stopped = false;
  };
  enum class Answered { No, Perhaps, Surely };
  Answered answered(const Observation& row, Date until) const;
  Beginnings beginnings(const std::vector<FieldId>& fields, SubjectId subject, Date until) const;

  Answer lacking(FieldId field, SubjectId subject, Date on, Lacking lacking) const;

 private:
  Reading state_by(const std::vector<DatedRow>& rows, FieldId field, SubjectId subject, Date date) const;
  Reading chosen(const std::vector<DatedRow>& rows, FieldId field, SubjectId subject, Date on,
                 const std::function<std::optional<Lacking>(const DatedRow&)>& unusable) const;
  std::optional<RestsOn> complete_to(FieldId field, SubjectId subject, Date date) const;
  Date due_on(const FieldDef& def, Date step_end) const;
  Date last_step_due(const FieldDef& def, Date date) const;

  const Snapshot& snapshot_;
  Date known_on_;
  Effort& effort_;
  std::set<std::int64_t> replaced_;
};

}  // namespace assay::verifier
