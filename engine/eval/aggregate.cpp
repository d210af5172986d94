// Quantifiers, counts and shares: members that are yes, no and unknown (docs/language.md 4.6). Sums and averages are in
// totals.cpp.
#include <algorithm>

#include "engine/eval/evaluation.h"
#include "engine/eval/totals.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

struct Tally {
  std::int64_t yes = 0, no = 0, unknown = 0;
  Reasons why;
  Marks marks;
};

// Of conditions: does the member count and hold. For `all`, a member that does not count holds.
Tally tally(const std::vector<Member>& members, bool for_all) {
  Tally out;
  for (const Member& member : members) {
    if (member.left_out) continue;
    const Truth holds = member.cell.truth();
    const Truth truth = for_all ? either(opposite(member.where), holds) : both(member.where, holds);
    if (truth == Truth::Yes)
      ++out.yes;
    else if (truth == Truth::No)
      ++out.no;
    else
      ++out.unknown, merge(out.why, member.cell.why);
    merge(out.marks, member.cell.marks);
  }
  return out;
}

// Of those that count, or may.
bool all_do_not_apply(const std::vector<Member>& members) {
  bool any = false;
  for (const Member& member : members) {
    if (member.where == Truth::No) continue;
    if (member.cell.applies()) return false;
    any = true;
  }
  return any;
}

// Missing ones were passed over, and none is left: not known, because of them (4.7).
std::optional<Reasons> nobody_is_left(const std::vector<Member>& members) {
  Reasons why;
  bool any = false;
  for (const Member& member : members) {
    if (!member.left_out) return std::nullopt;
    if (!is_open(member)) continue;
    any = true;
    merge(why, member.cell.why);
  }
  return any ? std::optional(why) : std::nullopt;
}

Truth holds(ast::Quantity quantity, std::int64_t k, const Tally& t) {
  const std::int64_t most = t.yes + t.unknown;
  const auto at_least = [&](std::int64_t n) { return t.yes >= n ? Truth::Yes : most < n ? Truth::No : Truth::Unknown; };
  switch (quantity) {
    case ast::Quantity::Any:
      return at_least(1);
    case ast::Quantity::AtLeast:
      return at_least(k);
    case ast::Quantity::None:
      return opposite(at_least(1));
    case ast::Quantity::AtMost:
      return opposite(at_least(k + 1));
    case ast::Quantity::Exactly:
      return both(at_least(k), opposite(at_least(k + 1)));
    case ast::Quantity::All:
      return t.no > 0 ? Truth::No : t.unknown > 0 ? Truth::Unknown : Truth::Yes;
  }
  return Truth::Unknown;
}

// Least and greatest quotient over every way to settle who counts and who holds.
Cell share_of(const std::vector<Member>& members) {
  std::int64_t sure = 0, sure_yes = 0, sure_open = 0;  // surely counted
  std::int64_t maybe_up = 0, maybe_down = 0;           // may count, holding or not
  Reasons why;
  Marks marks;
  for (const Member& member : members) {
    if (member.left_out) continue;
    const bool may_be_yes = !member.cell.high || std::get<bool>(*member.cell.high);
    const bool may_be_no = !member.cell.low || !std::get<bool>(*member.cell.low);
    if (member.where == Truth::Yes && !member.cell.may_not_apply) {
      ++sure;
      sure_yes += may_be_no ? 0 : 1;
      sure_open += may_be_yes && may_be_no ? 1 : 0;
    } else {
      maybe_up += may_be_yes ? 1 : 0;
      maybe_down += may_be_no ? 1 : 0;
    }
    merge(why, member.cell.why);
    merge(marks, member.cell.marks);
  }
  const auto percent = [](std::int64_t part, std::int64_t whole) -> std::optional<Value> {
    const Decimal up[] = {Decimal::from_int(part), Decimal::from_int(100)}, down[] = {Decimal::from_int(whole)};
    const auto quotient = Decimal::multiply_divide(up, down);
    return quotient ? std::optional<Value>(*quotient) : std::nullopt;
  };
  Cell cell;
  cell.marks = marks;
  if (sure == 0 && maybe_up == 0 && maybe_down == 0) {
    cell.state = Cell::State::NotApplicable;
    return cell;
  }
  cell.low = sure + maybe_down == 0 ? percent(1, 1) : percent(sure_yes, sure + maybe_down);
  cell.high = sure + maybe_up == 0 ? percent(0, 1) : percent(sure_yes + sure_open + maybe_up, sure + maybe_up);
  cell.may_not_apply = sure == 0;
  cell.why = why;
  cell.settle();
  return cell;
}

}  // namespace

