// sum, average, median, quartiles, lowest, highest: all low ends, then all high ends (docs/language.md 4.6).
#include <algorithm>

#include "apps/verifier/derive/derivation.h"
#include "apps/verifier/derive/exact.h"

namespace assay::verifier {
namespace {

using Ends = std::vector<std::optional<Value>>;

std::optional<Decimal> added(const std::vector<Decimal>& numbers) {
  std::optional<Decimal> sum = Decimal();
  for (const Decimal number : numbers)
    if (sum) sum = plus(*sum, number);
  return sum;
}

// Linear between ranks 1 + (n - 1) * quarters / 4.
std::optional<Decimal> quartile(std::vector<Decimal> sorted, std::int64_t quarters) {
  const auto at = (static_cast<std::int64_t>(sorted.size()) - 1) * quarters;
  const Decimal below = sorted[static_cast<std::size_t>(at / 4)];
  if (at % 4 == 0) return below;
  const Decimal above = sorted[static_cast<std::size_t>(at / 4) + 1];
  const auto low = run_of({below, Decimal::from_int(4 - at % 4)}, {}),
             high = run_of({above, Decimal::from_int(at % 4)}, {});
  const auto both = low && high ? plus(*low, *high) : std::nullopt;
  return both ? run_of({*both}, {Decimal::from_int(4)}) : std::nullopt;
}

// One number of many, all of which are given.
std::optional<Value> of_ends(ast::AggregateOp op, const Ends& ends) {
  using enum ast::AggregateOp;
  std::vector<Decimal> numbers;
  std::optional<Value> lowest, highest;
  for (const auto& end : ends) {
    if (!end) return std::nullopt;
    lowest = lowest ? lower(*lowest, *end) : *end;
    highest = highest ? higher(*highest, *end) : *end;
    if (const auto* number = std::get_if<Decimal>(&*end)) numbers.push_back(*number);
  }
  if (op == Lowest) return lowest;
  if (op == Highest) return highest;
  std::sort(numbers.begin(), numbers.end(), [](Decimal a, Decimal b) { return a.units() < b.units(); });
  std::optional<Decimal> found;
  if (op == Sum) found = added(numbers);
  if (op == Average) {
    const auto sum = added(numbers);
    if (sum) found = run_of({*sum}, {Decimal::from_int(static_cast<std::int64_t>(numbers.size()))});
  }
  if (op == Median) found = quartile(numbers, 2);
  if (op == LowerQuartile) found = quartile(numbers, 1);
  if (op == UpperQuartile) found = quartile(numbers, 3);
  return found ? std::optional<Value>(*found) : std::nullopt;
}

bool optional(const Member& member) { return member.counts.no || member.answer.may_not_apply; }

Decimal number(const Value& value) { return std::get<Decimal>(value); }

// Nothing of use in the sum where it does not fit.
bool adds_up(Decimal::Units& sum, Decimal more) { return !__builtin_add_overflow(sum, more.units(), &sum); }

// The average of values with weights: products added, divided by the weights.
std::optional<Value> weighted(const std::vector<Member>& members, bool high) {
  Decimal::Units above = 0, below = 0;
  for (const Member& member : members) {
    const auto& end = high ? member.answer.high : member.answer.low;
    if (!end) return std::nullopt;
    const auto product = run_of({number(*end), number(*member.weight->low)}, {});
    if (!product || !adds_up(above, *product) || !adds_up(below, number(*member.weight->low))) return std::nullopt;
  }
  const auto found = run_of({Decimal::from_units(above)}, {Decimal::from_units(below)});
  return found ? std::optional<Value>(*found) : std::nullopt;
}

// A sum of products over the sum of weights; nothing where the weights come to 0.
void by_weight(const std::vector<Member>& members, bool some_optional, const Ends& lows, const Ends& highs,
               Answer& made) {
  const auto of = [](const Member& member) { return number(*member.weight->low); };
  Decimal::Units least = 0, weight = 0;  // of those that count surely; of all that count, or may
  for (const Member& member : members)
    if (member.weight->low && !member.weight->may_not_apply && !optional(member) && !adds_up(least, of(member)))
      return;
  const bool weighed =
      std::all_of(members.begin(), members.end(), [](const Member& member) { return member.weight->known(); });
  if (!weighed || some_optional) made.may_not_apply = made.may_not_apply || least <= 0;  // the weights may come to 0
  if (!weighed) return;
  for (const Member& member : members)
    if (!adds_up(weight, of(member))) return;
  if (weight == 0) {  // whoever is in
    made.may_apply = false;
    made.may_not_apply = true;
  } else if (!some_optional) {
    made.low = weighted(members, false);
    made.high = weighted(members, true);
  } else if (std::none_of(members.begin(), members.end(),
                          [&](const Member& member) { return of(member).compare({}) < 0; })) {
    // Whichever are in, an average lies among them.
    made.low = of_ends(ast::AggregateOp::Lowest, lows);
    made.high = of_ends(ast::AggregateOp::Highest, highs);
  }
}

}  // namespace

Answer Derivation::total(ast::AggregateOp op, const std::vector<Member>& all, const Place& place) {
  Answer made;
  std::vector<Member> members;  // those that count, or may
  bool any_out = false;
  for (const Member& member : all) {
    const bool no_weight = member.weight && !member.weight->may_apply;  // left out as what does not apply is
    if (!member.counts.yes || !member.answer.may_apply || no_weight) {
      any_out = any_out || (member.counts.yes && !member.answer.may_apply);
      continue;
    }
    add(made.marks, member.counts_marks);
    add(made.marks, member.answer.marks);
    if (member.weight) add(made.marks, member.weight->marks);
    any_out = any_out || member.answer.may_not_apply;
    members.push_back(member);
    if (member.counts.no) add(made.why, member.counts_why);
    if (member.answer.unknown()) add(made.why, member.answer.why);
    if (member.weight && member.weight->unknown()) add(made.why, member.weight->why);
  }
  const bool some_sure =
      std::any_of(members.begin(), members.end(), [](const Member& member) { return !optional(member); });
  const bool some_optional = std::any_of(members.begin(), members.end(), optional);
  const bool sum = op == ast::AggregateOp::Sum;
  if (members.empty()) {
    if (sum && !any_out) {
      made.low = made.high = Decimal();
    } else {
      made.may_apply = false;
      made.may_not_apply = true;
    }
    return settled(made);
  }
  made.may_not_apply = !some_sure && (!sum || any_out);
  const bool has_weights = members.front().weight.has_value();
  Ends lows, highs;
  for (const Member& member : members) {
    lows.push_back(member.answer.low);
    highs.push_back(member.answer.high);
    if (!sum || !optional(member)) continue;
    if (lows.back()) lows.back() = lower(*lows.back(), Decimal());
    if (highs.back()) highs.back() = higher(*highs.back(), Decimal());
  }
  if (has_weights) {
    by_weight(members, some_optional, lows, highs, made);
    if (!made.may_apply) return settled(made);
  } else if (!some_optional || sum) {
    made.low = of_ends(op, lows);
    made.high = of_ends(op, highs);
  } else {
    made.low = of_ends(ast::AggregateOp::Lowest, lows);
    made.high = of_ends(ast::AggregateOp::Highest, highs);
  }
  if (made.why.empty() && !made.low && !made.may_not_apply) {
    Answer fault = undefined(place);
    fault.marks = made.marks;
    return fault;
  }
  return settled(made);
}

}  // namespace assay::verifier
