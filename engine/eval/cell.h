// What one cell of a result is: known, not applicable, or unknown with its range and the evidence that would settle it
// (docs/language.md 4.1). Values only; no rule, no date.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/core/snapshot.h"
#include "evidence/core/truth.h"
#include "evidence/core/value.h"

namespace assay {

enum class ReasonKind : std::uint8_t { Missing, Stale, Conflict, Withdrawn };
std::string_view to_string(ReasonKind kind);

// A piece of evidence that would settle an unknown.
struct Reason {
  SubjectId subject;
  FieldId field;
  Date on;
  ReasonKind kind = ReasonKind::Missing;
  std::string detail;  // "not held", "term ended on 22 February 2026", "cqc_report 3, cqc_collected 2"
  friend auto operator<=>(const Reason&, const Reason&) = default;
};
using Reasons = std::vector<Reason>;  // ascending, each once
void merge(Reasons& into, const Reasons& from);

enum class MarkKind : std::uint8_t {
  Proposed,
  Inferred,
  Local,
  Estimate,
  Judgement,
  Waived,
  NoDecisionHeld,
  Draft,
  Superseded,
  NotInForce,
  Proxy,
  NotReleased
};
std::string_view to_string(MarkKind kind);  // proposed ... not_released
// Travels with a value to all that reads it and changes none.
struct Mark {
  MarkKind kind;
  std::string detail;  // whose judgement; why proposed; which text, by what and when; may be empty
  friend auto operator<=>(const Mark&, const Mark&) = default;
};
using Marks = std::vector<Mark>;  // ascending, each once
void merge(Marks& into, const Marks& from);

struct Cell {
  enum class State : std::uint8_t { Known, NotApplicable, Unknown };
  State state = State::Unknown;
  // Known: both the value. Unknown: the ends of what it could still be, absent where there is no such end (text and
  // choices have none). A condition is a bool: no before yes.
  std::optional<Value> low, high;
  bool may_not_apply = false;  // unknown, and it may yet turn out not to apply
  Reasons why;                 // of an unknown only
  Marks marks;

  bool known() const { return state == State::Known; }
  bool unknown() const { return state == State::Unknown; }
  bool applies() const { return state != State::NotApplicable; }
  const Value& value() const { return *low; }  // of a known one

  static Cell of(Value value);
  static Cell not_applicable();
  static Cell unknown_between(std::optional<Value> low, std::optional<Value> high, Reasons why);
  static Cell of(Truth truth, Reasons why = {});  // of a condition
  Truth truth() const;                            // of a condition
  // Settles an unknown whose ends have met.
  void settle();
};

}  // namespace assay
