// A condition as the set of what it could still be; operators act on every pair of possibilities, so that an answer is
// known exactly when all agree.
#include "engine/eval/truth_set.h"

#include "evidence/core/check.h"

namespace assay {

namespace {

constexpr unsigned kNo = 1, kYes = 2, kNotApplicable = 4;

unsigned possible(const Cell& cell) {
  if (!cell.applies()) return kNotApplicable;
  unsigned set = cell.may_not_apply ? kNotApplicable : 0u;
  if (!cell.low || !std::get<bool>(*cell.low)) set |= kNo;
  if (!cell.high || std::get<bool>(*cell.high)) set |= kYes;
  return set;
}

Cell of_set(unsigned set) {
  if (set == kNotApplicable) return Cell::not_applicable();
  const bool yes = (set & kYes) != 0, no = (set & kNo) != 0;
  Cell cell;
  cell.low = Value(!no);
  cell.high = Value(yes);
  cell.may_not_apply = (set & kNotApplicable) != 0;
  cell.settle();
  return cell;
}

using Operator = Truth (*)(Truth, Truth);

unsigned bit_of(Truth truth) { return truth == Truth::No ? kNo : truth == Truth::Yes ? kYes : kNotApplicable; }

unsigned combine(unsigned a, unsigned b, Operator op) {
  unsigned out = 0;
  for (Truth x : {Truth::No, Truth::Yes, Truth::NotApplicable})
    for (Truth y : {Truth::No, Truth::Yes, Truth::NotApplicable})
      if ((a & bit_of(x)) != 0 && (b & bit_of(y)) != 0) out |= bit_of(op(x, y));
  return out;
}

Cell fold(std::span<const Cell> operands, Operator op) {
  unsigned set = kNotApplicable;
  for (const Cell& operand : operands) set = combine(set, possible(operand), op);
  Cell cell = of_set(set);
  for (const Cell& operand : operands) {
    if (cell.unknown() && operand.unknown()) merge(cell.why, operand.why);
    merge(cell.marks, operand.marks);
  }
  return cell;
}

}  // namespace

Cell all_of(std::span<const Cell> operands) { return fold(operands, both); }
Cell any_of(std::span<const Cell> operands) { return fold(operands, either); }

Cell negate(const Cell& operand) {
  Cell cell = operand;
  if (!operand.applies()) return cell;
  cell.low = operand.high ? Value(!std::get<bool>(*operand.high)) : Value(false);
  cell.high = operand.low ? Value(!std::get<bool>(*operand.low)) : Value(true);
  return cell;
}

Cell hull(const Cell& a, const Cell& b) {
  if (!a.applies() && !b.applies()) {
    Cell neither = a;
    merge(neither.marks, b.marks);
    return neither;
  }
  Cell cell;
  cell.may_not_apply = a.may_not_apply || b.may_not_apply || !a.applies() || !b.applies();
  if (!a.applies()) {
    cell.low = b.low, cell.high = b.high;
  } else if (!b.applies()) {
    cell.low = a.low, cell.high = a.high;
  } else if (a.known() && b.known() && same(a.value(), b.value())) {
    cell.low = a.low, cell.high = a.low;
  } else {
    const auto is_text = [](const std::optional<Value>& end) {
      return end && std::holds_alternative<std::string>(*end);
    };
    const bool ordered = !is_text(a.low) && !is_text(b.low);  // texts have no order, hence no range
    if (ordered && a.low && b.low) cell.low = order(*a.low, *b.low) <= 0 ? a.low : b.low;
    if (ordered && a.high && b.high) cell.high = order(*a.high, *b.high) >= 0 ? a.high : b.high;
  }
  merge(cell.why, a.why);
  merge(cell.why, b.why);
  merge(cell.marks, a.marks);
  merge(cell.marks, b.marks);
  cell.settle();
  return cell;
}

Cell choose(const Cell& condition, const Cell& yes, const Cell& no) {
  Cell cell;
  // A condition that is no, or does not apply, does not hold: whichever it is.
  const bool never = condition.unknown() && condition.high && !std::get<bool>(*condition.high);
  switch (never ? Truth::No : condition.truth()) {
    case Truth::Yes:
      cell = yes;
      break;
    case Truth::No:
    case Truth::NotApplicable:
      cell = no;
      break;
    case Truth::Unknown:
      cell = hull(yes, no);
      if (cell.unknown()) merge(cell.why, condition.why);
      break;
  }
  merge(cell.marks, condition.marks);
  return cell;
}

}  // namespace assay
