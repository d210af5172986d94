// + - * /, as percent of, rounded: ranges by their ends (docs/language.md 3.2, 3.3, 3.7, 4.3).
#include <algorithm>

#include "apps/verifier/derive/derivation.h"
#include "apps/verifier/derive/exact.h"

namespace assay::verifier {
namespace {

Decimal number(const Value& value) { return std::get<Decimal>(value); }

// More than there are days or months to go makes no difference.
std::int32_t whole(Decimal value) {
  constexpr std::int64_t kMost = 10000 * 366;
  return static_cast<std::int32_t>(std::clamp(value.to_scaled(0).value_or(0), -kMost, kMost));
}

// One end of a sum or difference. Nothing where it overflows.
std::optional<Value> sum_end(const Value& a, const Value& b, bool subtract, bool months) {
  if (const auto* date = std::get_if<Date>(&a)) {
    if (const auto* other = std::get_if<Date>(&b)) return Decimal::from_int(date->days - other->days);
    const auto unit = months ? Duration::Unit::Months : Duration::Unit::Days;
    return add(*date, {unit, subtract ? -whole(number(b)) : whole(number(b))});
  }
  const auto found = subtract ? minus(number(a), number(b)) : plus(number(a), number(b));
  return found ? std::optional<Value>(*found) : std::nullopt;
}

// What operands make of the whole: reasons of unknown ones, marks of all, and whether it may apply.
Answer join(const std::vector<Answer>& operands) {
  Answer made;
  for (const Answer& operand : operands) {
    made.may_apply = made.may_apply && operand.may_apply;
    made.may_not_apply = made.may_not_apply || operand.may_not_apply;
    if (operand.unknown()) add(made.why, operand.why);
    add(made.marks, operand.marks);
  }
  return made;
}

bool all_known(const std::vector<Answer>& operands) {
  return std::all_of(operands.begin(), operands.end(), [](const Answer& each) { return each.known(); });
}

bool may_be_zero(const Answer& answer) {
  if (!answer.low || !answer.high) return true;
  return number(*answer.low).compare({}) <= 0 && number(*answer.high).compare({}) >= 0;
}

bool is_zero(const Answer& answer) { return answer.known() && number(*answer.low).compare({}) == 0; }

// A run of * and /, from the left: what stands above and below the line.
void gather(const ast::Tree& tree, ast::ExprId id, std::vector<ast::ExprId>& above, std::vector<ast::ExprId>& below) {
  const auto* node = std::get_if<ast::Arithmetic>(&tree.expr(id));
  if (node == nullptr || (node->op != ast::ArithmeticOp::Multiply && node->op != ast::ArithmeticOp::Divide)) {
    above.push_back(id);
    return;
  }
  gather(tree, node->lhs, above, below);
  (node->op == ast::ArithmeticOp::Multiply ? above : below).push_back(node->rhs);
}

}  // namespace

// 3.7: a fault is missing, undefined.
Answer Derivation::undefined(const Place& place) const {
  const SubjectId subject = place.slots.front();
  const FieldId registered = evidence_.schema().kind(evidence_.snapshot().subject(subject).kind).register_field;
  return unknown_between({}, {}, {{subject, registered, place.moment.date(), Lacking::Missing}});
}

Answer Derivation::arithmetic(ast::ExprId id, const Place& place) {
  const auto& node = std::get<ast::Arithmetic>(book_.tree.expr(id));
  if (node.op == ast::ArithmeticOp::Multiply || node.op == ast::ArithmeticOp::Divide) {
    std::vector<ast::ExprId> above, below;
    gather(book_.tree, id, above, below);
    std::vector<Answer> factors, divisors;
    for (const ast::ExprId each : above) factors.push_back(expr(each, place));
    for (const ast::ExprId each : below) divisors.push_back(expr(each, place));
    return product(std::move(factors), std::move(divisors), place);
  }
  const Answer left = expr(node.lhs, place), right = expr(node.rhs, place);
  const bool months = book_.type(node.rhs).kind == TypeKind::Months;
  return sum(left, right, node.op == ast::ArithmeticOp::Subtract, months, place);
}

Answer Derivation::difference(const Answer& a, const Answer& b, const Place& place) const {
  return sum(a, b, true, false, place);
}

Answer Derivation::sum(const Answer& a, const Answer& b, bool subtract, bool months, const Place& place) const {
  const std::vector<Answer> operands = {a, b};
  Answer made = join(operands);
  if (!made.may_apply) return settled(made);
  const auto &b_low = subtract ? b.high : b.low, &b_high = subtract ? b.low : b.high;
  if (a.low && b_low) made.low = sum_end(*a.low, *b_low, subtract, months);
  if (a.high && b_high) made.high = sum_end(*a.high, *b_high, subtract, months);
  if (all_known(operands) && !made.low) {
    Answer fault = undefined(place);
    fault.marks = made.marks;
    return fault;
  }
  return settled(made);
}

// 4.3: by the ends of every operand. A quotient whose divisor may be 0 has no range, and may not apply.
Answer Derivation::product(std::vector<Answer> factors, std::vector<Answer> divisors, const Place& place) {
  std::vector<Answer> operands = factors;
  operands.insert(operands.end(), divisors.begin(), divisors.end());
  Answer made = join(operands);
  if (!made.may_apply) return settled(made);
  if (std::any_of(divisors.begin(), divisors.end(), may_be_zero)) {
    const bool zero_below = std::any_of(divisors.begin(), divisors.end(), is_zero);
    const bool zero_above = std::any_of(factors.begin(), factors.end(), is_zero);
    if (zero_below && zero_above) {
      Answer none = does_not_apply();
      none.marks = made.marks;
      return none;
    }
    if (all_known(operands)) {
      Answer fault = undefined(place);
      fault.marks = made.marks;
      return fault;
    }
    // Divided by what surely is 0, only 0 does not apply; any other number is a fault.
    const bool open = std::any_of(divisors.begin(), divisors.end(),
                                  [](const Answer& each) { return may_be_zero(each) && !each.known(); });
    if (open || std::any_of(factors.begin(), factors.end(), may_be_zero)) made.may_not_apply = true;
    return made;
  }
  // The least and the greatest so far, times or over each end of the next.
  Fraction least, greatest;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const Answer& operand = operands[i];
    if (!operand.low || !operand.high) return made;
    std::vector<Fraction> found;
    for (const Fraction& so_far : {least, greatest})
      for (const Value& end : {*operand.low, *operand.high})
        found.push_back(i < factors.size() ? times(so_far, number(end)) : over(so_far, number(end)));
    least = *std::min_element(found.begin(), found.end(), less);
    greatest = *std::max_element(found.begin(), found.end(), less);
  }
  const auto low = verifier::rounded(least), high = verifier::rounded(greatest);
  if (low && high) {
    made.low = *low;
    made.high = *high;
  } else if (all_known(operands)) {
    Answer fault = undefined(place);
    fault.marks = made.marks;
    return fault;
  }
  return settled(made);
}

Answer Derivation::rounded(const ast::Rounded& node, const Place& place) {
  Answer made = expr(node.operand, place);
  for (auto* end : {&made.low, &made.high}) {
    if (!*end) continue;
    const auto found = number(**end).rounded(node.rounding, node.places);
    if (!found) return undefined(place);
    *end = *found;
  }
  return settled(made);
}

}  // namespace assay::verifier