Cell Evaluation::eval_quantified(ast::ExprId id, const ast::Quantified& node, const Scope& scope) {
  const auto ranged = members(id, scope);
  if (all_do_not_apply(ranged)) return Cell::not_applicable();
  if (auto why = nobody_is_left(ranged)) return Cell::of(Truth::Unknown, std::move(*why));
  const Tally counts = tally(ranged, node.quantity == ast::Quantity::All);
  Cell cell = Cell::of(holds(node.quantity, node.count, counts), counts.why);
  cell.marks = counts.marks;
  return cell;
}

Cell Evaluation::eval_aggregate(ast::ExprId id, const ast::Aggregate& node, const Scope& scope) {
  if (node.over) return total(node.op, steps(node, scope), {});
  const auto ranged = members(id, scope);
  if (node.op == ast::AggregateOp::Count || node.op == ast::AggregateOp::Share) {
    if (all_do_not_apply(ranged)) return Cell::not_applicable();
    if (auto why = nobody_is_left(ranged)) return Cell::unknown_between(std::nullopt, std::nullopt, std::move(*why));
  }
  if (node.op == ast::AggregateOp::Share) return share_of(ranged);
  if (node.op != ast::AggregateOp::Count) {
    std::vector<Cell> weights;
    if (node.weighted_by)
      for (const Member& member : ranged) weights.push_back(weight_of(*node.weighted_by, member, scope));
    if (const auto* list = std::get_if<ast::ListOf>(&node.range); list && !list->weights.empty())
      for (const auto& weight : list->weights)
        weights.push_back(weight ? expr(*weight, scope) : Cell::of(Value(Decimal::from_int(1))));
    return total(node.op, ranged, weights);
  }
  // A count of things that are not conditions counts the members themselves.
  std::vector<Member> conditions = ranged;
  for (Member& member : conditions)
    if (member.cell.applies() && !is_condition(id, node)) member.cell = Cell::of(Value(true));
  const Tally counts = tally(conditions, false);
  Cell cell = Cell::unknown_between(Value(Decimal::from_int(counts.yes)),
                                    Value(Decimal::from_int(counts.yes + counts.unknown)), counts.why);
  cell.marks = counts.marks;
  return cell;
}

// Are the members of a count conditions (`count of (a, b) that are 1`, `count of councils where ...`), or values merely
// counted?
bool Evaluation::is_condition(ast::ExprId, const ast::Aggregate& node) const {
  if (node.each) return true;
  const auto* list = std::get_if<ast::ListOf>(&node.range);
  if (!list) return true;
  return std::all_of(list->members.begin(), list->members.end(),
                     [&](ast::ExprId member) { return rulebook_.type(member).kind == TypeKind::YesNo; });
}

Cell Evaluation::weight_of(ast::ExprId weight, const Member& member, const Scope& scope) {
  const auto* field = std::get_if<FieldOf>(&rulebook_.resolved[weight.index]);
  const auto* what = std::get_if<RuleOf>(&rulebook_.resolved[weight.index]);
  // A member that should be there and is not held has no weight to read.
  if (!member.subject) return Cell::unknown_between(std::nullopt, std::nullopt, member.cell.why);
  // The weight is the member's own, or stands on the link by which it was reached.
  const auto holder = [&](KindId kind) {
    if (member.link && snapshot_.subject(*member.link).kind == kind) return *member.link;
    return *member.subject;
  };
  if (field) return read(field->field, holder(snapshot_.schema().field(field->field).kind), scope.moment).cell;
  CHECK(what);
  return rule(answering(*what, scope), holder(rulebook_.rule(what->rule).kind), scope.moment);
}

}  // namespace assay
