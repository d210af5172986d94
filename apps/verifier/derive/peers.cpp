// The nearest in something (docs/language.md 2.5, 11.2).
#include <algorithm>

#include "apps/verifier/derive/derivation.h"
#include "apps/verifier/derive/exact.h"

namespace assay::verifier {
namespace {

struct Far {
  std::optional<Decimal> low, high;  // how far, at least and at most; no end: any
};

Far distance(const Answer& a, const Answer& b) {
  Far far{Decimal(), std::nullopt};
  if (!a.low || !a.high || !b.low || !b.high) return far;
  const Decimal al = std::get<Decimal>(*a.low), ah = std::get<Decimal>(*a.high);
  const Decimal bl = std::get<Decimal>(*b.low), bh = std::get<Decimal>(*b.high);
  const auto up = minus(ah, bl), down = minus(bh, al);
  if (!up || !down) return far;
  far.high = up->compare(*down) >= 0 ? *up : *down;
  if (ah.compare(bl) < 0) far.low = minus(bl, ah);
  if (bh.compare(al) < 0) far.low = minus(al, bh);
  return far;
}

bool only_missing(const Answer& answer) {
  return std::all_of(answer.why.begin(), answer.why.end(),
                     [](const Reason& reason) { return reason.lacking == Lacking::Missing; });
}

}  // namespace

void Derivation::keep_nearest(std::vector<Member>& members, const ast::SetOf& set, const SetRef& ref,
                              bool ignoring_missing, const Place& place) {
  const SubjectId peer = place.slots[*ref.peer];
  std::erase_if(members, [&](const Member& member) { return member.subject == peer; });
  const Answer own = expr(set.nearest->by, inside(ref, peer, std::nullopt, place));
  std::vector<Answer> theirs;
  std::vector<Far> far;
  Reasons why = own.why;
  Marks marks = own.marks;
  effort_.spend(kStepsAMember + members.size() * members.size() / 4);
  std::vector<bool> out;
  for (const Member& member : members) {
    theirs.push_back(expr(set.nearest->by, inside(ref, *member.subject, std::nullopt, place)));
    far.push_back(distance(theirs.back(), own));
    const bool passed_over = ignoring_missing && theirs.back().unknown() && only_missing(theirs.back());
    out.push_back(passed_over || theirs.back().not_applicable() || own.not_applicable());
    if (out.back()) continue;
    add(why, theirs.back().why);
    add(marks, theirs.back().marks);
    effort_.spend(why.size() + marks.size());
  }
  // Is j before i, surely or perhaps? At one distance those that come first in the order of subjects.
  const auto before = [&](std::size_t j, std::size_t i, bool surely) {
    const auto& end_j = surely ? far[j].high : far[j].low;
    const auto& end_i = surely ? far[i].low : far[i].high;
    if (!end_j) return false;
    if (!end_i) return true;
    const auto found = end_j->compare(*end_i);
    return found < 0 || (found == 0 && j < i);
  };
  for (std::size_t i = 0; i < members.size(); ++i) {
    std::size_t surely = 0, perhaps = 0;
    for (std::size_t j = 0; j < members.size(); ++j) {
      if (j == i || out[j]) continue;
      if (before(j, i, true) && !theirs[j].may_not_apply && !own.may_not_apply) ++surely;
      if (before(j, i, false)) ++perhaps;
    }
    const bool may = !out[i] && surely < set.nearest->count;
    const bool must = !out[i] && perhaps < set.nearest->count && !theirs[i].may_not_apply && !own.may_not_apply;
    Member& member = members[i];
    if (!may) member.counts = {.no = true};
    if (may && !must && member.counts.yes) {
      member.counts.no = true;
      add(member.counts_why, why);
      effort_.spend(kStepsAReason * why.size());
    }
    effort_.spend(kStepsAReason * marks.size());
    add(member.counts_marks, marks);
  }
}

}  // namespace assay::verifier
