// Aggregates and quantifiers: how many were yes, no, unknown or left out of how many; the members that decided in full,
// the others a line each with the digest of their own explanation (docs/language.md 4.6, 10.1, 10.2).
#include <algorithm>

#include <fmt/format.h>

#include "engine/explain/proof.h"
#include "engine/explain/words.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

constexpr std::size_t kSetMembersInFull = 12;
constexpr std::size_t kMembersListed = 20'000;

// What an aggregate or quantifier is, seen alike.
struct Ranged {
  const ast::Quantified* quantified = nullptr;
  const ast::Aggregate* aggregate = nullptr;
  const ast::Range& range() const { return quantified ? quantified->range : aggregate->range; }
  bool compared() const { return quantified ? quantified->each.has_value() : aggregate->each.has_value(); }
  bool asks_only_where() const {
    const auto* set = std::get_if<ast::SetOf>(&range());
    return set && set->where && !set->meet && !compared();
  }
  bool of_conditions() const {
    return quantified || aggregate->op == ast::AggregateOp::Count || aggregate->op == ast::AggregateOp::Share;
  }
};

Ranged ranged(const ast::Expr& node) {
  return {std::get_if<ast::Quantified>(&node), std::get_if<ast::Aggregate>(&node)};
}

// Does the member count, and hold?
Truth truth_of(const Member& member, const Ranged& of) {
  if (!of.of_conditions() || !member.cell.applies()) return Truth::NotApplicable;
  // A count of values counts the members themselves.
  const bool is_truth = !member.cell.low || std::holds_alternative<bool>(*member.cell.low);
  const Truth holds = is_truth ? member.cell.truth() : Truth::Yes;
  const bool all = of.quantified && of.quantified->quantity == ast::Quantity::All;
  return all ? either(opposite(member.where), holds) : both(member.where, holds);
}

// Was this member's answer needed for the outcome?
bool decides(const Member& member, const Ranged& of, Truth whole) {
  // Where nothing more is asked of a member, its `where` is what is asked.
  const bool asked_where = of.quantified && member.where == Truth::No && member.cell.known() && of.asks_only_where();
  if (member.left_out && !asked_where) return false;
  if (!of.of_conditions()) return true;
  const Truth truth = truth_of(member, of);
  if (of.aggregate) return truth != Truth::No;
  if (truth == Truth::Unknown) return whole == Truth::Unknown;
  const bool yes = truth == Truth::Yes;
  switch (of.quantified->quantity) {
    case ast::Quantity::Any:
    case ast::Quantity::AtLeast:
      return yes ? whole != Truth::No : whole == Truth::No;
    case ast::Quantity::All:
      return yes ? whole == Truth::Yes : whole == Truth::No;
    case ast::Quantity::None:
    case ast::Quantity::AtMost:
      return yes || whole == Truth::Yes;
    case ast::Quantity::Exactly:
      return true;
  }
  return true;
}

struct Counts {
  std::size_t yes = 0, no = 0, unknown = 0, not_applicable = 0, left_out = 0, outside = 0;
};

Counts count(const std::vector<Member>& members, const Ranged& of) {
  Counts counts;
  for (const Member& member : members) {
    const Truth truth = truth_of(member, of);
    if (!of.of_conditions() && member.where == Truth::No)
      ++counts.outside;
    else if (!member.cell.applies())
      ++counts.not_applicable;
    else if (member.left_out && member.where != Truth::No)
      ++counts.left_out;
    else if (!of.of_conditions())
      ++(member.cell.known() ? counts.yes : counts.unknown);
    else if (truth == Truth::Yes)
      ++counts.yes;
    else if (truth == Truth::No)
      ++counts.no;
    else
      ++counts.unknown;
  }
  return counts;
}

// A share says what it is a share of: those that are asked, neither left out nor outside.
std::string share_in_words(const std::vector<Member>& members, const Ranged& of) {
  std::size_t yes = 0, may_be_yes = 0, surely = 0, may_be = 0;
  for (const Member& member : members) {
    if (!member.cell.applies() || member.left_out || member.where == Truth::No) continue;
    const Truth truth = truth_of(member, of);
    yes += truth == Truth::Yes ? 1U : 0U;
    may_be_yes += truth == Truth::Yes || truth == Truth::Unknown ? 1U : 0U;
    surely += member.where == Truth::Yes ? 1U : 0U;
    ++may_be;
  }
  if (may_be == 0) return {};
  const auto range = [](std::size_t low, std::size_t high) {
    return low == high ? fmt::format("{}", low) : fmt::format("{} to {}", low, high);
  };
  return fmt::format("{} of {}; ", range(yes, may_be_yes), range(surely, may_be));
}

