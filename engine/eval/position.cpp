// A subject's place among others whose values may be unknown (docs/language.md 4.6): from 1 + those surely ahead to 1 +
// those possibly ahead.
#include <algorithm>

#include "engine/eval/arithmetic.h"
#include "engine/eval/evaluation.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

// Of what one other member adds to the rank, in halves: 2 where it is ahead, 1 where it shares the place and ties take
// the middle.
struct Ahead {
  int least = 0, most = 2;
  bool optional = false;  // it may not be there
};

int halves_of_a_tie(ast::Ties ties) { return ties == ast::Ties::Best ? 0 : ties == ast::Ties::Worst ? 2 : 1; }

// `other` and `own` on one scale, lower ahead; missing ends decide nothing.
Ahead ahead_of(const Cell& other, const Cell& own, bool lower_first, ast::Ties ties) {
  const auto& first = lower_first ? other : own;
  const auto& last = lower_first ? own : other;
  const int tie = halves_of_a_tie(ties);
  Ahead out;
  if (first.high && last.low) {
    const auto order_of = order(*first.high, *last.low);
    out.least = order_of < 0 ? 2 : order_of == 0 ? tie : 0;
  }
  if (first.low && last.high) {
    const auto order_of = order(*first.low, *last.high);
    out.most = order_of < 0 ? 2 : order_of == 0 ? tie : 0;
  }
  return out;
}

// Halves ahead of it, and of how many others.
struct Stand {
  std::int64_t ahead = 0, others = 0;
};

// What the place could be: with those that surely are there at their least and at their most, and with those that may
// be.
struct Place {
  Stand least, most;
  std::vector<Ahead> open;
  std::vector<Cell> operands;
};

// With whichever of those that may be there make the share ahead the least, or the most: one more lowers a share that
// is larger than its own, so they are taken from the one that does so most. `self`: is the subject part of the share?
Stand furthest(const Place& place, bool most, bool self) {
  Stand stand = most ? place.most : place.least;
  std::vector<int> adds;
  for (const Ahead& each : place.open) adds.push_back(most ? each.most : each.least);
  std::sort(adds.begin(), adds.end());
  if (most) std::reverse(adds.begin(), adds.end());
  for (const int add : adds) {
    const std::int64_t of = stand.others + (self ? 1 : 0), ahead = stand.ahead + (self ? 2 : 0);
    const bool moves = most ? add * of > ahead || (of == 0 && add > 0) : add * of < ahead;
    if (!moves) break;
    stand = {stand.ahead + add, stand.others + 1};
  }
  return stand;
}

// One that stays where it is whatever else turns out lends its marks, and none of its reasons.
Cell settled(const Cell& cell) {
  Cell out = Cell::of(Value(true));
  out.marks = cell.marks;
  return out;
}

Place place_among(const Cell& own, const std::vector<Member>& others, bool lower_first, ast::Ties ties) {
  Place place;
  place.operands.push_back(own);
  for (const Member& member : others) {
    if (member.left_out) continue;
    Ahead ahead = ahead_of(member.cell, own, lower_first, ties);
    ahead.optional = member.where == Truth::Unknown || member.cell.may_not_apply;
    if (ahead.optional) {
      place.open.push_back(ahead);
    } else {
      place.least = {place.least.ahead + ahead.least, place.least.others + 1};
      place.most = {place.most.ahead + ahead.most, place.most.others + 1};
    }
    Cell operand = member.cell;
    operand.may_not_apply = false;  // whether it applies moves the place, and not whether there is one
    if (ahead.optional) operand.state = Cell::State::Unknown;
    place.operands.push_back(ahead.optional || ahead.least != ahead.most ? operand : settled(operand));
  }
  return place;
}

Value halves(std::int64_t count) {
  const Decimal up[] = {Decimal::from_int(count)}, down[] = {Decimal::from_int(2)};
  return Value(*Decimal::multiply_divide(up, down));
}

// rank * parts / n, rounded up.
Value part(std::int64_t ahead, std::int64_t others, int parts) {
  const std::int64_t up = (2 + ahead) * parts, down = 2 * (others + 1);
  return Value(Decimal::from_int(std::clamp<std::int64_t>((up + down - 1) / down, 1, parts)));
}

// Where missing ones are passed over, a body whose own value is missing is one of them: if nobody else is left there is
// no place to give, though each completion would give the first (docs/language.md 4.7).
bool nobody_is_left(bool ignoring_missing, const Cell& own, const Place& place) {
  return ignoring_missing && own.unknown() && place.most.others == 0 && place.open.empty() &&
         std::all_of(own.why.begin(), own.why.end(), [](const Reason& r) { return r.kind == ReasonKind::Missing; });
}

Cell no_place(const Cell& own) {
  Cell cell = Cell::unknown_between(std::nullopt, std::nullopt, own.why);
  cell.may_not_apply = own.may_not_apply;
  cell.marks = own.marks;
  return cell;
}

}  // namespace

