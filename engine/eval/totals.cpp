// Reductions over numbers.
#include "engine/eval/totals.h"

#include <algorithm>

#include "engine/eval/arithmetic.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

using End = std::optional<Value>;

// A member that may not apply, or whose `where` is unknown: it may be there or not.
bool optional_member(const Member& member) { return member.where == Truth::Unknown || member.cell.may_not_apply; }

End sum_of(const std::vector<const Member*>& members, bool high) {
  Decimal sum;
  for (const Member* member : members) {
    const End& end = high ? member->cell.high : member->cell.low;
    if (!end) return std::nullopt;
    Decimal number = std::get<Decimal>(*end);
    // An optional member adds 0 or its value, whichever lies further out.
    if (optional_member(*member) &&
        ((high && number.compare(Decimal()) < 0) || (!high && number.compare(Decimal()) > 0)))
      number = Decimal();
    const auto next = add(sum, number);
    if (!next) return std::nullopt;
    sum = *next;
  }
  return Value(sum);
}

// One completion: the value of an ordered choice of ends.
End reduce(ast::AggregateOp op, std::vector<Value> values) {
  CHECK(!values.empty());
  std::stable_sort(values.begin(), values.end(), [](const Value& a, const Value& b) { return order(a, b) < 0; });
  const auto mean = [](const std::vector<Value>& of) -> End {
    Decimal sum;
    for (const Value& value : of) {
      const auto next = add(sum, std::get<Decimal>(value));
      if (!next) return std::nullopt;
      sum = *next;
    }
    const Decimal up[] = {sum}, down[] = {Decimal::from_int(static_cast<std::int64_t>(of.size()))};
    const auto quotient = Decimal::multiply_divide(up, down);
    return quotient ? End(Value(*quotient)) : std::nullopt;
  };
  // Linear between the two values beside rank 1 + (n - 1) * quarters / 4.
  const auto quartile = [&](std::size_t quarters) -> End {
    const std::size_t at = (values.size() - 1) * quarters;
    const Decimal below = std::get<Decimal>(values[at / 4]);
    if (at % 4 == 0) return Value(below);
    const Decimal above = std::get<Decimal>(values[at / 4 + 1]);
    const auto parts = static_cast<std::int64_t>(at % 4);
    const Decimal near[] = {below, Decimal::from_int(4 - parts)}, far[] = {above, Decimal::from_int(parts)};
    const auto up = Decimal::multiply_divide(near, {}), down = Decimal::multiply_divide(far, {});
    const auto both = up && down ? add(*up, *down) : std::nullopt;
    if (!both) return std::nullopt;
    const Decimal whole[] = {*both}, four[] = {Decimal::from_int(4)};
    const auto quotient = Decimal::multiply_divide(whole, four);
    return quotient ? End(Value(*quotient)) : std::nullopt;
  };
  const std::size_t middle = values.size() / 2;
  switch (op) {
    case ast::AggregateOp::Lowest:
      return values.front();
    case ast::AggregateOp::Highest:
      return values.back();
    case ast::AggregateOp::Median:
      if (values.size() % 2 == 1) return values[middle];
      return mean({values[middle - 1], values[middle]});
    case ast::AggregateOp::Average:
      return mean(values);
    case ast::AggregateOp::LowerQuartile:
      return quartile(1);
    case ast::AggregateOp::UpperQuartile:
      return quartile(3);
    default:
      CHECK(!"not a reduction of values");
  }
  return std::nullopt;
}

End ends_reduced(ast::AggregateOp op, const std::vector<const Member*>& members, bool high) {
  std::vector<Value> values;
  for (const Member* member : members) {
    const End& end = high ? member->cell.high : member->cell.low;
    if (!end) return std::nullopt;
    values.push_back(*end);
  }
  return reduce(op, std::move(values));
}

// Its ends have met, and yet it may not apply: because of what is open.
void reopen(Cell& cell, const std::vector<Cell>& operands) {
  if (!cell.known() || !cell.may_not_apply) return;
  cell.state = Cell::State::Unknown;
  for (const Cell& operand : operands)
    if (operand.unknown()) merge(cell.why, operand.why);
}