std::string counts_in_words(const Counts& counts, const Ranged& of, std::size_t all, std::string_view noun) {
  return tally_in_words({{counts.yes, of.of_conditions() ? "yes" : "known"},
                         {counts.no, "no"},
                         {counts.unknown, "unknown"},
                         {counts.not_applicable, "left out, not applicable"},
                         {counts.left_out, "left out, missing"},
                         {counts.outside, "not counted"}},
                        all, noun);
}

}  // namespace

StepId Proof::range(ast::ExprId id, const Scope& scope) {
  const StepId step_id = add();
  ProofStep step = part(ProofStep::Kind::Aggregate, id, scope);
  const Cell cell = cell_of(id, scope);
  step.result = cell_in_words(cell, rulebook().type(id));
  put_range(step, id, cell, scope);
  steps_[step_id.index] = std::move(step);
  return step_id;
}

void Proof::put_range(ProofStep& step, ast::ExprId id, const Cell& cell, const Scope& scope) {
  const Ranged of = ranged(rulebook().tree.expr(id));
  if (of.aggregate && of.aggregate->over) return put_over(step, *of.aggregate, scope);
  const auto* set = std::get_if<ast::SetOf>(&of.range());
  const SetRef* ref = set ? std::get_if<SetRef>(&rulebook().resolved[set->set.index]) : nullptr;
  if (set && !ref) return;  // `count of matches`, in a sentence only
  std::vector<Member> members = evaluation().members(id, scope);
  if (members.empty() && ref) put_no_members(step, *ref, scope);
  const std::string_view noun = ref ? std::string_view(snapshot().schema().kind(ref->members).plural) : "listed";
  if (of.aggregate && of.aggregate->op == ast::AggregateOp::Share) step.note = share_in_words(members, of);
  step.note += counts_in_words(count(members, of), of, members.size(), noun);
  if (set) {
    std::vector<const Member*> all;
    for (const Member& member : members) all.push_back(&member);
    step.note += left_out_by_name(all, scope.moment.date());
  }
  const Truth whole = of.quantified ? cell.truth() : Truth::NotApplicable;
  // One that nobody can name: the register falls short of what its relation demands.
  if (set) {
    bool expected = false;  // of those that should be there, one speaks for all
    for (const Member& member : members) {
      if (member.subject || member.cell.why.empty() || (member.expected && expected)) continue;
      expected = expected || member.expected;
      step.children.push_back(short_register(member.cell.why.front()));
    }
    std::erase_if(members, [](const Member& member) { return !member.subject; });
    if (ref && (set->nearest || !set->with_same.empty())) {
      step.note += "; " + chosen_how(*set, *ref, scope);
      Scope peer = scope;
      peer.slots.resize(std::max<std::size_t>(peer.slots.size(), ref->member_slot + 1u));
      peer.slots[ref->member_slot] = scope.slots[*ref->peer];
      own_of_peer(*set, peer, step.children);
    }
  }
  std::vector<const Member*> deciding, aside;
  for (const Member& member : members) (decides(member, of, whole) ? deciding : aside).push_back(&member);
  if (!set) {
    for (const Member* member : deciding) put_list_member(step, *member, true, of.compared(), scope);
    for (const Member* member : aside) put_list_member(step, *member, false, of.compared(), scope);
    put_sum(step, of.aggregate, members);
    return;
  }
  if (members.size() > kMembersListed) {
    std::string list;
    for (const Member& member : members) {
      list += fmt::format("{} {}\n", subject_text(snapshot(), *member.subject),
                          truth_of(member, of) == Truth::NotApplicable ? "-" : to_string(truth_of(member, of)));
    }
    step.proof = sha256(list);
    return;
  }
  for (std::size_t i = 0; i < deciding.size(); ++i) {
    step.children.push_back(set_member(*deciding[i], i < kSetMembersInFull, id, scope));
  }
  for (const Member* member : aside) step.children.push_back(set_member(*member, false, id, scope));
}

