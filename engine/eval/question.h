// What is asked of a state or a series, and what a row of it says to that. Shared by the readings of rows whose dates
// are known (reading.cpp) and of rows whose dates are not (in_doubt.cpp); private to engine/eval.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/eval/reading.h"

namespace assay {

struct Question {
  const Snapshot& snapshot;
  const FieldDef& field;
  FieldId field_id;
  SubjectId subject;
  std::span<const Observation> rows;
  Date date;                   // on which a state is asked
  std::optional<Period> step;  // of a series
};

Reason reason(const Question& q, ReasonKind kind, std::string detail);

// Place of a source in the evidence's order of precedence; kNoRank where it does not count.
constexpr std::size_t kNoRank = static_cast<std::size_t>(-1);
std::size_t rank_of(const FieldDef& field, std::string_view source);

// Does the row belong to what is asked: a state that may have begun by the date, a reading of the step?
bool belongs(const Question& q, const Observation& row);

// Why a row that stands latest gives no value; `sure`: whatever the days are that its dates leave open.
struct Hole {
  Reason why;
  bool sure = true;
};
std::optional<Hole> hole_in(const Question& q, const Observation& row);

bool says_same(const Observation& a, const Observation& b);
// Of a row that gives a value. A date that is not known to the day is a range.
Cell value_of(const Question& q, const Observation& row);
// Several usable rows of equal standing that differ: the range of what they say.
Cell conflict(const Question& q, const std::vector<const Observation*>& rows);
Cell unknown_of_type(const FieldDef& field, Reason why);

// What answers where a row begins, ends or goes stale on a day that is not known, and that matters; nothing where it
// does not. Rows that are put aside are noted in `parts`, as are those that answer.
struct InDoubt {
  Cell cell;
  bool surely;  // some row answers, whichever the days are
};
std::optional<InDoubt> read_in_doubt(const Question& q, std::vector<RowPart>& parts);

}  // namespace assay