// Sum of weight * value over sum of weights. Only weights that are known let the result have a range.
Cell weighted(const std::vector<const Member*>& members, const std::vector<const Cell*>& weights,
              std::vector<Cell> operands) {
  Decimal weight_sum;
  Decimal ends[2];
  bool ranged = true, any_optional = false, any_negative = false, weighed = true;
  Decimal least;  // that the weights can come to
  for (std::size_t i = 0; i < members.size(); ++i) {
    operands.push_back(*weights[i]);
    any_optional = any_optional || optional_member(*members[i]);
    weighed = weighed && weights[i]->known();
    if (weights[i]->low && !weights[i]->may_not_apply && !optional_member(*members[i]))
      least = add(least, std::get<Decimal>(*weights[i]->low)).value_or(least);
    if (!weights[i]->known() || !members[i]->cell.low || !members[i]->cell.high) {
      ranged = false;
      continue;
    }
    const Decimal weight = std::get<Decimal>(weights[i]->value());
    any_negative = any_negative || weight.compare(Decimal()) < 0;
    for (int high = 0; high < 2; ++high) {
      const Decimal up[] = {weight, std::get<Decimal>(high ? *members[i]->cell.high : *members[i]->cell.low)};
      const auto product = Decimal::multiply_divide(up, {});
      const auto next = product ? add(ends[high], *product) : std::nullopt;
      ranged = ranged && next;
      if (next) ends[high] = *next;
    }
    weight_sum = add(weight_sum, weight).value_or(weight_sum);
  }
  // Whoever is in: 0 of 0.
  const bool nothing = weighed && std::ranges::all_of(weights, [](const Cell* each) {
                         return std::get<Decimal>(each->value()).is_zero();
                       });
  if (nothing || (ranged && weight_sum.is_zero())) return with_operands(Cell::not_applicable(), operands);
  Cell cell;
  if (ranged && !any_optional) {
    const auto over = [&](Decimal end) -> End {
      const Decimal up[] = {end}, down[] = {weight_sum};
      const auto quotient = Decimal::multiply_divide(up, down);
      return quotient ? End(Value(*quotient)) : std::nullopt;
    };
    cell.low = over(ends[0]);
    cell.high = over(ends[1]);
  } else if (ranged && !any_negative) {
    // Whichever are in, an average lies among them.
    cell.low = ends_reduced(ast::AggregateOp::Lowest, members, false);
    cell.high = ends_reduced(ast::AggregateOp::Highest, members, true);
  }
  cell = with_operands(std::move(cell), operands);
  cell.may_not_apply = (any_optional || !weighed) && least.compare(Decimal()) <= 0;
  cell.settle();
  reopen(cell, operands);
  return cell;
}

}  // namespace

Cell total(ast::AggregateOp op, const std::vector<Member>& all, const std::vector<Cell>& all_weights) {
  std::vector<const Member*> members;
  std::vector<const Cell*> weights;
  std::vector<Cell> operands;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].left_out) continue;
    if (!all_weights.empty() && !all_weights[i].applies()) continue;  // as what does not apply itself
    members.push_back(&all[i]);
    if (!all_weights.empty()) weights.push_back(&all_weights[i]);
    operands.push_back(all[i].cell);
    // Unknown whether it counts: the result cannot be known but by its ends meeting.
    if (all[i].where == Truth::Unknown) operands.back().state = Cell::State::Unknown;
  }
  // Every member left out because it does not apply: neither does the answer. All missing and ignored: unknown.
  if (members.empty()) {
    const bool ignored = std::any_of(all.begin(), all.end(), [](const Member& m) { return m.left_out && is_open(m); });
    if (ignored) {
      Cell cell;
      for (const Member& member : all)
        if (member.left_out && is_open(member)) merge(cell.why, member.cell.why);
      return cell;
    }
    const bool empty_sum = op == ast::AggregateOp::Sum && std::all_of(all.begin(), all.end(), [](const Member& m) {
                             return m.where == Truth::No || m.cell.applies();
                           });
    return empty_sum ? Cell::of(Value(Decimal())) : Cell::not_applicable();
  }
  if (!weights.empty()) return weighted(members, weights, std::move(operands));
  Cell cell;
  if (op == ast::AggregateOp::Sum) {
    cell.low = sum_of(members, false);
    cell.high = sum_of(members, true);
    cell = with_operands(std::move(cell), operands);
    // Of none that applies there is no sum (4.6): so where nobody surely counts and somebody may not apply.
    const bool some_sure =
        std::any_of(members.begin(), members.end(), [](const Member* m) { return !optional_member(*m); });
    const bool any_out = std::any_of(all.begin(), all.end(), [](const Member& m) {
      return m.where != Truth::No && (!m.cell.applies() || (!m.left_out && m.cell.may_not_apply));
    });
    cell.may_not_apply = !some_sure && any_out;
    cell.settle();
    reopen(cell, operands);
    return cell;
  }
  // The hull over every way of taking the optional members: reached at their ends being in or out one side at a time.
  const bool any_optional =
      std::any_of(members.begin(), members.end(), [](const Member* m) { return optional_member(*m); });
  cell.low = ends_reduced(op, members, false);
  cell.high = ends_reduced(op, members, true);
  if (any_optional) {
    // Bounds that hold whichever are in: the lowest low end and the highest high end of all members.
    cell.low = ends_reduced(ast::AggregateOp::Lowest, members, false);
    cell.high = ends_reduced(ast::AggregateOp::Highest, members, true);
  }
  cell = with_operands(std::move(cell), operands);
  cell.may_not_apply = std::all_of(members.begin(), members.end(), [](const Member* m) { return optional_member(*m); });
  cell.settle();
  reopen(cell, operands);
  return cell;
}

}  // namespace assay
