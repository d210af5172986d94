// any, all, none, at least k of; count and share (docs/language.md 4.6): every way to settle the members is tried, by
// how many are yes and how many no.
#include <algorithm>
#include <set>

#include "apps/verifier/derive/derivation.h"
#include "apps/verifier/derive/exact.h"

namespace assay::verifier {
namespace {

// What a member may come to: a yes, a no, one that does not apply, or no member at all.
struct Ways {
  bool yes = false, no = false, out = false, none = false;
};

Ways ways_of(const Member& member) {
  Ways ways;
  ways.none = member.counts.no;
  if (!member.counts.yes) return ways;
  const Possible found = possible(member.answer);
  ways.yes = found.yes;
  ways.no = found.no;
  ways.out = found.out;
  return ways;
}

// How many are yes, how many no, and whether any was left out as not applying.
struct Settled {
  std::size_t yes = 0, no = 0;
  bool out = false;
  friend auto operator<=>(const Settled&, const Settled&) = default;
};

// `most`: beyond this many, how many does not matter.
std::set<Settled> every_way(const std::vector<Member>& members, std::size_t most_yes, std::size_t most_no) {
  std::set<Settled> all = {{}};
  for (const Member& member : members) {
    const Ways ways = ways_of(member);
    std::set<Settled> next;
    for (const Settled& so_far : all) {
      if (ways.none) next.insert(so_far);
      if (ways.yes) next.insert({std::min(so_far.yes + 1, most_yes), so_far.no, so_far.out});
      if (ways.no) next.insert({so_far.yes, std::min(so_far.no + 1, most_no), so_far.out});
      if (ways.out) next.insert({so_far.yes, so_far.no, true});
    }
    all = std::move(next);
  }
  return all;
}

bool nobody_left(const Settled& of) { return of.yes == 0 && of.no == 0 && of.out; }

void add_why(Answer& made, const Member& member) {
  if (member.counts.no && member.counts.yes) add(made.why, member.counts_why);
  if (member.answer.unknown()) add(made.why, member.answer.why);
}

}  // namespace

Answer Derivation::quantity(const ast::Quantified& node, std::vector<Member> members) {
  const bool all = node.quantity == ast::Quantity::All;
  const std::size_t k = node.quantity == ast::Quantity::Any ? 1 : node.quantity == ast::Quantity::None ? 0 : node.count;
  Possible found;
  for (const Settled& way : every_way(members, k + 1, 1)) {
    if (nobody_left(way)) {
      found.out = true;
      continue;
    }
    bool holds = false;
    switch (node.quantity) {
      case ast::Quantity::Any:
      case ast::Quantity::AtLeast:
        holds = way.yes >= k;
        break;
      case ast::Quantity::All:
        holds = way.no == 0;
        break;
      case ast::Quantity::None:
      case ast::Quantity::AtMost:
        holds = way.yes <= k;
        break;
      case ast::Quantity::Exactly:
        holds = way.yes == k;
        break;
    }
    (holds ? found.yes : found.no) = true;
  }
  Answer made;
  for (const Member& member : members) {
    const Ways ways = ways_of(member);
    const bool yes = all ? ways.yes || ways.none : ways.yes, no = all ? ways.no : ways.no || ways.none;
    if (int{yes} + int{no} + int{ways.out} > 1) add_why(made, member);
    add(made.marks, member.counts_marks);
    if (member.counts.yes) add(made.marks, member.answer.marks);
  }
  return condition(found, made.why, made.marks);
}

Answer Derivation::counted(bool share, const std::vector<Member>& members) {
  Answer made;
  made.may_apply = false;
  const std::size_t n = members.size();
  const auto take = [&](Decimal value) {
    made.may_apply = true;
    made.low = made.low ? lower(*made.low, value) : value;
    made.high = made.high ? higher(*made.high, value) : value;
  };
  for (const Settled& way : every_way(members, n, share ? n : 1)) {
    const auto yes = static_cast<std::int64_t>(way.yes), no = static_cast<std::int64_t>(way.no);
    if (nobody_left(way) || (share && yes + no == 0))
      made.may_not_apply = true;
    else if (!share)
      take(Decimal::from_int(yes));
    else
      take(*run_of({Decimal::from_int(yes), Decimal::from_int(100)}, {Decimal::from_int(yes + no)}));
  }
  for (const Member& member : members) {
    const Ways ways = ways_of(member);
    const bool no = ways.no || (!share && ways.none), none = share && ways.none;
    if (int{ways.yes} + int{no} + int{ways.out} + int{none} > 1) add_why(made, member);
    add(made.marks, member.counts_marks);
    if (member.counts.yes) add(made.marks, member.answer.marks);
  }
  return settled(made);
}

// 4.7: without those that are unknown for no reason but missing; if none is left, unknown.
bool passed_over(const Member& member) {
  const bool open = member.counts.yes && (member.counts.no || member.answer.unknown());
  if (!open) return false;
  Reasons why = member.counts.no ? member.counts_why : Reasons{};
  if (member.answer.unknown()) add(why, member.answer.why);
  return std::all_of(why.begin(), why.end(),
                     [](const Reason& reason) { return reason.lacking == Lacking::Missing; });
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
    const bool left = std::any_of(members.begin(), members.end(), [](const Member& each) { return each.counts.yes; });
    if (!left && members.size() < before)
      return condition({.no = true, .yes = true}, left_out.why, {});
  }
  return quantity(node, std::move(members));
}

Answer Derivation::aggregate(ast::ExprId id, const ast::Aggregate& node, const Place& place) {
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
    const bool left = std::any_of(members.begin(), members.end(), [](const Member& each) { return each.counts.yes; });
    if (!left && members.size() < before) {
      Answer none = unknown_of(book_.type(id), {});
      none.why = left_out.why;
      return none;
    }
  }
  return counts ? counted(node.op == Share, members) : total(node.op, members, place);
}

}  // namespace assay::verifier
