// Sets chosen by likeness: the nearest, and how many there should be (docs/language.md 2.5, 4.7).
#include <algorithm>
#include <tuple>

#include "engine/eval/arithmetic.h"
#include "engine/eval/evaluation.h"

namespace assay {

namespace {

using End = std::optional<Value>;

Decimal number(const Value& value) { return std::get<Decimal>(value); }

// How far apart two values are: the ends of what the distance could be.
struct Distance {
  std::size_t member;  // its place among the members, by which those at one distance are taken
  End low, high;
  bool known() const { return low && high && order(*low, *high) == 0; }
};

Distance distance_between(std::size_t member, const Cell& a, const Cell& b) {
  Distance out{member, Value(Decimal()), std::nullopt};
  const Cell apart = subtract_cells(a, b, false);
  if (!apart.low || !apart.high) return out;
  const Decimal low = number(*apart.low), high = number(*apart.high), zero;
  const Decimal far = low.negated().compare(high) > 0 ? low.negated() : high;
  out.high = Value(far);
  if (low.compare(zero) > 0) out.low = Value(low);
  if (high.compare(zero) < 0) out.low = Value(high.negated());
  return out;
}

// Is the one surely, or possibly, taken before the other?
bool surely_before(const Distance& a, const Distance& b) {
  if (!a.high) return false;
  if (a.known() && b.known() && order(*a.high, *b.low) == 0) return a.member < b.member;
  return order(*a.high, *b.low) < 0;
}
bool possibly_before(const Distance& a, const Distance& b) {
  if (!b.high) return true;
  if (a.known() && b.known() && order(*a.low, *b.high) == 0) return a.member < b.member;
  return order(*a.low, *b.high) <= 0;
}

}  // namespace

// A member surely among the nearest counts as it did; one that may be counts only perhaps, because of every distance
// that is not known; the others do not.
void Evaluation::keep_nearest(std::vector<Member>& members, const ast::SetOf& set, const SetRef& ref,
                              bool ignoring_missing, const Scope& scope) {
  Scope here = scope;
  here.slots.resize(std::max<std::size_t>(here.slots.size(), ref.member_slot + 1u));
  const auto by_of = [&](SubjectId subject) {
    here.slots[ref.member_slot] = subject;
    return expr(set.nearest->by, here);
  };
  const Cell own = by_of(scope.slots[*ref.peer]);
  std::vector<Distance> distances;
  Reasons why = own.why;
  Marks marks = own.marks;
  std::erase_if(members, [](const Member& member) { return !member.subject; });
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Cell by = by_of(*members[i].subject);
    const bool missing = by.unknown() && std::ranges::all_of(by.why, [](const Reason& reason) {
                           return reason.kind == ReasonKind::Missing;
                         });
    if (!by.applies() || !own.applies() || (missing && ignoring_missing)) continue;
    merge(why, by.why);
    merge(marks, by.marks);
    distances.push_back(distance_between(i, own, by));
  }
  std::vector<Truth> near(members.size(), Truth::No);
  for (const Distance& one : distances) {
    std::size_t surely = 0, possibly = 0;
    for (const Distance& other : distances) {
      if (other.member == one.member) continue;
      surely += surely_before(other, one) ? 1U : 0U;
      possibly += possibly_before(other, one) ? 1U : 0U;
    }
    const std::size_t count = set.nearest->count;
    near[one.member] = possibly < count ? Truth::Yes : surely >= count ? Truth::No : Truth::Unknown;
  }
  std::vector<Member> kept;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (near[i] == Truth::No) continue;
    members[i].where = both(members[i].where, near[i]);
    if (near[i] == Truth::Unknown && members[i].where == Truth::Unknown) merge(members[i].cell.why, why);
    merge(members[i].cell.marks, marks);
    kept.push_back(std::move(members[i]));
  }
  members = std::move(kept);
}

// Those that should be there and are not held are members of unknown value.
void Evaluation::add_expected(std::vector<Member>& members, const ast::SetOf& set, const SetRef& ref,
                              const ValueType* type, const Scope& scope) {
  const Cell expected = expr(*set.expecting, scope);
  if (!expected.applies()) return;
  const KindDef& kind = snapshot_.schema().kind(ref.members);
  // The subject that stands among them is one of those expected.
  std::int64_t held = ref.peer && !set.nearest ? 1 : 0;
  for (const Member& member : members) held += member.where == Truth::No ? 0 : 1;
  constexpr std::int64_t kMembersMax = 100'000;
  const auto whole = [&](const End& end) {
    const auto scaled = end ? number(*end).to_scaled(0) : std::optional<std::int64_t>(held + 1);
    return std::clamp<std::int64_t>(scaled.value_or(kMembersMax), 0, kMembersMax);
  };
  const std::int64_t least = whole(expected.low), most = std::max(least, whole(expected.high));
  const SubjectId whose = scope.slots[ref.peer.value_or(ref.anchor.value_or(0))];
  const Reason reason{whose, kind.register_field, scope.moment.date(), ReasonKind::Missing,
                      expected.known() ? fmt::format("{} held where {} are expected", held, least)
                                       : fmt::format("{} held, and how many are expected is not known", held)};
  for (std::int64_t i = held; i < most; ++i) {
    Member member;
    member.expected = true;
    member.where = i < least ? Truth::Yes : Truth::Unknown;
    const auto end = [](const std::optional<Decimal>& of) { return of ? End(Value(*of)) : End(); };
    member.cell = type ? Cell::unknown_between(end(type->low), end(type->high), {reason})
                       : Cell::unknown_between(std::nullopt, std::nullopt, {reason});
    if (!expected.known()) merge(member.cell.why, expected.why);
    merge(member.cell.marks, expected.marks);
    members.push_back(std::move(member));
  }
}

}  // namespace assay
