// Who the members of a set are: all of a kind, or those related to one, and which of them count (docs/language.md 2.3
// to 2.5, 4.7).
#include <algorithm>

#include "apps/verifier/derive/derivation.h"
#include "apps/verifier/derive/logic.h"

namespace assay::verifier {

std::vector<Member> Derivation::members_of_list(const ast::ListOf& list, const std::optional<ast::Relation>& each,
                                                const Place& place) {
  std::vector<Member> members;
  for (std::size_t i = 0; i < list.members.size(); ++i) {
    Member member;
    member.answer = expr(list.members[i], place);
    if (each) member.answer = compare(member.answer, *each, better_direction(book_, list.members[i]), place);
    if (!list.weights.empty())
      member.weight = list.weights[i] ? expr(*list.weights[i], place) : known(Decimal::from_int(1));
    effort_.spend(kStepsAMember);
    members.push_back(std::move(member));
  }
  spend_on(members);
  return members;
}

// 2.4: each once, in the order of subjects. 4.7: where a relation demands more than are held, some are missing.
std::vector<Derivation::Reached> Derivation::reach(const SetRef& ref, const Place& place,
                                                   std::vector<Reason>& short_of) const {
  const Snapshot& snapshot = evidence_.snapshot();
  const Date date = place.moment.date();
  std::map<SubjectId, std::optional<SubjectId>> found;
  if (ref.hops.empty()) {
    effort_.spend(10 * snapshot.of_kind(ref.members).size());
    for (const SubjectId each : snapshot.of_kind(ref.members))
      if (evidence_.in_being(each, date)) found.emplace(each, std::nullopt);
  } else {
    found.emplace(place.slots[*ref.anchor], std::nullopt);
    for (const Hop& hop : ref.hops) {
      std::map<SubjectId, std::optional<SubjectId>> next;
      for (const auto& [from, link_before] : found) {
        std::uint32_t held = 0;
        effort_.spend(snapshot.of_kind(hop.relation).size());
        for (const SubjectId link : snapshot.of_kind(hop.relation)) {
          const Subject& ends = snapshot.subject(link);
          const SubjectId near = hop.forward ? *ends.from : *ends.to, far = hop.forward ? *ends.to : *ends.from;
          if (near != from || !evidence_.in_being(link, date)) continue;
          ++held;
          effort_.spend(10);
          next.emplace(far, link);
        }
        if (held < demanded(hop) && evidence_.in_being(from, date))
          effort_.spend(kStepsAReason),
              short_of.push_back({from, evidence_.schema().kind(hop.relation).register_field, date, Lacking::Missing});
      }
      found = std::move(next);
    }
  }
  if (ref.others && ref.anchor) found.erase(place.slots[*ref.anchor]);
  std::vector<Reached> reached;
  for (const auto& [subject, link] : found) reached.push_back({subject, ref.link_slot ? link : std::nullopt});
  return reached;
}

// How many links of a relation each subject at this end of it has to have.
std::uint32_t Derivation::demanded(const Hop& hop) const {
  const KindDef& relation = evidence_.schema().kind(hop.relation);
  const KindId near = hop.forward ? relation.from : relation.to;
  std::uint32_t most = 0;
  effort_.spend(book_.tree.decl_count());
  for (std::uint32_t i = 0; i < book_.tree.decl_count(); ++i) {
    const auto* decl = std::get_if<ast::RelationDecl>(&book_.tree.decl(ast::DeclId{i}));
    if (decl == nullptr || decl->name.text != relation.name) continue;
    for (const auto& each : decl->each)
      if (each.kind.text == evidence_.schema().kind(near).name) most = std::max(most, each.at_least);
  }
  return most;
}

Place Derivation::inside(const SetRef& ref, SubjectId subject, std::optional<SubjectId> link,
                         const Place& place) const {
  Place inner = place;
  inner.slots.resize(std::max<std::size_t>(inner.slots.size(), ref.member_slot + std::size_t{1}));
  inner.slots[ref.member_slot] = subject;
  if (ref.link_slot) {
    inner.slots.resize(std::max<std::size_t>(inner.slots.size(), *ref.link_slot + std::size_t{1}));
    if (link) inner.slots[*ref.link_slot] = *link;
  }
  return inner;
}

// 2.5: as the subject is. What does not apply to one of them is not the same.
Answer Derivation::alike(ast::ExprId same_as, const SetRef& ref, SubjectId subject, const Place& place) {
  const SubjectId peer = place.slots[*ref.peer];
  const Answer member = expr(same_as, inside(ref, subject, std::nullopt, place));
  const Answer own = expr(same_as, inside(ref, peer, std::nullopt, place));
  return same_answers(member, own);
}

// Is it one of those among whom members are found: as the subject is?
Member Derivation::candidate(const ast::SetOf& set, const SetRef& ref, const Reached& reached, const Place& place) {
  effort_.spend(kStepsAMember);
  Member member;
  member.subject = reached.subject;
  member.link = reached.link;
  std::vector<Answer> like;
  for (const ast::ExprId same_as : set.with_same) like.push_back(alike(same_as, ref, reached.subject, place));
  if (like.empty()) return member;
  const Answer all = every(like);
  member.counts = possible(all);
  member.counts_why = all.why;
  member.counts_marks = all.marks;
  return member;
}

// Of one that is, or may be, a member: whether it counts, and what is asked of it.
void Derivation::ask_member(Member& member, const ast::SetOf& set, const SetRef& ref, const Asking& asking,
                            const Place& place) {
  const Place inner = inside(ref, *member.subject, member.link, place);
  if (set.where) {  // one that does not apply is no
    const Answer where = expr(*set.where, inner);
    Possible holds = possible(where);
    holds.no = holds.no || holds.out;
    holds.out = false;
    const Answer counts = condition(member.counts, member.counts_why, member.counts_marks);
    const Answer both = every(std::vector{counts, condition(holds, where.why, where.marks)});
    member.counts = possible(both);
    member.counts_why = both.why;
    member.counts_marks = both.marks;
  }
  std::vector<Answer> asked;
  if (ref.value) {
    Answer value = std::holds_alternative<FieldOf>(*ref.value)
                       ? field(std::get<FieldOf>(*ref.value).field, *member.subject, inner.moment, place.rule)
                       : rule_of(std::get<RuleOf>(*ref.value), *member.subject, inner);
    if (asking.each != nullptr && *asking.each)
      value = compare(value, **asking.each, better_direction(book_, set.set), place);
    asked.push_back(value);
  }
  if (asking.position) asked.push_back(expr(*asking.position, inner));
  if (set.meet) asked.push_back(expr(*set.meet, inner));
  member.answer = asked.empty() ? known(true) : asked.size() == 1 ? asked[0] : every(asked);
  if (asking.weighted_by) member.weight = expr(*asking.weighted_by, inner);
}

std::vector<Member> Derivation::members_of_set(const ast::SetOf& set, const Asking& asking, const Place& place) {
  const SetRef& ref = std::get<SetRef>(book_.resolved[set.set.index]);
  std::vector<Reason> short_of;
  std::vector<Member> members;
  for (const Reached& each : reach(ref, place, short_of)) {
    if ((asking.position || set.nearest) && each.subject == place.slots[*ref.peer]) continue;
    members.push_back(candidate(set, ref, each, place));
  }
  // What is not alike is asked nothing more; and the nearest are taken of those that are.
  std::erase_if(members, [](const Member& member) { return !member.counts.yes; });
  if (set.nearest) keep_nearest(members, set, ref, asking.ignoring_missing, place);
  std::erase_if(members, [](const Member& member) { return !member.counts.yes; });
  for (Member& member : members) ask_member(member, set, ref, asking, place);
  const ValueType* type = nullptr;
  if (asking.position)
    type = &book_.type(*asking.position);
  else if (ref.value && !asking.condition)
    type = &book_.type(set.set);
  const ValueType* weight = asking.weighted_by ? &book_.type(*asking.weighted_by) : nullptr;
  if (!short_of.empty()) {
    Member unnamed;
    std::sort(short_of.begin(), short_of.end());
    unnamed.counts.no = true;
    unnamed.counts_why = short_of;
    unnamed.answer =
        type != nullptr ? unknown_between({}, {}, short_of) : condition({.no = true, .yes = true}, short_of, {});
    if (weight != nullptr) unnamed.weight = unknown_between({}, {}, short_of);
    members.push_back(std::move(unnamed));
  }
  if (set.expecting) add_expected(members, set, ref, type, weight, asking.position.has_value(), place);
  spend_on(members);
  return members;
}

// 4.7: where fewer are held, the rest are members of unknown value.
void Derivation::add_expected(std::vector<Member>& members, const ast::SetOf& set, const SetRef& ref,
                              const ValueType* type, const ValueType* weight, bool subject_too, const Place& place) {
  const Answer expected = expr(*set.expecting, place);
  if (!expected.may_apply) return;
  std::int64_t held = subject_too && !set.nearest ? 1 : 0;
  for (const Member& member : members) held += member.counts.yes ? 1 : 0;
  const auto count = [&](const std::optional<Value>& end) {
    return end ? std::max<std::int64_t>(0, std::get<Decimal>(*end).to_scaled(0).value_or(0)) : held + 1;
  };
  const std::int64_t least = count(expected.low), most = std::max(least, count(expected.high));
  const FieldId registered = evidence_.schema().kind(ref.members).register_field;
  const SubjectId whose = place.slots[ref.peer.value_or(ref.anchor.value_or(0))];
  const Reason why{whose, registered, place.moment.date(), Lacking::Missing};
  for (; held < most; ++held) {
    effort_.spend(kStepsAMember);
    Member more;
    more.expected = true;
    more.counts.no = held >= least;
    more.answer = type != nullptr && is_numeric(type->kind) ? unknown_of(*type, why)
                  : type != nullptr                         ? unknown_between({}, {}, {why})
                                                            : condition({.no = true, .yes = true}, {why}, {});
    add(more.answer.why, expected.known() ? Reasons{} : expected.why);
    if (more.counts.no) more.counts_why = more.answer.why;
    more.answer.marks = expected.marks;
    if (weight != nullptr) more.weight = unknown_between({}, {}, more.answer.why);
    members.push_back(std::move(more));
  }
}

}  // namespace assay::verifier
