// Kleene's logic, case by case.
#include "apps/verifier/derive/logic.h"

#include <functional>

#include "apps/verifier/derive/derivation.h"

namespace assay::verifier {
namespace {

enum class Case { No, Yes, Out };

template <class Visit>
void for_cases(const Possible& of, Visit visit) {
  if (of.no) visit(Case::No);
  if (of.yes) visit(Case::Yes);
  if (of.out) visit(Case::Out);
}

void allow(Possible& in, Case one) {
  if (one == Case::No) in.no = true;
  if (one == Case::Yes) in.yes = true;
  if (one == Case::Out) in.out = true;
}

// 4.2: an operand that does not apply is left out; of none left the whole does not apply. `decides` decides alone.
Answer join(std::span<const Answer> operands, Case decides) {
  Possible all{.out = true};
  Answer made;
  for (const Answer& operand : operands) {
    Possible next;
    for_cases(all, [&](Case so_far) {
      for_cases(possible(operand), [&](Case one) {
        if (so_far == Case::Out) return allow(next, one);
        if (one == Case::Out) return allow(next, so_far);
        allow(next, so_far == decides || one == decides ? decides : one);
      });
    });
    all = next;
    if (operand.unknown()) add(made.why, operand.why);
    add(made.marks, operand.marks);
  }
  return condition(all, made.why, made.marks);
}

}  // namespace

Answer every(std::span<const Answer> operands) { return join(operands, Case::No); }
Answer either(std::span<const Answer> operands) { return join(operands, Case::Yes); }

Answer opposite(const Answer& operand) {
  const Possible was = possible(operand);
  return condition({.no = was.yes, .yes = was.no, .out = was.out}, operand.why, operand.marks);
}

// 6.2: the one, the other, or where it is not known the hull of both, because of the condition and of whichever is
// unknown. A condition that does not apply is no condition met.
Answer Derivation::when(const Answer& condition, const Answer& yes, const Answer& no) const {
  const Possible holds = possible(condition);
  Answer made;
  if (holds.only_yes())
    made = yes;
  else if (!holds.yes)
    made = no;
  else {
    made = hull(yes, no);
    add(made.why, condition.why);
    made = settled(made);
  }
  add(made.marks, condition.marks);
  return made;
}

}  // namespace assay::verifier
