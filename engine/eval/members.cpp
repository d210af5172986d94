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

std::vector<Reached> reach(const Snapshot& snapshot, const std::vector<SubjectId>& in_force, const SetRef& set,
                           const Scope& scope) {
  const Date date = scope.moment.date();
  std::vector<Reached> out;
  if (!set.anchor || set.hops.empty()) {
    for (SubjectId subject : in_force) out.push_back({subject, std::nullopt});
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

namespace {

Scope scope_of_member(const SetRef& set, const Reached& reached, const Scope& scope) {
  Scope here = scope;
  here.slots.resize(std::max<std::size_t>({here.slots.size(), set.member_slot + 1u, set.link_slot.value_or(0) + 1u}));
  here.slots[set.member_slot] = reached.subject;
  if (set.link_slot && reached.link) here.slots[*set.link_slot] = *reached.link;
  return here;
}

}  // namespace

namespace {

// Of the rule's subject, whoever the member is.
bool asks_since_entering(const Rulebook& book, ast::ExprId id) {
  const ast::Expr& expr = book.tree.expr(id);
  if (std::holds_alternative<ast::SinceEntering>(expr)) return true;
  if (const auto* change = std::get_if<ast::Change>(&expr); change != nullptr && !change->over) return true;
  bool found = false;
  ast::for_each_child(expr, [&](ast::ExprId child) { found = found || asks_since_entering(book, child); });
  return found;
}

}  // namespace

Cell Evaluation::of_member(ast::ExprId id, const SetRef& ref, const Scope& member) {
  // The fence of a whole kind lets nothing but the member be read.
  if (!ref.hops.empty() || recorder_ || watch_ || member.above) return expr(id, member);
  if (regime_of(member.rule) && asks_since_entering(rulebook_, id)) return expr(id, member);
  const Key key{id.index, member.slots[ref.member_slot].index, member.moment};
  if (const auto found = member_cells_.find(key); found != member_cells_.end()) return found->second;
  Cell cell = expr(id, member);
  // What lacks a parameter, or is a fault, names the subject of the rule that asks: it is another's answer then.
  const SubjectId asks = member.slots[0];
  const FieldId registered = snapshot_.schema().kind(snapshot_.subject(asks).kind).register_field;
  const bool names_who_asks = std::any_of(cell.why.begin(), cell.why.end(), [&](const Reason& reason) {
    return reason.subject == asks && reason.field == registered;
  });
  if (names_who_asks) return cell;
  return member_cells_.insert_or_assign(key, std::move(cell)).first->second;
}

// Whether a member is as the peer is in what `with the same` names; surely not: it is none of them.
bool Evaluation::like_the_peer(const ast::SetOf& set, const SetRef& ref, const Scope& member, const Scope& scope,
                               Cell& alike) {
  std::vector<Cell> conditions;
  Scope peer = member;
  if (ref.peer) peer.slots[ref.member_slot] = scope.slots[*ref.peer];
  for (const ast::ExprId same : set.with_same) {
    conditions.push_back(equal_cells(of_member(same, ref, member), of_member(same, ref, peer)));
    if (conditions.back().truth() == Truth::No) return false;
  }
  alike = conditions.empty() ? Cell::of(Value(true)) : all_of(conditions);
  return true;
}

// Whether a member counts: as it is like the peer, and by its `where`.
Cell Evaluation::counts_as_member(const ast::SetOf& set, const SetRef& ref, const Scope& member, const Cell& alike) {
  if (!set.where) return alike;
  Cell where = of_member(*set.where, ref, member);
  if (!where.applies()) where = Cell::of(Value(false));
  // One that may not apply may not count: what is left out of an `and` would make it sure.
  if (where.unknown() && where.may_not_apply) {
    const bool never = where.high && !std::get<bool>(*where.high);
    Cell open = Cell::of(never ? Truth::No : Truth::Unknown, never ? Reasons{} : where.why);
    open.marks = std::move(where.marks);
    where = std::move(open);
  }
  return all_of({alike, where});
}

std::vector<Member> Evaluation::set_members(const ast::SetOf& set, const AskedOfMember& asked, const Scope& scope) {
  const auto& ref = std::get<SetRef>(rulebook_.resolved[set.set.index]);
  // Those that could be members, and how far each is as the peer is in what `with the same` names.
  std::vector<Reached> candidates;
  std::vector<Cell> alikes;
  std::vector<SubjectId> subjects;
  for (const Reached& reached : reach(snapshot_, in_force(ref.members, scope.moment.date()), ref, scope)) {
    if ((set.nearest || asked.place) && reached.subject == scope.slots[*ref.peer]) continue;
    Cell alike = Cell::of(Value(true));
    if (!set.with_same.empty() && !like_the_peer(set, ref, scope_of_member(ref, reached, scope), scope, alike))
      continue;
    candidates.push_back(reached);
    alikes.push_back(std::move(alike));
    subjects.push_back(reached.subject);
  }
  Near near;
  if (set.nearest) near = nearest(subjects, set, ref, asked.ignoring_missing, scope);
  std::vector<Member> out;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (set.nearest && near.members[i] == Truth::No) continue;
    const Reached& reached = candidates[i];
    const Scope here = scope_of_member(ref, reached, scope);
    Member member;
    member.subject = reached.subject;
    member.link = reached.link;
    const Cell counts = counts_as_member(set, ref, here, alikes[i]);
    member.where = set.nearest ? both(counts.truth(), near.members[i]) : counts.truth();
    if (asked.place) {
      member.cell = of_member(*asked.place, ref, here);
    } else if (ref.value) {
      member.cell = std::holds_alternative<FieldOf>(*ref.value)
                        ? cell_of(std::get<FieldOf>(*ref.value).field, reached.subject, scope.moment)
                        : rule(answering(std::get<RuleOf>(*ref.value), scope), reached.subject, scope.moment);
      if (*asked.each) member.cell = compare(member.cell, **asked.each, member_type(ref), set.set, here);
      if (watch_) watch_({set.set, true, here}, member.cell);
    } else {
      member.cell = set.meet ? expr(*set.meet, here) : Cell::of(Value(true));
    }
    if (member.where == Truth::Unknown) {
      merge(member.cell.why, counts.why);
      if (set.nearest && near.members[i] == Truth::Unknown) merge(member.cell.why, near.why);
    }
    merge(member.cell.marks, counts.marks);
    if (set.nearest) merge(member.cell.marks, near.marks);
    out.push_back(std::move(member));
  }
  if (auto unnamed = unnamed_member(ref, scope)) out.push_back(std::move(*unnamed));
  for (Member& member : out) {
    member.left_out = !member.cell.applies() || member.where == Truth::No;
    const bool open = member.cell.unknown() || member.where == Truth::Unknown;
    if (asked.ignoring_missing && open && only_missing(member.cell)) member.left_out = true;
  }
  if (set.expecting) {
    const ValueType* type = asked.place ? &rulebook_.type(*asked.place) : nullptr;
    if (!asked.place && ref.value && !*asked.each) type = &member_type(ref);
    add_expected(out, set, asked, type, scope);
  }
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
  if (const auto* set = std::get_if<ast::SetOf>(&range)) {
    if (std::holds_alternative<MatchesRef>(rulebook_.resolved[set->set.index])) return match_members(scope);
    return set_members(*set, {.each = &each, .place = {}, .ignoring_missing = ignoring}, scope);
  }
  std::vector<Member> out = list_members(std::get<ast::ListOf>(range).members, each, scope);
  for (Member& member : out) {
    member.left_out = !member.cell.applies();
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