// Nothing to range over: the register holds none, and a register is complete.
void Proof::put_no_members(ProofStep& step, const SetRef& set, const Scope& scope) {
  const KindDef& kind = snapshot().schema().kind(set.hops.empty() ? set.members : set.hops.front().relation);
  const SubjectId whose = scope.slots[set.anchor.value_or(0)];
  step.children.push_back(none_in_register(kind, whose, scope.moment.date()));
}

StepId Proof::short_register(const Reason& reason) {
  const KindDef& relation = snapshot().schema().kind(snapshot().schema().field(reason.field).kind);
  return named_absence(reason, relation.title);
}

// "1 + 1 + 2" where every member is known.
void Proof::put_sum(ProofStep& step, const ast::Aggregate* node, const std::vector<Member>& members) {
  constexpr std::size_t kWritten = 40;  // longer sums say nothing to a reader
  if (!node || node->op == ast::AggregateOp::Count || node->op == ast::AggregateOp::Share || members.size() > kWritten)
    return;
  std::vector<std::string> values;
  for (const Member& member : members) {
    if (member.left_out) continue;
    if (!member.cell.known()) return;
    values.push_back(to_words(member.cell.value(), rulebook().type(*member.expr)));
  }
  step.note = fmt::format("{}{}", fmt::join(values, node->op == ast::AggregateOp::Sum ? " + " : ", "),
                          values.size() == members.size() ? "" : "; " + step.note);
}

void Proof::put_list_member(ProofStep& step, const Member& member, bool decides, bool compared, const Scope& scope) {
  CHECK(member.expr);
  const ast::ExprId id = *member.expr;
  const ast::Expr& node = rulebook().tree.expr(id);
  const bool is_condition = !compared && rulebook().type(id).kind == TypeKind::YesNo;
  if (decides) {
    if (std::holds_alternative<ast::Chain>(node)) return chain_operand(id, scope, step.children);
    if (is_condition) return step.children.push_back(condition(id, scope));
  }
  const StepId step_id = add();
  ProofStep child = part(decides ? ProofStep::Kind::Amount : ProofStep::Kind::Member, id, scope);
  const Cell value = cell_of(id, scope);
  child.title = evaluation().title_of(id);
  child.result = is_condition ? truth_in_words(value) : cell_in_words(value, rulebook().type(id));
  if (compared && member.cell.applies()) child.note = truth_in_words(member.cell);
  if (!member.cell.applies())
    child.note = "left out, does not apply";
  else if (member.left_out)
    child.note = "left out, missing";
  if (decides) {
    put_value(child, id, value, scope);
  } else if (std::holds_alternative<ast::Chain>(node)) {
    chain_operand(id, scope, child.children);
  } else if (is_condition) {
    const std::string note = child.note;
    put_condition(child, id, value, scope);
    if (child.note.empty()) child.note = note;
  } else {
    operands(id, scope, child.children);
  }
  steps_[step_id.index] = std::move(child);
  step.children.push_back(step_id);
}

StepId Proof::set_member(const Member& member, bool in_full, ast::ExprId range_id, const Scope& scope) {
  const StepId step_id = add();
  ProofStep step = member_line(member, range_id, scope);
  if (in_full)
    put_set_member(step, member, range_id, scope);
  else
    step.proof = member_digest(member, range_id, scope);
  steps_[step_id.index] = std::move(step);
  return step_id;
}

// Its name and what was found of it.
ProofStep Proof::member_line(const Member& member, ast::ExprId range_id, const Scope& scope) {
  const Ranged of = ranged(rulebook().tree.expr(range_id));
  const auto& set = std::get<ast::SetOf>(of.range());
  const auto& ref = std::get<SetRef>(rulebook().resolved[set.set.index]);
  ProofStep step;
  step.kind = ProofStep::Kind::Member;
  put_who(step, *member.subject, scope.moment.date());
  step.title = step.subject_name;
  if (ref.value && !of.compared()) {
    const auto* field = std::get_if<FieldOf>(&*ref.value);
    const ValueType& type = field ? snapshot().schema().field(field->field).type
                                  : rulebook().type(rulebook().rule(std::get<RuleOf>(*ref.value).rule).type);
    step.result = cell_in_words(member.cell, type);
  } else {
    const Truth truth = truth_of(member, of);
    step.result = truth == Truth::NotApplicable ? "does not apply" : to_string(truth);
  }
  if (set.where && (set.meet || ref.value) && member.where == Truth::No)
    step.note = "not counted, its `where` is no";
  else if (member.left_out && member.cell.applies() && member.where != Truth::No)
    step.note = "left out, missing";
  return step;
}

