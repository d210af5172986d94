// What differs between two dates: every outcome that is not what it was, put down to what brought that about. Its JSON
// is docs/formats/changed.md. Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/eval/evaluation.h"
#include "engine/history/cause.h"
#include "engine/history/map_changes.h"

namespace assay {

// One outcome with two answers. `was` and `now` in words: "Good", "raised", "not asked (Borley was not in being)".
struct Change {
  std::string rule, title;
  std::string subject, name;  // "council:E06000009", its name where it is in being
  std::string was, now;
  // Never empty, in the order of Cause. One is named where the later answer would be another without it; time, where
  // the later date alone gives the later answer, or nothing else explains the difference.
  std::vector<Cause> causes;
  SubjectId who;  // in the later snapshot
  bool was_asked = true, is_asked = true;
};

struct Changed {
  Between between;
  std::size_t asked = 0;        // outcomes asked at either date
  std::vector<Change> changes;  // rules as declared, subjects in their order
  MapChanges map;
  // How many changes are put down to exactly these.
  std::size_t count(const std::vector<Cause>& causes) const;
};

struct ChangedQuestion {
  std::optional<std::string> rule;   // by name, since each edition has its own
  std::optional<SubjectId> subject;  // in the later snapshot; its links count as its own
};

// Both of one store and one set of rules; the dates as in `between`, each snapshot known on its own.
Changed what_changed(Evaluation& was, Evaluation& now, const Between& between, const ChangedQuestion& question = {});

// ---- What lies behind one change

// Something the rule reads of the same subject, at each date. `better`, `worse` or nothing where neither can be said.
struct InputMoved {
  std::string name, title, was, now;
  std::string_view turn;
};
// A row that brought it about, or that a question no longer reads.
struct RowBehind {
  Cause cause;
  std::string title, subject_name, says, document, place, recorded_by;
  std::int64_t row = 0;
  ImpreciseDate valid_from;
  std::optional<ImpreciseDate> valid_to;
  Date recorded_on;
  bool read_before = false;  // at the earlier question, and not at the later
};
struct Behind {
  std::vector<InputMoved> inputs;  // nearest first
  std::vector<RowBehind> rows;
  std::vector<std::string> rules;    // "parameter waits.limit: 28 days, then 21 days", "edition 1, then 2 of waits"
  std::vector<std::string> wanting;  // of an answer that time opened: "Peer review: stale, ..."
};
Behind behind(Evaluation& was, Evaluation& now, const Between& between, const Change& change);

std::string to_json(const Changed& changed, Evaluation& was, Evaluation& now);

}  // namespace assay
