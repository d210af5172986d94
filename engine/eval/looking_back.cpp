// Words of time that look at one earlier moment, or at several: within the last, since, previous, ago, change in,
// average over (docs/language.md 5.5, 5.7). `for N consecutive` is in consecutive.cpp.
#include <algorithm>

#include "engine/eval/arithmetic.h"
#include "engine/eval/evaluation.h"
#include "evidence/core/check.h"

namespace assay {

Scope back(const Scope& scope, Duration duration) {
  Scope earlier = scope;
  (duration.unit == Duration::Unit::Months ? earlier.moment.months_back : earlier.moment.days_back) += duration.count;
  return earlier;
}

Cell Evaluation::eval_within(const ast::WithinLast& node, const Scope& scope) {
  const auto& event = std::get<FieldOf>(rulebook_.resolved[node.event.index]);
  return within(event.field, scope.slots[event.slot], scope.moment, node.duration).cell;
}

Cell Evaluation::eval_since(const ast::DaysSince& node, const Scope& scope) {
  const auto& event = std::get<FieldOf>(rulebook_.resolved[node.event.index]);
  return time_since(latest_event(event.field, scope.slots[event.slot], scope.moment).cell, scope.moment.date(),
                    node.months);
}

std::optional<Date> Evaluation::entered(const Scope& scope) const {
  const auto regime = regime_of(scope.rule);
  CHECK(regime);
  return stay_began(*regime, scope.slots[0], scope.moment);
}

// Nobody has entered a stage; or in which one they are is not known, and so not since when.
Cell Evaluation::never_entered(const Scope& scope) {
  const RuleId recorded = rulebook_.regimes[regime_of(scope.rule)->index].stage_rule;
  const Cell stage = rule(on(recorded, scope.moment.date()), scope.slots[0], scope.moment);
  if (!stage.unknown()) return Cell::not_applicable();
  Cell cell = Cell::unknown_between(std::nullopt, std::nullopt, stage.why);
  cell.may_not_apply = true;
  return cell;
}

Cell Evaluation::eval_since(const ast::SinceEntering& node, const Scope& scope) {
  const auto began = entered(scope);
  if (!began) return never_entered(scope);
  return time_since(Cell::of(Value(*began)), scope.moment.date(), node.months);
}

// Whose readings they are is said by the name: inside a `where` they are the member's.
Cell Evaluation::eval_previous(const ast::Previous& node, const Scope& scope) {
  const auto& field = std::get<FieldOf>(rulebook_.resolved[node.operand.index]);
  Scope whose = scope;
  whose.slots[0] = scope.slots[field.slot];
  const auto moments = reading_moments(node.operand, whose, 2).moments;
  if (moments.size() >= 2) {
    Scope earlier = scope;
    earlier.moment = moments[1];
    return expr(node.operand, earlier);
  }
  // Missing like any, within what its type allows (4.1).
  Reasons why = no_earlier_reading(node.operand, whose).why;
  Cell cell = unknown_of(rulebook_.type(node.operand), why.front());
  cell.may_not_apply = snapshot_.schema().field(field.field).may_not_apply;
  if (cell.may_not_apply) cell.state = Cell::State::Unknown;
  if (cell.unknown()) cell.why = std::move(why);
  return cell;
}

// Where nobody has entered a stage nothing has changed since.
std::optional<Scope> Evaluation::change_from(const ast::Change& node, const Scope& scope) const {
  if (node.over) return back(scope, *node.over);
  const auto began = entered(scope);
  if (!began) return std::nullopt;
  Scope earlier = scope;
  earlier.moment = at_earlier_date(scope.moment, *began);
  return earlier;
}

Cell Evaluation::eval_change(const ast::Change& node, const Scope& scope) {
  const auto earlier = change_from(node, scope);
  if (!earlier) return never_entered(scope);
  return subtract_cells(expr(node.operand, scope), expr(node.operand, *earlier), false);
}

// Steps 0 to N - 1, latest first; a step that is missing is unknown, unless it is to be ignored.
std::vector<Member> Evaluation::steps(const ast::Aggregate& node, const Scope& scope) {
  CHECK(node.over);
  const ast::ExprId value = std::get<ast::SetOf>(node.range).set;
  std::vector<Member> out;
  for (const Moment& moment : step_moments(node.over->unit, node.over->count, scope)) {
    Scope here = scope;
    here.moment = moment;
    Member member;
    member.expr = value;
    member.moment = moment;
    member.cell = expr(value, here);
    const Reasons& why = member.cell.why;
    const bool missing = member.cell.unknown() && std::all_of(why.begin(), why.end(), [](const Reason& reason) {
                           return reason.kind == ReasonKind::Missing;
                         });
    member.left_out = !member.cell.applies() || (node.ignoring_missing && missing);
    out.push_back(std::move(member));
  }
  return out;
}

}  // namespace assay
