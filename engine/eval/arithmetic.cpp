// Arithmetic on ranges.
#include "engine/eval/arithmetic.h"

#include <algorithm>

#include "engine/eval/evaluation.h"
#include "engine/eval/truth_set.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

using End = std::optional<Value>;

bool is_zero(const Value& value) { return std::get<Decimal>(value).is_zero(); }

End wrap(std::optional<Decimal> number) { return number ? End(Value(*number)) : std::nullopt; }

Duration duration_of(const Value& value, bool months, bool negative) {
  const auto count = static_cast<std::int32_t>(std::get<Decimal>(value).to_scaled(0).value_or(0));
  return {months ? Duration::Unit::Months : Duration::Unit::Days, negative ? -count : count};
}

End sum(const End& a, const End& b, bool months) {
  if (!a || !b) return std::nullopt;
  if (const auto* date = std::get_if<Date>(&*a)) return Value(add(*date, duration_of(*b, months, false)));
  if (const auto* date = std::get_if<Date>(&*b)) return Value(add(*date, duration_of(*a, months, false)));
  return wrap(add(std::get<Decimal>(*a), std::get<Decimal>(*b)));
}

End difference(const End& a, const End& b, bool months) {
  if (!a || !b) return std::nullopt;
  if (const auto* date = std::get_if<Date>(&*a)) {
    if (const auto* other = std::get_if<Date>(&*b)) return Value(Decimal::from_int(date->days - other->days));
    return Value(add(*date, duration_of(*b, months, true)));
  }
  return wrap(subtract(std::get<Decimal>(*a), std::get<Decimal>(*b)));
}

std::optional<Cell> not_applicable_among(std::span<const Cell> operands) {
  for (const Cell& cell : operands)
    if (!cell.applies()) return with_operands(Cell::not_applicable(), operands);
  return std::nullopt;
}

bool may_be_zero(const Cell& cell) {
  if (!cell.low || !cell.high) return true;
  return std::get<Decimal>(*cell.low).compare(Decimal()) <= 0 && std::get<Decimal>(*cell.high).compare(Decimal()) >= 0;
}

// Both ends of the run; nothing when an operand has no range.
std::optional<DecimalRange> range_of_run(std::span<const Cell> factors, std::span<const Cell> divisors) {
  std::vector<DecimalRange> up, down;
  for (const auto& [cells, ranges] : {std::pair{factors, &up}, std::pair{divisors, &down}})
    for (const Cell& cell : cells) {
      if (!cell.low || !cell.high) return std::nullopt;
      ranges->push_back({std::get<Decimal>(*cell.low), std::get<Decimal>(*cell.high)});
    }
  return Decimal::multiply_divide(up, down);
}

std::optional<Decimal> number_of_run(std::span<const Cell> factors, std::span<const Cell> divisors) {
  std::vector<Decimal> up, down;
  for (const Cell& cell : factors) up.push_back(std::get<Decimal>(cell.value()));
  for (const Cell& cell : divisors) down.push_back(std::get<Decimal>(cell.value()));
  return Decimal::multiply_divide(up, down);
}

}  // namespace

Cell with_operands(Cell cell, std::span<const Cell> operands) {
  for (const Cell& operand : operands) {
    if (operand.unknown()) {
      merge(cell.why, operand.why);
      cell.may_not_apply = cell.may_not_apply || operand.may_not_apply;
    }
    merge(cell.marks, operand.marks);
  }
  if (!cell.applies()) cell.why.clear(), cell.may_not_apply = false;
  cell.settle();
  return cell;
}

Cell add_cells(const Cell& a, const Cell& b, bool months) {
  const Cell operands[] = {a, b};
  if (auto none = not_applicable_among(operands)) return *none;
  Cell cell;
  cell.low = sum(a.low, b.low, months);
  cell.high = sum(a.high, b.high, months);
  return with_operands(std::move(cell), operands);
}

Cell subtract_cells(const Cell& a, const Cell& b, bool months) {
  const Cell operands[] = {a, b};
  if (auto none = not_applicable_among(operands)) return *none;
  Cell cell;
  cell.low = difference(a.low, b.high, months);
  cell.high = difference(a.high, b.low, months);
  return with_operands(std::move(cell), operands);
}

Cell negate_number(const Cell& a) {
  Cell cell = a;
  const auto flip = [](const End& end) { return end ? End(Value(std::get<Decimal>(*end).negated())) : End(); };
  cell.low = flip(a.high);
  cell.high = flip(a.low);
  return cell;
}

