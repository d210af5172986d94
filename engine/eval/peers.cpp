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
  bool optional = false;  // it may not apply, and then there is none
  bool known() const { return low && high && order(*low, *high) == 0; }
};

Distance distance_between(std::size_t member, const Cell& a, const Cell& b) {
  Distance out{member, Value(Decimal()), std::nullopt};
  if (a.known() && b.known()) {
    const auto apart = subtract(number(a.value()), number(b.value()));
    if (!apart) return out;
    out.low = out.high = Value(apart->compare(Decimal()) < 0 ? apart->negated() : *apart);
    return out;
  }
  const Cell apart = subtract_cells(a, b, false);
  if (!apart.low || !apart.high) return out;
  const Decimal low = number(*apart.low), high = number(*apart.high), zero;
  const Decimal far = low.negated().compare(high) > 0 ? low.negated() : high;
  out.high = Value(far);
  if (low.compare(zero) > 0) out.low = Value(low);
  if (high.compare(zero) < 0) out.low = Value(high.negated());
  return out;
}

// One end of a distance in the order in which members are taken: nearer first, at one distance in their own order.
struct TakenAt {
  Value at;
  std::size_t member;
};
bool operator<(const TakenAt& a, const TakenAt& b) {
  if (const auto of = order(a.at, b.at); of != 0) return of < 0;
  return a.member < b.member;
}

std::size_t before(const std::vector<TakenAt>& ends, const TakenAt& end) {
  return static_cast<std::size_t>(std::lower_bound(ends.begin(), ends.end(), end) - ends.begin());
}

// Which members are surely, possibly or not among so many nearest.
std::vector<Truth> nearest_of(const std::vector<Distance>& distances, std::size_t members, std::size_t count) {
  std::vector<TakenAt> lows, highs;
  for (const Distance& one : distances) {
    lows.push_back({*one.low, one.member});
    if (one.high && !one.optional) highs.push_back({*one.high, one.member});
  }
  std::sort(lows.begin(), lows.end());
  std::sort(highs.begin(), highs.end());
  std::vector<Truth> near(members, Truth::No);
  for (const Distance& one : distances) {
    // Surely before: its far end is taken before this one's near end. Possibly: all whose near end is taken before this
    // one's far end, but itself.
    const std::size_t surely = before(highs, {*one.low, one.member});
    const std::size_t possibly =
        one.high ? before(lows, {*one.high, one.member}) - (one.known() ? 0 : 1) : distances.size() - 1;
    near[one.member] = possibly < count && !one.optional ? Truth::Yes : surely >= count ? Truth::No : Truth::Unknown;
  }
  return near;
}

}  // namespace

Evaluation::Near Evaluation::find_nearest(const std::vector<SubjectId>& subjects, const ast::SetOf& set,
                                          const SetRef& ref, bool ignoring_missing, const Scope& scope) {
  Scope here = scope;
  here.slots.resize(std::max<std::size_t>(here.slots.size(), ref.member_slot + 1u));
  const auto by_of = [&](SubjectId subject) {
    here.slots[ref.member_slot] = subject;
    return of_member(set.nearest->by, ref, here);
  };
  const Cell own = by_of(scope.slots[*ref.peer]);
  Near out{{}, own.why, own.marks};
  std::vector<Distance> distances;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const Cell by = by_of(subjects[i]);
    const bool missing = by.unknown() && std::ranges::all_of(by.why, [](const Reason& reason) {
                           return reason.kind == ReasonKind::Missing;
                         });
    if (!by.applies() || !own.applies() || (missing && ignoring_missing)) continue;
    if (!by.why.empty()) merge(out.why, by.why);
    if (!by.marks.empty()) merge(out.marks, by.marks);
    distances.push_back(distance_between(i, own, by));
    distances.back().optional = by.may_not_apply || own.may_not_apply;
  }
  out.members = nearest_of(distances, subjects.size(), set.nearest->count);
  return out;
}

// A member surely among the nearest counts; one that may be counts only perhaps, because of every distance that is not
// known; the others do not.
Evaluation::Near Evaluation::nearest(const std::vector<SubjectId>& subjects, const ast::SetOf& set, const SetRef& ref,
                                     bool ignoring_missing, const Scope& scope) {
  // The same in every rule that asks by the same field, where nothing narrows those among whom they are found.
  const auto* by = std::get_if<FieldOf>(&rulebook_.resolved[set.nearest->by.index]);
  const bool candid = by && rulebook_.evidence[by->field.index].release;  // for some it is, for others not known
  if (!by || candid || !ref.hops.empty() || !set.with_same.empty() || recorder_ || watch_ || scope.above)
    return find_nearest(subjects, set, ref, ignoring_missing, scope);
  const Moment& when = scope.moment;
  const NearKey key{by->field.index,    scope.slots[*ref.peer].index,
                    set.nearest->count, ignoring_missing,
                    when.as_at.days,    when.months_back,
                    when.days_back};
  const auto found = nearest_.find(key);
  if (found != nearest_.end()) return found->second;
  return nearest_.emplace(key, find_nearest(subjects, set, ref, ignoring_missing, scope)).first->second;
}

// Those that should be there and are not held are members of unknown value.
void Evaluation::add_expected(std::vector<Member>& members, const ast::SetOf& set, const AskedOfMember& asked,
                              const ValueType* type, const Scope& scope) {
  const auto& ref = std::get<SetRef>(rulebook_.resolved[set.set.index]);
  const Cell expected = expr(*set.expecting, scope);
  if (!expected.applies()) return;
  const KindDef& kind = snapshot_.schema().kind(ref.members);
  // The subject that stands among them is one of those expected; in any other set it is a member like the rest.
  std::int64_t held = asked.place && !set.nearest ? 1 : 0;
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
