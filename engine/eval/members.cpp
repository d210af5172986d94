// What an aggregate or quantifier ranges over: the members of a list or a set, each with whether it counts and what it
// says.
#include <algorithm>

#include "dsl/syntax/children.h"
#include "engine/eval/evaluation.h"
#include "engine/eval/truth_set.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

bool only_missing(const Cell& cell) {
  return std::all_of(cell.why.begin(), cell.why.end(), [](const Reason& r) { return r.kind == ReasonKind::Missing; });
}

// Members of a set with the link by which each was reached, in subject order, each once.
struct Reached {
  SubjectId subject;
  std::optional<SubjectId> link;
};

std::vector<Reached> hop(const Snapshot& snapshot, const std::vector<Reached>& from, Hop hop, Date date) {
  std::vector<Reached> out;
  for (const Reached& start : from) {
    const auto links =
        hop.forward ? snapshot.links_from(hop.relation, start.subject) : snapshot.links_to(hop.relation, start.subject);
    for (SubjectId link : links) {
      if (!in_being(snapshot, link, date)) continue;
      const Subject& pair = snapshot.subject(link);
      out.push_back({hop.forward ? *pair.to : *pair.from, link});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Reached& a, const Reached& b) { return a.subject < b.subject; });
  out.erase(
      std::unique(out.begin(), out.end(), [](const Reached& a, const Reached& b) { return a.subject == b.subject; }),
      out.end());
  return out;
}

std::vector<Reached> reach(const Snapshot& snapshot, const SetRef& set, const Scope& scope) {
  const Date date = scope.moment.date();
  std::vector<Reached> out;
  if (!set.anchor) {
    for (SubjectId subject : snapshot.of_kind(set.members))
      if (in_being(snapshot, subject, date)) out.push_back({subject, std::nullopt});
  } else {
    out.push_back({scope.slots[*set.anchor], std::nullopt});
    for (const Hop& next : set.hops) out = hop(snapshot, out, next, date);
  }
  if (set.others)
    std::erase_if(out, [&](const Reached& r) { return r.subject == scope.slots[set.anchor.value_or(0)]; });
  return out;
}

}  // namespace

std::vector<Member> Evaluation::list_members(const std::vector<ast::ExprId>& list,
                                             const std::optional<ast::Relation>& each, const Scope& scope) {
  std::vector<Member> out;
  for (ast::ExprId id : list) {
    Member member;
    member.expr = id;
    member.cell = expr(id, scope);
    if (each) {
      member.cell = compare(member.cell, *each, rulebook_.type(id), id, scope);
      if (watch_) watch_({id, true, scope}, member.cell);
    }
    out.push_back(std::move(member));
  }
  return out;
}

std::vector<Member> Evaluation::set_members(ast::ExprId id, const ast::SetOf& set, const Scope& scope) {
  const auto& ref = std::get<SetRef>(rulebook_.resolved[set.set.index]);
  const auto* aggregate = std::get_if<ast::Aggregate>(&rulebook_.tree.expr(id));
  const auto* quantified = std::get_if<ast::Quantified>(&rulebook_.tree.expr(id));
  const auto& each = aggregate ? aggregate->each : quantified->each;
  std::vector<Member> out;
  for (const Reached& reached : reach(snapshot_, ref, scope)) {
    Scope here = scope;
    here.slots.resize(std::max<std::size_t>({here.slots.size(), ref.member_slot + 1u, ref.link_slot.value_or(0) + 1u}));
    here.slots[ref.member_slot] = reached.subject;
    if (ref.link_slot && reached.link) here.slots[*ref.link_slot] = *reached.link;
    Member member;
    member.subject = reached.subject;
    member.link = reached.link;
    Cell where = set.where ? expr(*set.where, here) : Cell::of(Value(true));
    member.where = where.truth() == Truth::NotApplicable ? Truth::No : where.truth();
    if (ref.value) {
      member.cell = std::holds_alternative<FieldOf>(*ref.value)
                        ? read(std::get<FieldOf>(*ref.value).field, reached.subject, scope.moment).cell
                        : rule(std::get<RuleOf>(*ref.value).rule, reached.subject, scope.moment);
      if (each) member.cell = compare(member.cell, *each, member_type(ref), set.set, here);
      if (watch_) watch_({set.set, true, here}, member.cell);
    } else {
      member.cell = set.meet ? expr(*set.meet, here) : Cell::of(Value(true));
    }
    if (member.where == Truth::Unknown) merge(member.cell.why, where.why);
    merge(member.cell.marks, where.marks);
    out.push_back(std::move(member));
  }
  if (auto unnamed = unnamed_member(ref, scope)) out.push_back(std::move(*unnamed));
  return out;
}