Cell multiply_divide(std::span<const Cell> factors, std::span<const Cell> divisors) {
  std::vector<Cell> operands(factors.begin(), factors.end());
  operands.insert(operands.end(), divisors.begin(), divisors.end());
  if (auto none = not_applicable_among(operands)) return *none;
  Cell cell;
  // 0 / 0 does not apply; any other number by 0 is a fault; a divisor that may be 0 leaves both open.
  const auto surely_zero = [](const Cell& each) { return each.known() && is_zero(each.value()); };
  if (std::ranges::any_of(divisors, surely_zero) && std::ranges::any_of(factors, surely_zero))
    return with_operands(Cell::not_applicable(), operands);
  if (std::ranges::any_of(divisors, may_be_zero)) {
    const bool open =
        std::ranges::any_of(divisors, [](const Cell& each) { return may_be_zero(each) && !each.known(); });
    cell.may_not_apply = open || std::ranges::any_of(factors, may_be_zero);
    return with_operands(std::move(cell), operands);
  }
  if (std::ranges::any_of(operands, &Cell::unknown)) {
    if (const auto range = range_of_run(factors, divisors)) {
      cell.low = Value(range->low);
      cell.high = Value(range->high);
    }
  } else {
    cell.low = cell.high = wrap(number_of_run(factors, divisors));
  }
  return with_operands(std::move(cell), operands);
}

Cell percent_of(const Cell& part, const Cell& whole) {
  const Cell factors[] = {part, Cell::of(Value(Decimal::from_int(100)))};
  const Cell divisors[] = {whole};
  return multiply_divide(factors, divisors);
}

Cell rounded(const Cell& a, Rounding rounding, int places) {
  Cell cell = a;
  const auto round = [&](const End& end) {
    return end ? wrap(std::get<Decimal>(*end).rounded(rounding, places)) : End();
  };
  cell.low = round(a.low);
  cell.high = round(a.high);
  cell.settle();
  return cell;
}

Cell first_known(std::span<const Cell> operands) {
  std::optional<Cell> open;
  for (const Cell& operand : operands) {
    if (operand.known()) {
      Cell cell = operand;
      return cell;
    }
    open = open ? hull(*open, operand) : operand;
  }
  CHECK(open);
  return *open;
}

Cell time_since(const Cell& date, Date today, bool months) {
  Cell cell = date;
  const auto count = [&](const End& end) {
    if (!end) return End();
    const Date then = std::get<Date>(*end);
    return End(Value(Decimal::from_int(months ? months_between(then, today) : today.days - then.days)));
  };
  cell.low = count(date.high);
  cell.high = count(date.low);
  cell.settle();  // two dates may be as many months ago
  return cell;
}

Cell Evaluation::eval_arithmetic(ast::ExprId id, const Scope& scope) {
  const auto& node = std::get<ast::Arithmetic>(rulebook_.tree.expr(id));
  if (node.op == ast::ArithmeticOp::Add || node.op == ast::ArithmeticOp::Subtract) {
    const bool months =
        rulebook_.type(node.rhs).kind == TypeKind::Months || rulebook_.type(node.lhs).kind == TypeKind::Months;
    const Cell lhs = expr(node.lhs, scope), rhs = expr(node.rhs, scope);
    Cell cell = node.op == ast::ArithmeticOp::Add ? add_cells(lhs, rhs, months) : subtract_cells(lhs, rhs, months);
    return fault_unless_ranged(std::move(cell), lhs.known() && rhs.known(), "a number too large", scope);
  }
  // Down the left side of the run: (a * b) / c multiplies a and b, then divides by c.
  std::vector<Cell> factors, divisors;
  ast::ExprId left = id;
  while (const auto* run = std::get_if<ast::Arithmetic>(&rulebook_.tree.expr(left))) {
    if (run->op != ast::ArithmeticOp::Multiply && run->op != ast::ArithmeticOp::Divide) break;
    (run->op == ast::ArithmeticOp::Multiply ? factors : divisors).push_back(expr(run->rhs, scope));
    left = run->lhs;
  }
  factors.push_back(expr(left, scope));
  const auto is_known = [](const Cell& cell) { return cell.known(); };
  const bool all_known =
      std::all_of(factors.begin(), factors.end(), is_known) && std::all_of(divisors.begin(), divisors.end(), is_known);
  return fault_unless_ranged(multiply_divide(factors, divisors), all_known, "a number too large, or a division by 0",
                             scope);
}

// A fault (3.7): operands known, yet no number came out. The cell is unknown and says so.
Cell Evaluation::fault_unless_ranged(Cell cell, bool operands_known, std::string_view what, const Scope& scope) {
  if (!operands_known || !cell.unknown() || cell.low) return cell;
  const SubjectId subject = scope.slots[0];
  const FieldId register_field = snapshot_.schema().kind(snapshot_.subject(subject).kind).register_field;
  std::string detail = fmt::format("undefined: {} in {}", what, rulebook_.rule(scope.rule).name);
  cell.why = {{subject, register_field, scope.moment.date(), ReasonKind::Missing, std::move(detail)}};
  return cell;
}

}  // namespace assay
