// A subject's place among others: its value, the rank of how many, where the edges lie and what stands beside them, the
// nearest neighbour each way, members that could move it, how the others were chosen (docs/language.md 10.1).
#include <algorithm>

#include <fmt/format.h>

#include "engine/explain/proof.h"
#include "engine/explain/words.h"

namespace assay {

namespace {

constexpr std::size_t kMovingInFull = 12;

// Position and spread, seen alike.
struct Placed {
  const ast::Position* position = nullptr;
  const ast::Spread* spread = nullptr;
  const ast::SetOf& among() const { return position ? position->among : spread->among; }
  ast::ExprId value() const { return position ? position->value : spread->value; }
  bool lower_first(const Rulebook& rulebook) const {
    const bool higher_is_better = better_direction(rulebook, value()) != Direction::LowerIsBetter;
    if (spread) return !higher_is_better;
    if (position->from == ast::ScaleEnd::Lowest || position->from == ast::ScaleEnd::Highest)
      return position->from == ast::ScaleEnd::Lowest;
    return (position->from == ast::ScaleEnd::Best) != higher_is_better;
  }
  std::string_view from() const {
    constexpr std::string_view kEnds[] = {"lowest", "highest", "best", "worst"};
    return spread ? "best" : kEnds[static_cast<std::size_t>(position->from)];
  }
};

Placed placed(const ast::Expr& node) { return {std::get_if<ast::Position>(&node), std::get_if<ast::Spread>(&node)}; }

bool counted(const Member& member) { return !member.left_out && member.where == Truth::Yes && member.cell.known(); }

std::string rank_in_words(std::int64_t least, std::int64_t most) {
  return least == most ? fmt::format("rank {}", least) : fmt::format("rank {} to {}", least, most);
}

// "part 2 of 4 holds ranks 52 to 102: rank 51 is 1.82, rank 52 is 1.83, ..." over values in order.
std::string edges_in_words(const std::vector<Value>& ordered, std::int64_t part, int parts, const ValueType& type) {
  const auto n = static_cast<std::int64_t>(ordered.size());
  const std::int64_t first = (part - 1) * n / parts + 1, last = part * n / parts;
  if (last < first) return {};
  std::vector<std::string> beside;
  for (const std::int64_t rank : {first - 1, first, last, last + 1}) {
    if (rank < 1 || rank > n || (rank == last && last == first)) continue;
    beside.push_back(fmt::format("rank {} is {}", rank, to_words(ordered[static_cast<std::size_t>(rank - 1)], type)));
  }
  return fmt::format("part {} of {} holds ranks {} to {}: {}", part, parts, first, last, fmt::join(beside, ", "));
}

}  // namespace

StepId Proof::position(ast::ExprId id, const Scope& scope) {
  const StepId step_id = add();
  ProofStep step = part(ProofStep::Kind::Aggregate, id, scope);
  const Cell cell = cell_of(id, scope);
  step.result = cell_in_words(cell, rulebook().type(id));
  put_position(step, id, cell, scope);
  steps_[step_id.index] = std::move(step);
  return step_id;
}

std::string Proof::chosen_how(const ast::SetOf& among, const SetRef& ref, const Scope& scope) {
  Scope peer = scope;
  peer.slots.resize(std::max<std::size_t>(peer.slots.size(), ref.member_slot + 1u));
  peer.slots[ref.member_slot] = scope.slots[*ref.peer];
  const std::string& plural = snapshot().schema().kind(ref.members).plural;
  std::string out = "among ";
  if (among.nearest) {
    out += fmt::format("the {} {} nearest in {}", among.nearest->count, plural,
                       rulebook().sources.words(rulebook().tree.span(among.nearest->by)));
  } else {
    out +=
        ref.value ? (ref.others ? "other " : "") + plural : rulebook().sources.words(rulebook().tree.span(among.set));
  }
  const auto own = [&](ast::ExprId id) { return plain_in_words(evaluation().expr(id, peer), rulebook().type(id)); };
  if (among.nearest) out += fmt::format(", its own being {}", own(among.nearest->by));
  for (const ast::ExprId same : among.with_same) {
    out += fmt::format(", with the same {} ({})", rulebook().sources.words(rulebook().tree.span(same)), own(same));
  }
  if (among.where) out += ", where " + rulebook().sources.words(rulebook().tree.span(*among.where));
  return out;
}

// What makes others its peers is said in the note; where it is not known, that leaves open who they are, and is shown.
void Proof::own_of_peer(const ast::SetOf& among, const Scope& peer, Children& out) {
  const auto show = [&](ast::ExprId id) {
    if (cell_of(id, peer).unknown()) operands(id, peer, out);
  };
  if (among.nearest) show(among.nearest->by);
  for (const ast::ExprId same : among.with_same) show(same);
}

// ": Oldham (suppressed)" of the few that are left out because nothing is known of them.
std::string Proof::left_out_by_name(const std::vector<const Member*>& members, Date on) const {
  constexpr std::size_t kNamed = 5;
  std::vector<std::string> names;
  for (const Member* member : members) {
    if (!member->left_out || !member->cell.applies() || member->where == Truth::No || !member->subject) continue;
    const std::string name = name_on(snapshot(), *member->subject, on);
    names.push_back(member->cell.why.empty() ? name : fmt::format("{} ({})", name, member->cell.why.front().detail));
  }
  if (names.empty() || names.size() > kNamed) return {};
  return fmt::format(": {}", fmt::join(names, ", "));
}

StandingAmong Proof::standing_among(const std::vector<Member>& members, const Cell& own, bool lower_first,
                                    const ast::SetOf& among) const {
  StandingAmong out;
  const auto ahead = [&](const Value& a, const Value& b) { return lower_first ? order(a, b) < 0 : order(a, b) > 0; };
  out.least = out.most = 1;
  for (const Member& member : members) {
    if (member.expected) {
      ++out.expected, ++out.least, ++out.most;
      continue;
    }
    if (member.left_out) {
      if (member.where == Truth::No) continue;
      ++(member.cell.applies() ? out.missing : out.absent);
      out.rest.push_back(&member);
      continue;
    }
    ++out.most;
    out.least += member.where == Truth::Yes ? 1 : 0;
    if (!counted(member) || !own.known()) out.moving.push_back(&member);
    if (!counted(member)) continue;
    out.ordered.push_back(member.cell.value());
    if (!own.known()) continue;
    out.rest.push_back(&member);
    if (ahead(member.cell.value(), own.value())) {
      ++out.ahead;
      if (!out.before || ahead(out.before->cell.value(), member.cell.value())) out.before = &member;
    } else if (!out.after || ahead(member.cell.value(), out.after->cell.value())) {
      out.after = &member;
    }
  }
  if (among.nearest) out.most = std::min<std::int64_t>(out.most, 1 + among.nearest->count);
  if (own.known()) out.ordered.push_back(own.value());
  std::stable_sort(out.ordered.begin(), out.ordered.end(), ahead);
  std::stable_sort(out.rest.begin(), out.rest.end(), [&](const Member* a, const Member* b) {
    if (!a->cell.known() || !b->cell.known()) return a->cell.known() && !b->cell.known();
    return ahead(a->cell.value(), b->cell.value());
  });
  return out;
}

// "554.8: rank 1 of 16 from lowest among the 15 councils nearest in ...; from 554.8 to 1,057.2; ..."
std::string Proof::place_in_words(const StandingAmong& found, ast::ExprId id, const Cell& cell, const Cell& own,
                                  const Scope& scope) {
  const Placed of = placed(rulebook().tree.expr(id));
  const ast::SetOf& among = of.among();
  const auto& ref = std::get<SetRef>(rulebook().resolved[among.set.index]);
  const ValueType& type = rulebook().type(of.value());
  const std::int64_t possibly = found.ahead + static_cast<std::int64_t>(found.moving.size()) + found.expected;
  std::string out = fmt::format(
      "{}: {} of {} from {} {}", plain_in_words(own, type),
      own.known() ? rank_in_words(1 + found.ahead, std::min(1 + possibly, found.most)) : "its rank cannot be said",
      found.least == found.most ? fmt::format("{}", found.most) : fmt::format("{} to {}", found.least, found.most),
      of.from(), chosen_how(among, ref, scope));
  const auto& ordered = found.ordered;
  if (ordered.size() > 2)
    out += fmt::format("; from {} to {}", to_words(ordered.front(), type), to_words(ordered.back(), type));
  if (found.expected > 0)
    out += fmt::format("; {} more {} expected and not held", found.expected, found.expected == 1 ? "is" : "are");
  if (found.missing > 0) {
    out += fmt::format("; {} left out, missing{}", found.missing, left_out_by_name(found.rest, scope.moment.date()));
  }
  if (found.absent > 0) out += fmt::format("; {} left out, not applicable", found.absent);
  const bool certain = cell.known() && found.moving.empty() && found.expected == 0;
  if (of.position && of.position->op != ast::PositionOp::Rank && certain) {
    const auto part = std::get<Decimal>(cell.value()).to_scaled(0).value_or(1);
    const std::string edges = edges_in_words(ordered, part, ast::parts_of(of.position->op), type);
    if (!edges.empty()) out += "; " + edges;
  }
  return out;
}

// The subject's own value, those that could move its place, the nearest on either side, the rest in order.
void Proof::put_position(ProofStep& step, ast::ExprId id, const Cell& cell, const Scope& scope) {
  const Placed of = placed(rulebook().tree.expr(id));
  const ast::SetOf& among = of.among();
  const auto& ref = std::get<SetRef>(rulebook().resolved[among.set.index]);
  const Cell own = evaluation().value_of_peer(id, scope);
  const std::vector<Member> members = evaluation().others(id, scope);
  const StandingAmong found = standing_among(members, own, of.lower_first(rulebook()), among);
  step.note = place_in_words(found, id, cell, own, scope);

  Scope peer = scope;
  peer.slots.resize(std::max<std::size_t>(peer.slots.size(), ref.member_slot + 1u));
  peer.slots[ref.member_slot] = scope.slots[*ref.peer];
  operands(of.value(), peer, step.children);
  own_of_peer(among, peer, step.children);
  for (std::size_t i = 0; i < found.moving.size(); ++i)
    step.children.push_back(other_member(*found.moving[i], i < kMovingInFull, id, "could move the place", scope));
  if (found.before) step.children.push_back(other_member(*found.before, true, id, "next ahead", scope));
  if (found.after) step.children.push_back(other_member(*found.after, true, id, "next behind", scope));
  for (const Member* member : found.rest) {
    if (member == found.before || member == found.after) continue;
    const std::string note = !member->left_out        ? ""
                             : member->cell.applies() ? "left out, missing"
                                                      : "left out, does not apply";
    step.children.push_back(other_member(*member, false, id, note, scope));
  }
  if (of.spread) {
    operands(of.spread->best, scope, step.children);
    operands(of.spread->worst, scope, step.children);
  }
  if (among.expecting) operands(*among.expecting, scope, step.children);
}

StepId Proof::other_member(const Member& member, bool in_full, ast::ExprId id, std::string note, const Scope& scope) {
  const Placed of = placed(rulebook().tree.expr(id));
  const auto& ref = std::get<SetRef>(rulebook().resolved[of.among().set.index]);
  if (!member.subject) return short_register(member.cell.why.front());
  Scope here = scope;
  here.slots.resize(std::max<std::size_t>({here.slots.size(), ref.member_slot + 1u, ref.link_slot.value_or(0) + 1u}));
  here.slots[ref.member_slot] = *member.subject;
  if (ref.link_slot && member.link) here.slots[*ref.link_slot] = *member.link;
  const auto fill = [&](Proof& proof, ProofStep& step) {
    if (of.among().nearest) proof.operands(of.among().nearest->by, here, step.children);
    for (const ast::ExprId same : of.among().with_same) proof.operands(same, here, step.children);
    if (of.among().where) step.children.push_back(proof.condition(*of.among().where, here));
    proof.operands(of.value(), here, step.children);
  };
  ProofStep step;
  step.kind = ProofStep::Kind::Member;
  put_who(step, *member.subject, scope.moment.date());
  step.title = step.subject_name;
  step.result = cell_in_words(member.cell, rulebook().type(of.value()));
  step.note = std::move(note);
  const StepId step_id = add();
  if (in_full) {
    fill(*this, step);
  } else {
    const StepKey key{StepKey::What::Member, of.among().set.index, *member.subject, scope.moment};
    const auto found = shared_.digests.find(key);
    if (ref.hops.empty() && found != shared_.digests.end()) {
      step.proof = found->second;
    } else {
      Proof own(shared_);
      const StepId root = own.add();
      ProofStep whole = step;
      whole.note.clear();  // how it stands to the subject is no part of what it is
      fill(own, whole);
      own.steps_[root.index] = std::move(whole);
      step.proof = digest_of(std::move(own).finish(root, scope.moment));
      if (ref.hops.empty()) shared_.digests.emplace(key, *step.proof);
    }
  }
  steps_[step_id.index] = std::move(step);
  return step_id;
}

}  // namespace assay
