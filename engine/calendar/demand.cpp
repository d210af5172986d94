// By month, what bodies want beside what there is. A rule of capacity is known by its shape: a flag that is raised when
// a value made of sums over bodies is more than evidence of the same subject.
#include <algorithm>

#include "dsl/syntax/children.h"
#include "engine/calendar/parts.h"

namespace assay {

namespace {

struct Capacity {
  RuleId flag, wanted;
  FieldId there;
  std::vector<ast::ExprId> sums;  // over bodies
};

void find_sums(const Rulebook& book, ast::ExprId id, std::vector<ast::ExprId>& sums) {
  const auto* aggregate = std::get_if<ast::Aggregate>(&book.tree.expr(id));
  if (aggregate != nullptr) {
    const bool over_bodies = std::holds_alternative<ast::SetOf>(aggregate->range) && !aggregate->over;
    if (aggregate->op == ast::AggregateOp::Sum && over_bodies) sums.push_back(id);
    return;
  }
  ast::for_each_child(book.tree.expr(id), [&](ast::ExprId child) { find_sums(book, child, sums); });
}

std::optional<Capacity> capacity_of(const Rulebook& book, RuleId id, const EditionAsked& asked) {
  const auto* flag = std::get_if<FlagRule>(&book.rule(id).body);
  if (flag == nullptr || !flag->when) return std::nullopt;
  const auto* compare = std::get_if<ast::Compare>(&book.tree.expr(*flag->when));
  if (compare == nullptr || compare->relation.negated || compare->relation.op != ast::RelationOp::MoreThan)
    return std::nullopt;
  const auto* wanted = std::get_if<RuleOf>(&book.resolved[compare->lhs.index]);
  const auto* there = std::get_if<FieldOf>(&book.resolved[compare->relation.operands.front().index]);
  if (wanted == nullptr || there == nullptr || wanted->slot != 0 || there->slot != 0) return std::nullopt;
  const RuleId rule = book.rule_on(wanted->rule, asked).value_or(wanted->rule);
  const auto* define = std::get_if<DefineRule>(&book.rule(rule).body);
  if (define == nullptr) return std::nullopt;
  Capacity out{id, rule, there->field, {}};
  find_sums(book, define->value, out.sums);
  if (out.sums.empty()) return std::nullopt;
  return out;
}

Decimal most(const Cell& cell) {
  if (!cell.known()) return Decimal();
  const auto* number = std::get_if<Decimal>(&cell.value());
  return number == nullptr ? Decimal() : *number;
}

std::vector<MonthOfDemand::Competing> competing(Evaluation& evaluation, const Capacity& capacity, const Scope& scope) {
  std::vector<MonthOfDemand::Competing> out;
  for (const ast::ExprId sum : capacity.sums)
    for (const Member& member : evaluation.members(sum, scope)) {
      if (!member.subject || member.where == Truth::No || member.left_out) continue;
      const bool none = member.cell.known() && most(member.cell) == Decimal();
      if (!none && member.cell.applies()) out.push_back({*member.subject, member.cell});
    }
  std::ranges::stable_sort(out,
                           [](const auto& a, const auto& b) { return most(b.wanted).compare(most(a.wanted)) < 0; });
  return out;
}

Demand demand_of(Evaluation& evaluation, const Capacity& capacity, SubjectId subject,
                 const CalendarQuestion& question) {
  Demand out{capacity.flag, capacity.wanted, capacity.there, subject, {}};
  for (Date end = step_end(question.from, Step::Month); end <= step_end(question.to, Step::Month);
       end = step_end(Date{end.days + 1}, Step::Month)) {
    MonthOfDemand month{.end = end, .wanted = {}, .there = {}, .competing = {}};
    month.status = outcome(evaluation, capacity.flag, subject, end).status;
    month.wanted = evaluation.rule(capacity.wanted, subject, {end});
    month.there = evaluation.read(capacity.there, subject, {end}).cell;
    month.competing = competing(evaluation, capacity, evaluation.scope_of(capacity.wanted, subject, {end}));
    out.months.push_back(std::move(month));
  }
  return out;
}

}  // namespace

void find_demands(Evaluation& evaluation, Calendar& calendar) {
  const Rulebook& book = evaluation.rulebook();
  const Snapshot& snapshot = evaluation.snapshot();
  const EditionAsked asked = evaluation.asked_on(calendar.question.from);
  for (const RuleId id : plan(book, asked).rules) {
    const auto capacity = capacity_of(book, id, asked);
    if (!capacity || book.rule(id).local_of) continue;
    for (const SubjectId subject : snapshot.of_kind(book.rule(id).kind))
      if (in_being(snapshot, subject, calendar.question.from))
        calendar.demands.push_back(demand_of(evaluation, *capacity, subject, calendar.question));
  }
}

}  // namespace assay