std::vector<Member> Evaluation::others(ast::ExprId id, const Scope& scope) {
  const auto& node = rulebook_.tree.expr(id);
  const auto* position = std::get_if<ast::Position>(&node);
  const auto* spread = std::get_if<ast::Spread>(&node);
  CHECK(position || spread);
  const bool ignoring = position ? position->ignoring_missing : spread->ignoring_missing;
  return set_members(position ? position->among : spread->among,
                     {.place = position ? position->value : spread->value, .ignoring_missing = ignoring}, scope);
}

Cell Evaluation::value_of_peer(ast::ExprId id, const Scope& scope) {
  const auto& node = rulebook_.tree.expr(id);
  const auto* position = std::get_if<ast::Position>(&node);
  const auto& among = position ? position->among : std::get<ast::Spread>(node).among;
  const auto& ref = std::get<SetRef>(rulebook_.resolved[among.set.index]);
  Scope peer = scope;
  peer.slots.resize(std::max<std::size_t>(peer.slots.size(), ref.member_slot + 1u));
  peer.slots[ref.member_slot] = scope.slots[*ref.peer];
  return expr(position ? position->value : std::get<ast::Spread>(node).value, peer);
}

Cell Evaluation::eval_position(ast::ExprId id, const ast::Position& node, const Scope& scope) {
  const Cell own = value_of_peer(id, scope);
  if (!own.applies()) return own;
  const bool higher = better_direction(rulebook_, node.value) != Direction::LowerIsBetter;
  const bool lower_first = node.from == ast::ScaleEnd::Lowest || (node.from == ast::ScaleEnd::Best && !higher) ||
                           (node.from == ast::ScaleEnd::Worst && higher);
  const Place place = place_among(own, others(id, scope), lower_first, node.ties);
  if (nobody_is_left(node.ignoring_missing, own, place)) return no_place(own);
  Cell cell;
  if (node.op == ast::PositionOp::Rank) {
    std::int64_t most = place.most.ahead;
    for (const Ahead& each : place.open) most += each.most;
    cell.low = halves(2 + place.least.ahead);
    cell.high = halves(2 + most);
  } else {
    const Stand least = furthest(place, false, true), most = furthest(place, true, true);
    cell.low = part(least.ahead, least.others, ast::parts_of(node.op));
    cell.high = part(most.ahead, most.others, ast::parts_of(node.op));
  }
  return with_operands(std::move(cell), place.operands);
}

// b + (w - b) * (rank - 1) / (n - 1), divided once.
Cell Evaluation::eval_spread(ast::ExprId id, const ast::Spread& node, const Scope& scope) {
  const Cell own = value_of_peer(id, scope);
  if (!own.applies()) return own;
  const Cell best = expr(node.best, scope), worst = expr(node.worst, scope);
  if (!best.applies() || !worst.applies()) return Cell::not_applicable();
  const bool lower_first = better_direction(rulebook_, node.value) == Direction::LowerIsBetter;
  Place place = place_among(own, others(id, scope), lower_first, node.ties);
  if (nobody_is_left(node.ignoring_missing, own, place)) return no_place(own);
  const auto at = [](const std::optional<Value>& b, const std::optional<Value>& w, std::int64_t ahead,
                     std::int64_t others) -> std::optional<Value> {
    if (!b || !w) return std::nullopt;
    if (others == 0) return b;
    const Decimal behind[] = {std::get<Decimal>(*b), Decimal::from_int(2 * others - ahead)},
                  before[] = {std::get<Decimal>(*w), Decimal::from_int(ahead)};
    const auto from_best = Decimal::multiply_divide(behind, {}), from_worst = Decimal::multiply_divide(before, {});
    const auto sum = from_best && from_worst ? add(*from_best, *from_worst) : std::nullopt;
    if (!sum) return std::nullopt;
    const Decimal up[] = {*sum}, down[] = {Decimal::from_int(2 * others)};
    const auto quotient = Decimal::multiply_divide(up, down);
    return quotient ? std::optional<Value>(*quotient) : std::nullopt;
  };
  Cell cell;
  for (const bool most : {false, true}) {
    // Alone, it is the best.
    const bool alone = !most && place.least.others == 0;
    const auto [ahead, others] = alone ? Stand{} : furthest(place, most, false);
    const auto low = at(best.low, worst.low, ahead, others), high = at(best.high, worst.high, ahead, others);
    if (!most) {
      cell.low = low, cell.high = high;
      continue;
    }
    // Which way a worse place moves the score is the author's: from 1 to 3, or from 100% down to 0%.
    cell.low = cell.low && low ? std::optional(order(*low, *cell.low) < 0 ? *low : *cell.low) : std::nullopt;
    cell.high = cell.high && high ? std::optional(order(*high, *cell.high) > 0 ? *high : *cell.high) : std::nullopt;
  }
  place.operands.push_back(best);
  place.operands.push_back(worst);
  return with_operands(std::move(cell), place.operands);
}

}  // namespace assay
