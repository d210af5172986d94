// `... is REL`: decided when the ranges decide it (docs/language.md 4.3, 4.5).
#include <algorithm>

#include "apps/verifier/derive/derivation.h"
#include "apps/verifier/derive/logic.h"

namespace assay::verifier {
namespace {

Possible no_yes(bool no, bool yes) { return {.no = no, .yes = yes}; }

// Could a be the same as b, and could it be another?
Possible equal(const Answer& a, const Answer& b) {
  if (a.low && a.high && b.low && b.high && same(*a.low, *a.high) && same(*b.low, *b.high))
    return no_yes(!same(*a.low, *b.low), same(*a.low, *b.low));
  const auto below = [](const Answer& x, const Answer& y) {
    return x.high && y.low && x.high->index() == y.low->index() && !std::holds_alternative<std::string>(*x.high) &&
           order(*x.high, *y.low) < 0;
  };
  if (below(a, b) || below(b, a)) return no_yes(true, false);
  return no_yes(true, true);
}

// Could a be at least b, and could it be less?
Possible at_least(const Answer& a, const Answer& b) {
  const bool never_less = a.low && b.high && order(*a.low, *b.high) >= 0;
  const bool always_less = a.high && b.low && order(*a.high, *b.low) < 0;
  return no_yes(!never_less, !always_less);
}

Possible turned(Possible of) { return {.no = of.yes, .yes = of.no, .out = of.out}; }

// 4.2: with an operand that does not apply, none of this does.
Answer applied(Possible found, const Answer& a, const Answer& b) {
  Answer made;
  for (const Answer* each : {&a, &b}) {
    if (each->unknown()) add(made.why, each->why);
    add(made.marks, each->marks);
  }
  if (!a.may_apply || !b.may_apply) found = {};
  found.out = a.may_not_apply || b.may_not_apply;
  return condition(found, made.why, made.marks);
}

// The same with several.
Answer applied_to_all(Possible found, const Answer& a, const std::vector<Answer>& others) {
  Answer made = a;
  for (const Answer& other : others) {
    made.may_apply = made.may_apply && other.may_apply;
    made.may_not_apply = made.may_not_apply || other.may_not_apply;
    if (other.unknown()) add(made.why, other.why);
    add(made.marks, other.marks);
  }
  if (!made.may_apply) found = {};
  found.out = made.may_not_apply;
  return condition(found, made.why, made.marks);
}

}  // namespace

Answer same_answers(const Answer& a, const Answer& b) {
  Answer made = applied(equal(a, b), a, b);
  if (!a.may_apply || !b.may_apply) {
    made = condition({.no = true}, {}, made.marks);
  } else if (made.may_not_apply) {
    Possible found = possible(made);
    found.out = false;
    found.no = true;
    made = condition(found, made.why, made.marks);
  }
  return made;
}

namespace {

Possible one_of(const Answer& left, const std::vector<Answer>& others) {
  Possible found = no_yes(true, false);
  for (const Answer& other : others) {
    const Possible one = equal(left, other);
    found = no_yes(found.no && one.no, found.yes || one.yes);
  }
  return found;
}

// A flag that does not apply is clear.
Possible raised(const Answer& flag) {
  Possible found = possible(flag);
  found.no = found.no || found.out;
  found.out = false;
  return found;
}

}  // namespace

// The left side's reasons are those of each comparison.
std::vector<Answer> Derivation::operands(const ast::Relation& relation, const Answer& left, const Place& place) {
  std::vector<Answer> others;
  for (const ast::ExprId id : relation.operands) others.push_back(expr(id, place));
  effort_.spend(kStepsAReason * others.size() * length_of(left));
  return others;
}

Answer Derivation::compare(const Answer& left, const ast::Relation& relation, Direction direction, const Place& place) {
  using enum ast::RelationOp;
  const std::vector<Answer> others = operands(relation, left, place);
  const bool up = direction != Direction::LowerIsBetter;  // more is better
  const auto ask = [&](auto question, const Answer& b) { return applied(question(left, b), left, b); };
  const auto swapped = [](const Answer& a, const Answer& b) { return at_least(b, a); };
  const auto more = [](const Answer& a, const Answer& b) { return turned(at_least(b, a)); };
  const auto less = [](const Answer& a, const Answer& b) { return turned(at_least(a, b)); };
  Answer made;
  switch (relation.op) {
    case Equal:
      made = ask(equal, others[0]);
      break;
    case OneOf:
      made = applied_to_all(one_of(left, others), left, others);
      break;
    case AtLeast:
      made = ask(at_least, others[0]);
      break;
    case AtMost:
      made = ask(swapped, others[0]);
      break;
    case MoreThan:
      made = ask(more, others[0]);
      break;
    case LessThan:
      made = ask(less, others[0]);
      break;
    case BetterThan:
      made = up ? ask(more, others[0]) : ask(less, others[0]);
      break;
    case WorseThan:
      made = up ? ask(less, others[0]) : ask(more, others[0]);
      break;
    case AtLeastAsGoodAs:
    case OrBetter:
      made = up ? ask(at_least, others[0]) : ask(swapped, others[0]);
      break;
    case OrWorse:
      made = up ? ask(swapped, others[0]) : ask(at_least, others[0]);
      break;
    case Between: {
      const Possible from = at_least(left, others[0]), to = at_least(others[1], left);
      made = applied_to_all(no_yes(from.no || to.no, from.yes && to.yes), left, others);
    } break;
    case Known:
      made = condition(no_yes(!left.known(), left.known()), {}, left.marks);
      break;
    case Unknown:
    case Undetermined:
      made = condition(no_yes(!left.unknown(), left.unknown()), {}, left.marks);
      break;
    case Applicable:
      made = condition(no_yes(left.not_applicable(), !left.not_applicable()), {}, left.marks);
      break;
    case Raised:
      made = condition(raised(left), left.why, left.marks);
      break;
    case Clear:
      made = condition(turned(raised(left)), left.why, left.marks);
      break;
  }
  return relation.negated ? opposite(made) : made;
}

}  // namespace assay::verifier
