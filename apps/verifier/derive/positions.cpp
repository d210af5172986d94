// A subject's place among others (docs/language.md 4.6, 4.7).
#include <algorithm>
#include <set>

#include "apps/verifier/derive/derivation.h"
#include "apps/verifier/derive/exact.h"

namespace assay::verifier {
namespace {

// Twice what a member adds to the rank: 2 before the subject, 0 behind it, and at its value what ties take. From the
// least to the most that it may be.
struct Adds {
  int low = 0, high = 2;
};

Adds adds(const Answer& own, const Answer& other, bool from_lowest, int tie) {
  const auto &own_low = from_lowest ? own.low : own.high, &own_high = from_lowest ? own.high : own.low;
  const auto &low = from_lowest ? other.low : other.high, &high = from_lowest ? other.high : other.low;
  const auto below = [&](const Value& a, const Value& b) { return from_lowest ? order(a, b) < 0 : order(b, a) < 0; };
  Adds found;
  if (high && own_low) found.low = below(*high, *own_low) ? 2 : below(*own_low, *high) ? 0 : tie;
  if (low && own_high) found.high = below(*low, *own_high) ? 2 : below(*own_high, *low) ? 0 : tie;
  return found;
}

}  // namespace

// Where the subject stands, by twice its rank and how many there are: every way to settle the others.
struct Derivation::Standings {
  std::set<std::pair<std::int64_t, std::int64_t>> ways;
  Answer made;  // reasons, marks, whether it applies
  bool nobody = false;
};

Derivation::Standings Derivation::standings(ast::ExprId value, const ast::SetOf& among, bool from_lowest,
                                            ast::Ties ties, bool ignoring_missing, const Place& place) {
  const SetRef& ref = std::get<SetRef>(book_.resolved[among.set.index]);
  const SubjectId self = place.slots[*ref.peer];
  const Answer own = expr(value, inside(ref, self, std::nullopt, place));
  Standings found;
  found.made.marks = own.marks;
  found.made.may_not_apply = own.may_not_apply;
  found.made.may_apply = own.may_apply;
  if (!own.may_apply) return found;
  if (own.unknown()) found.made.why = own.why;
  const Asking asking{.each = nullptr, .weighted_by = {}, .position = value, .ignoring_missing = ignoring_missing};
  std::vector<Member> members = members_of_set(among, asking, place);
  const int tie = ties == ast::Ties::Best ? 0 : ties == ast::Ties::Worst ? 2 : 1;
  found.ways = {{2, 1}};
  std::int64_t sure_rank = 0, sure = 0;  // of those whose place is one
  // Its own value, unless that is one of those passed over.
  bool anybody = !own.unknown() || std::any_of(own.why.begin(), own.why.end(),
                                               [](const Reason& reason) { return reason.lacking != Lacking::Missing; });
  for (const Member& member : members) {
    if (ignoring_missing && passed_over(member)) continue;
    if (!member.counts.yes || !member.answer.may_apply) continue;
    add(found.made.marks, member.counts_marks);
    add(found.made.marks, member.answer.marks);
    anybody = true;
    const Adds by = adds(own, member.answer, from_lowest, tie);
    const bool optional = member.counts.no || member.answer.may_not_apply;
    if (by.low == by.high && !optional) {
      sure_rank += by.low;
      ++sure;
      continue;
    }
    effort_.spend(20 * found.ways.size());
    std::set<std::pair<std::int64_t, std::int64_t>> next;
    for (const auto& [rank, n] : found.ways) {
      if (optional) next.insert({rank, n});
      next.insert({rank + by.low, n + 1});
      next.insert({rank + by.high, n + 1});
    }
    found.ways = std::move(next);
    if (by.low != by.high || optional) {
      if (member.counts.no) add(found.made.why, member.counts_why);
      if (member.answer.unknown()) add(found.made.why, member.answer.why);
    }
  }
  std::set<std::pair<std::int64_t, std::int64_t>> all;
  for (const auto& [rank, n] : found.ways) all.insert({rank + sure_rank, n + sure});
  found.ways = std::move(all);
  found.nobody = ignoring_missing && !anybody;
  return found;
}

Answer Derivation::position(const ast::Position& node, const Place& place) {
  const bool up = better_direction(book_, node.value) != Direction::LowerIsBetter;
  const bool from_lowest = node.from == ast::ScaleEnd::Lowest || (node.from == ast::ScaleEnd::Best && !up) ||
                           (node.from == ast::ScaleEnd::Worst && up);
  Standings at = standings(node.value, node.among, from_lowest, node.ties, node.ignoring_missing, place);
  if (!at.made.may_apply) return settled(at.made);
  if (at.nobody) return at.made;
  const std::int64_t parts = ast::parts_of(node.op);
  for (const auto& [twice, n] : at.ways) {
    Decimal value = *run_of({Decimal::from_int(twice)}, {Decimal::from_int(2)});
    if (parts != 0) value = Decimal::from_int((twice * parts + 2 * n - 1) / (2 * n));
    at.made.low = at.made.low ? lower(*at.made.low, value) : value;
    at.made.high = at.made.high ? higher(*at.made.high, value) : value;
  }
  return settled(at.made);
}

// b + (w - b) * (rank - 1) / (n - 1), best first; b if n is 1.
Answer Derivation::spread(const ast::Spread& node, const Place& place) {
  const Answer best = expr(node.best, place), worst = expr(node.worst, place);
  const bool up = better_direction(book_, node.value) != Direction::LowerIsBetter;
  Standings at = standings(node.value, node.among, !up, node.ties, node.ignoring_missing, place);
  add(at.made.marks, best.marks);
  add(at.made.marks, worst.marks);
  if (!at.made.may_apply) return settled(at.made);
  if (at.nobody || !best.known() || !worst.known()) return at.made;
  const Decimal b = std::get<Decimal>(*best.low), w = std::get<Decimal>(*worst.low);
  for (const auto& [twice, n] : at.ways) {
    Decimal value = b;
    if (n > 1) {
      const auto apart = minus(w, b);
      if (!apart) {
        Answer fault = undefined(place);
        fault.marks = at.made.marks;
        return fault;
      }
      const auto part = run_of({*apart, Decimal::from_int(twice - 2)}, {Decimal::from_int(2 * (n - 1))});
      value = *plus(b, *part);
    }
    at.made.low = at.made.low ? lower(*at.made.low, value) : value;
    at.made.high = at.made.high ? higher(*at.made.high, value) : value;
  }
  return settled(at.made);
}

}  // namespace assay::verifier
