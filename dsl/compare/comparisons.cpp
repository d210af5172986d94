// Two comparisons of the same value with numbers: which of them holds where.
#include <algorithm>

#include "dsl/compare/direction.h"

namespace assay {

namespace {

using enum ast::RelationOp;

std::vector<Decimal> numbers_of(const Term& term) {
  std::vector<Decimal> out;
  for (std::size_t i = term.kind == Term::Kind::Compare ? 1 : 0; i < term.parts.size(); ++i)
    if (term.parts[i].number && term.parts[i].kind == Term::Kind::Number) out.push_back(*term.parts[i].number);
  return out;
}

bool only_numbers(const Term& term) {
  const std::size_t own = term.kind == Term::Kind::Compare ? 1 : 0;
  const std::size_t operands = term.parts.size() - own;
  return operands > 0 && numbers_of(term).size() == operands && term.type && term.type->kind != TypeKind::Text;
}

bool holds(const Term& term, Decimal value) {
  const std::vector<Decimal> with = numbers_of(term);
  const auto against = [&](std::size_t i) { return value.compare(with[i]); };
  bool yes = false;
  switch (term.op) {
    case Equal:
    case OneOf:
      yes = std::any_of(with.begin(), with.end(), [&](Decimal each) { return value.compare(each) == 0; });
      break;
    case AtLeast:
      yes = against(0) >= 0;
      break;
    case AtMost:
      yes = against(0) <= 0;
      break;
    case MoreThan:
      yes = against(0) > 0;
      break;
    case LessThan:
      yes = against(0) < 0;
      break;
    case Between:
      yes = against(0) >= 0 && against(1) <= 0;
      break;
    default:
      break;
  }
  return yes != term.negated;
}

bool is_of_numbers(ast::RelationOp op) {
  return op == Equal || op == OneOf || op == AtLeast || op == AtMost || op == MoreThan || op == LessThan ||
         op == Between;
}

bool is_whole(const ValueType& type) {
  return type.kind == TypeKind::Score || type.kind == TypeKind::Whole || type.kind == TypeKind::Scale ||
         type.kind == TypeKind::Choice || type.kind == TypeKind::YesNo || type.kind == TypeKind::Date;
}

// Each number, what lies between it and the next, and what lies beyond the first and the last.
std::vector<Decimal> tried(std::vector<Decimal> numbers, const ValueType& type) {
  const Decimal one = Decimal::from_int(1);
  std::sort(numbers.begin(), numbers.end(), [](Decimal a, Decimal b) { return a.compare(b) < 0; });
  std::vector<Decimal> out = numbers;
  for (const Decimal number : numbers) {
    if (const auto below = subtract(number, one)) out.push_back(*below);
    if (const auto above = add(number, one)) out.push_back(*above);
  }
  for (std::size_t i = 0; !is_whole(type) && i + 1 < numbers.size(); ++i) {
    const auto sum = add(numbers[i], numbers[i + 1]);
    const Decimal factors[] = {sum.value_or(numbers[i])}, two[] = {Decimal::from_int(2)};
    if (const auto middle = Decimal::multiply_divide(factors, two)) out.push_back(*middle);
  }
  std::optional<Decimal> low = type.low, high = type.high;
  if (!type.labels.empty())
    low = Decimal(), high = Decimal::from_int(static_cast<std::int64_t>(type.labels.size()) - 1);
  if (type.kind == TypeKind::YesNo) low = Decimal(), high = one;
  std::erase_if(out,
                [&](Decimal value) { return (low && value.compare(*low) < 0) || (high && value.compare(*high) > 0); });
  // The ends of the type stand for what lies between them and the numbers.
  for (const auto& end : {low, high})
    if (end) out.push_back(*end);
  return out;
}

}  // namespace

std::optional<Way> way_of_comparisons(const Term& was, const Term& now) {
  if (!only_numbers(was) || !only_numbers(now) || !is_of_numbers(was.op) || !is_of_numbers(now.op)) return std::nullopt;
  if (was.type->kind != now.type->kind || was.type->labels.size() != now.type->labels.size()) return std::nullopt;
  std::vector<Decimal> numbers = numbers_of(was);
  for (const Decimal number : numbers_of(now)) numbers.push_back(number);
  Way way = Way::Same;
  for (const Decimal value : tried(std::move(numbers), *was.type)) {
    const bool then = holds(was, value), held = holds(now, value);
    if (then != held) way = joined(way, held ? Way::More : Way::Less);
  }
  return way;
}

}  // namespace assay