// The link by which it was reached, whether it counts, and what was asked of it.
void Proof::put_set_member(ProofStep& step, const Member& member, ast::ExprId range_id, const Scope& scope) {
  const Ranged of = ranged(rulebook().tree.expr(range_id));
  const auto& set = std::get<ast::SetOf>(of.range());
  const auto& ref = std::get<SetRef>(rulebook().resolved[set.set.index]);
  Scope here = scope;
  here.slots.resize(std::max<std::size_t>({here.slots.size(), ref.member_slot + 1u, ref.link_slot.value_or(0) + 1u}));
  here.slots[ref.member_slot] = *member.subject;
  if (ref.link_slot && member.link) here.slots[*ref.link_slot] = *member.link;
  if (member.link) {
    const KindId relation = snapshot().subject(*member.link).kind;
    step.children.push_back(
        evidence(snapshot().schema().kind(relation).register_field, *member.link, {scope.moment.date()}));
  }
  if (set.nearest) operands(set.nearest->by, here, step.children);
  for (const ast::ExprId same : set.with_same) operands(same, here, step.children);
  if (set.where) step.children.push_back(condition(*set.where, here));
  if (set.meet) step.children.push_back(condition(*set.meet, here));
  if (!ref.value) return;
  if (const auto* field = std::get_if<FieldOf>(&*ref.value))
    step.children.push_back(evidence(field->field, *member.subject, scope.moment));
  else
    step.children.push_back(
        rule(evaluation().answering(std::get<RuleOf>(*ref.value), scope), *member.subject, scope.moment));
  if (of.aggregate && of.aggregate->weighted_by) put_weight(step, *of.aggregate->weighted_by, member, scope);
}

// The weight is the member's own, or stands on the link by which it was reached.
void Proof::put_weight(ProofStep& step, ast::ExprId weight, const Member& member, const Scope& scope) {
  const auto holder = [&](KindId kind) {
    return member.link && snapshot().subject(*member.link).kind == kind ? *member.link : *member.subject;
  };
  const Resolved& resolved = rulebook().resolved[weight.index];
  if (const auto* field = std::get_if<FieldOf>(&resolved)) {
    step.children.push_back(evidence(field->field, holder(snapshot().schema().field(field->field).kind), scope.moment));
  } else if (const auto* what = std::get_if<RuleOf>(&resolved)) {
    step.children.push_back(
        rule(evaluation().answering(*what, scope), holder(rulebook().rule(what->rule).kind), scope.moment));
  }
}

// Of the explanation the member would have in full. Where it is a rule's value alone, that of the rule's own outcome.
Digest Proof::member_digest(const Member& member, ast::ExprId range_id, const Scope& scope) {
  const auto& set = std::get<ast::SetOf>(ranged(rulebook().tree.expr(range_id)).range());
  const auto& ref = std::get<SetRef>(rulebook().resolved[set.set.index]);
  const auto* what = ref.value ? std::get_if<RuleOf>(&*ref.value) : nullptr;
  if (!what || set.where) {
    const StepKey of_set{StepKey::What::Member, set.set.index, *member.subject, scope.moment};
    const auto known = shared_.digests.find(of_set);
    if (ref.hops.empty() && known != shared_.digests.end()) return known->second;
    Proof own(shared_);
    const StepId id = own.add();
    ProofStep step = own.member_line(member, range_id, scope);
    own.put_set_member(step, member, range_id, scope);
    own.steps_[id.index] = std::move(step);
    const Digest digest = digest_of(std::move(own).finish(id, scope.moment));
    // Of a whole kind nothing but the member is read, so that it is the same for every subject.
    if (ref.hops.empty()) shared_.digests.emplace(of_set, digest);
    return digest;
  }
  const RuleId answers = evaluation().answering(*what, scope);
  const StepKey key{StepKey::What::Rule, answers.index, *member.subject, scope.moment};
  if (const auto found = shared_.digests.find(key); found != shared_.digests.end()) return found->second;
  const Digest digest = digest_of(Proof(shared_).of(answers, *member.subject, scope.moment));
  shared_.digests.emplace(key, digest);
  return digest;
}

}  // namespace assay
