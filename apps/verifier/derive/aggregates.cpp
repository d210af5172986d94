// any, all, none, at least k of; count and share (docs/language.md 4.6): every way to settle the members is tried, by
// how many are yes and how many no.
#include <algorithm>
#include <set>

#include "apps/verifier/derive/derivation.h"
#include "apps/verifier/derive/exact.h"

namespace assay::verifier {
namespace {

// 4.6: members that are yes, no and unknown. One that does not apply is left out; with none left the whole does not
// apply.
struct Tally {
  std::int64_t yes = 0, no = 0, unknown = 0;
  bool none_applies = false;
  Answer made;  // reasons and marks
};

void add_why(Answer& made, const Member& member) {
  if (member.counts.no && member.counts.yes) add(made.why, member.counts_why);
  if (member.answer.unknown()) add(made.why, member.answer.why);
}

// `lets_off`: a member that does not count holds, as `all ... where F meet C` has it: "not F, or C".
Tally tally(const std::vector<Member>& members, bool lets_off) {
  Tally found;
  std::size_t counted = 0, out = 0;
  for (const Member& member : members) {
    if (!member.counts.yes) continue;
    ++counted;
    if (!member.answer.may_apply) {
      ++out;
      continue;
    }
    const Possible asked = possible(member.answer);
    const bool open = asked.no + asked.yes + asked.out > 1;
    const bool surely_not = !asked.yes, surely = !open && asked.yes;
    add(found.made.marks, member.counts_marks);
    add(found.made.marks, member.answer.marks);
    if (lets_off ? surely : surely && !member.counts.no) {
      ++found.yes;
    } else if (lets_off ? surely_not && !open && !member.counts.no : surely_not && !open) {
      ++found.no;
    } else {
      ++found.unknown;
      add_why(found.made, member);
    }
  }
  found.none_applies = counted > 0 && out == counted;
  return found;
}

}  // namespace

Answer Derivation::quantity(const ast::Quantified& node, std::vector<Member> members) {
  const bool all = node.quantity == ast::Quantity::All;
  const Tally found = tally(members, all);
  if (found.none_applies) return does_not_apply();
  const std::int64_t k = node.quantity == ast::Quantity::Any    ? 1
                         : node.quantity == ast::Quantity::None ? 0
                                                                : static_cast<std::int64_t>(node.count);
  Possible holds;
  for (std::int64_t yes = found.yes; yes <= found.yes + found.unknown; ++yes) {
    bool it = false;
    switch (node.quantity) {
      case ast::Quantity::Any:
      case ast::Quantity::AtLeast:
        it = yes >= k;
        break;
      case ast::Quantity::All:
        it = found.no == 0 && yes == found.yes + found.unknown;
        break;
      case ast::Quantity::None:
      case ast::Quantity::AtMost:
        it = yes <= k;
        break;
      case ast::Quantity::Exactly:
        it = yes == k;
        break;
    }
    (it ? holds.yes : holds.no) = true;
  }
  return condition(holds, found.made.why, found.made.marks);
}

// A count from y to y + u. A share: the least and the greatest quotient over every way to settle who counts and who
// is yes, one member after another.
Answer Derivation::counted(bool share, const std::vector<Member>& members) {
  const Tally found = tally(members, false);
  Answer made = found.made;
  if (found.none_applies) return does_not_apply();
  if (!share) {
    made.low = Decimal::from_int(found.yes);
    made.high = Decimal::from_int(found.yes + found.unknown);
    return settled(made);
  }
  std::set<std::pair<std::int64_t, std::int64_t>> ways = {{0, 0}};  // how many are yes, how many there are
  std::int64_t sure_yes = 0, sure = 0;                              // of those about whom there is one way only
  made.why.clear();
  for (const Member& member : members) {
    if (!member.counts.yes || !member.answer.may_apply) continue;
    const Possible asked = possible(member.answer);
    const bool may_be_out = member.counts.no || asked.out;
    if (!may_be_out && asked.yes != asked.no) {
      sure_yes += asked.yes ? 1 : 0;
      ++sure;
      continue;
    }
    effort_.spend(20 * ways.size());
    std::set<std::pair<std::int64_t, std::int64_t>> next;
    for (const auto& [yes, n] : ways) {
      if (may_be_out) next.insert({yes, n});
      if (asked.yes) next.insert({yes + 1, n + 1});
      if (asked.no) next.insert({yes, n + 1});
    }
    ways = std::move(next);
    if (may_be_out || (asked.yes && asked.no)) add_why(made, member);
  }
  made.may_apply = false;
  for (const auto& way : ways) {
    const std::int64_t yes = way.first + sure_yes, n = way.second + sure;
    if (n == 0) {
      made.may_not_apply = true;
      continue;
    }
    const Value value = *run_of({Decimal::from_int(yes), Decimal::from_int(100)}, {Decimal::from_int(n)});
    made.may_apply = true;
    made.low = made.low ? lower(*made.low, value) : value;
    made.high = made.high ? higher(*made.high, value) : value;
  }
  return settled(made);
}

// 4.7: without those that are unknown for no reason but missing; if none is left, unknown.
bool passed_over(const Member& member) {
  if (member.expected || !member.answer.may_apply) return false;
  const bool open = member.counts.yes && (member.counts.no || member.answer.unknown());
  if (!open) return false;
  Reasons why = member.counts.no ? member.counts_why : Reasons{};
  if (member.answer.unknown()) add(why, member.answer.why);
  return std::all_of(why.begin(), why.end(), [](const Reason& reason) { return reason.lacking == Lacking::Missing; });
}

Answer Derivation::quantified(const ast::Quantified& node, const Place& place) {
  std::vector<Member> members;
  if (const auto* list = std::get_if<ast::ListOf>(&node.range)) {
    members = members_of_list(*list, node.each, place);
  } else {
    const Asking asking{.each = &node.each, .ignoring_missing = node.ignoring_missing, .condition = true};
    members = members_of_set(std::get<ast::SetOf>(node.range), asking, place);
  }
  Answer left_out;
  if (node.ignoring_missing) {
    const std::size_t before = members.size();
    for (const Member& member : members)
      if (passed_over(member)) add_why(left_out, member);
    std::erase_if(members, passed_over);
    const bool left = std::any_of(members.begin(), members.end(),
                                  [](const Member& each) { return each.counts.yes && each.answer.may_apply; });
    if (!left && members.size() < before) return condition({.no = true, .yes = true}, left_out.why, {});
  }
  return quantity(node, std::move(members));
}

Answer Derivation::aggregate(const ast::Aggregate& node, const Place& place) {
  using enum ast::AggregateOp;
  const bool counts = node.op == Count || node.op == Share;
  std::vector<Member> members;
  const auto* list = std::get_if<ast::ListOf>(&node.range);
  const auto* set = std::get_if<ast::SetOf>(&node.range);
  if (node.over) {
    for (const Moment& moment : steps(node.over->unit, node.over->count, place.moment)) {
      Place then = place;
      then.moment = moment;
      Member member;
      member.answer = expr(set->set, then);
      members.push_back(std::move(member));
    }
  } else if (list != nullptr) {
    members = members_of_list(*list, node.each, place);
  } else {
    const Asking asking{.each = &node.each,
                        .weighted_by = node.weighted_by,
                        .position = {},
                        .ignoring_missing = node.ignoring_missing,
                        .condition = counts};
    members = members_of_set(*set, asking, place);
  }
  Answer left_out;
  if (node.ignoring_missing) {
    const std::size_t before = members.size();
    for (const Member& member : members)
      if (passed_over(member)) add_why(left_out, member);
    std::erase_if(members, passed_over);
    // One whose weight does not apply is left out as well.
    const bool left = std::any_of(members.begin(), members.end(), [](const Member& each) {
      return each.counts.yes && each.answer.may_apply && (!each.weight || each.weight->may_apply);
    });
    if (!left && members.size() < before) {
      return unknown_between({}, {}, left_out.why);
    }
  }
  return counts ? counted(node.op == Share, members) : total(node.op, members, place);
}

}  // namespace assay::verifier