std::optional<Member> Evaluation::unnamed_member(const SetRef& set, const Scope& scope) const {
  if (!set.anchor || set.hops.empty()) return std::nullopt;
  const Hop& first = set.hops.front();
  const Demand& demand = demands_[first.relation.index];
  const std::uint32_t least = first.forward ? demand.from : demand.to;
  const SubjectId anchor = scope.slots[*set.anchor];
  const Date date = scope.moment.date();
  if (least == 0 || !in_being(snapshot_, anchor, date)) return std::nullopt;
  const auto links =
      first.forward ? snapshot_.links_from(first.relation, anchor) : snapshot_.links_to(first.relation, anchor);
  std::uint32_t held = 0;
  for (SubjectId link : links) held += in_being(snapshot_, link, date) ? 1u : 0u;
  if (held >= least) return std::nullopt;
  const KindDef& relation = snapshot_.schema().kind(first.relation);
  Member member;
  member.where = Truth::Unknown;
  std::string detail = fmt::format("{} held where each has at least {}", held, least);
  member.cell = Cell::unknown_between(
      std::nullopt, std::nullopt, {{anchor, relation.register_field, date, ReasonKind::Missing, std::move(detail)}});
  return member;
}

const ValueType& Evaluation::member_type(const SetRef& set) const {
  CHECK(set.value);
  if (const auto* field = std::get_if<FieldOf>(&*set.value)) return snapshot_.schema().field(field->field).type;
  return rulebook_.type(rulebook_.rule(std::get<RuleOf>(*set.value).rule).type);
}

std::vector<Member> Evaluation::members(ast::ExprId id, const Scope& scope) {
  const auto& node = rulebook_.tree.expr(id);
  const auto* quantified = std::get_if<ast::Quantified>(&node);
  const auto* aggregate = std::get_if<ast::Aggregate>(&node);
  CHECK(quantified || aggregate);
  const ast::Range& range = quantified ? quantified->range : aggregate->range;
  const auto& each = quantified ? quantified->each : aggregate->each;
  const bool ignoring = quantified ? quantified->ignoring_missing : aggregate->ignoring_missing;
  std::vector<Member> out;
  if (const auto* list = std::get_if<ast::ListOf>(&range)) {
    out = list_members(list->members, each, scope);
  } else {
    const auto& set = std::get<ast::SetOf>(range);
    out = std::holds_alternative<MatchesRef>(rulebook_.resolved[set.set.index]) ? match_members(scope)
                                                                                : set_members(id, set, scope);
  }
  for (Member& member : out) {
    member.left_out = !member.cell.applies() || member.where == Truth::No;
    if (ignoring && member.cell.unknown() && only_missing(member.cell)) member.left_out = true;
  }
  return out;
}

std::optional<ast::ExprId> Evaluation::quantifier_of_when(RuleId id) const {
  const auto& body = rulebook_.rule(id).body;
  std::optional<ast::ExprId> when;
  if (const auto* flag = std::get_if<FlagRule>(&body)) when = flag->when;
  if (const auto* interaction = std::get_if<InteractionRule>(&body)) when = interaction->when;
  std::optional<ast::ExprId> found;
  const auto look = [&](auto&& self, ast::ExprId at) -> void {
    if (std::holds_alternative<ast::Quantified>(rulebook_.tree.expr(at))) {
      found = at;
      return;
    }
    ast::for_each_child(rulebook_.tree.expr(at), [&](ast::ExprId child) { self(self, child); });
  };
  if (when) look(look, *when);
  return found;
}

// The members that surely met the one quantifier of `when`.
std::vector<Member> Evaluation::match_members(const Scope& scope) {
  const auto quantifier = quantifier_of_when(scope.rule);
  CHECK(quantifier);
  std::vector<Member> met = members(*quantifier, scope);
  std::erase_if(met,
                [](const Member& m) { return m.left_out || m.where != Truth::Yes || m.cell.truth() != Truth::Yes; });
  return met;
}

}  // namespace assay
