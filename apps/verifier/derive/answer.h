// What the second evaluator says of one question: known, not applicable, or unknown with a range and reasons
// (docs/language.md 4.1). Written from that text alone; shares nothing with engine/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/core/snapshot.h"
#include "evidence/core/value.h"

namespace assay::verifier {

enum class Lacking { Missing, Stale, Conflict, Withdrawn };

// A piece of evidence that would settle an unknown. The detail is for people: it is no part of what is compared.
struct Reason {
  SubjectId subject;
  FieldId field;
  Date on;
  Lacking lacking = Lacking::Missing;
  friend auto operator<=>(const Reason&, const Reason&) = default;
};
using Reasons = std::vector<Reason>;  // ascending, each once

// What travels with a value and changes none (4.10). The detail is who judges, why it is proposed, or the like.
enum class MarkOf {
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
struct Mark {
  MarkOf of;
  std::string detail;
  friend auto operator<=>(const Mark&, const Mark&) = default;
};
using Marks = std::vector<Mark>;  // ascending, each once

struct Answer {
  bool may_apply = true;  // some value is possible
  bool may_not_apply = false;
  // The lowest and the highest that it may be; absent where there is no such end. Texts and choices have ends only
  // where they are known.
  std::optional<Value> low, high;
  Reasons why;
  Marks marks;

  bool known() const { return may_apply && !may_not_apply && low && high && same(*low, *high); }
  bool not_applicable() const { return !may_apply; }
  bool unknown() const { return !known() && !not_applicable(); }
};

Answer known(Value value);
Answer does_not_apply();
Answer unknown_between(std::optional<Value> low, std::optional<Value> high, Reasons why);
// Not known, within what its type allows (4.1).
Answer unknown_of(const ValueType& type, Reason why);

// How long its lists and texts are, for what it takes to make and keep it.
std::uint64_t length_of(const Answer& answer);

void add(Reasons& into, const Reasons& more);
void add(Marks& into, const Marks& more);
// Reasons belong to an unknown only (4.8).
Answer settled(Answer answer);
// The smallest range that holds both, because of both (6.2).
Answer hull(const Answer& a, const Answer& b);
// Choices and texts have no ends but where they are known.
Answer without_order(Answer answer, const ValueType& type);
// The lower, and the higher, of two values of one ordered type.
const Value& lower(const Value& a, const Value& b);
const Value& higher(const Value& a, const Value& b);

// Of a condition: which of no, yes and "does not apply" it may be.
struct Possible {
  bool no = false, yes = false, out = false;
  bool only_yes() const { return yes && !no && !out; }
  bool only_no() const { return no && !yes && !out; }
  bool only_out() const { return out && !yes && !no; }
};
Possible possible(const Answer& condition);
Answer condition(Possible possible, Reasons why, Marks marks);

}  // namespace assay::verifier
