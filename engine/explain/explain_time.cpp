// Time in conditions: within the last so long, for so many consecutive, since (docs/language.md 5.6, 5.7).
#include <fmt/format.h>

#include "engine/explain/proof.h"
#include "engine/explain/words.h"

namespace assay {

void Proof::put_within(ProofStep& step, const ast::WithinLast& node, const Scope& scope) {
  const auto& event = std::get<FieldOf>(rulebook().resolved[node.event.index]);
  const SubjectId subject = scope.slots[event.slot];
  step.note = fmt::format("the {} up to {}", node.duration.to_string(), scope.moment.date().to_long_string());
  const bool months = node.duration.unit == Duration::Unit::Months;
  const StepKey key{StepKey::What::Within, event.field.index, subject, scope.moment,
                    months ? -node.duration.count : node.duration.count};
  if (const auto found = made_.find(key); found != made_.end()) return step.children.push_back(found->second);
  ValueType yes_no;
  yes_no.kind = TypeKind::YesNo;
  const Reading found = evaluation().within(event.field, subject, scope.moment, node.duration);
  step.children.push_back(reading(key, found, event.field, yes_no));
}

// The date of the latest event, or the decision by which the present stage was entered.
void Proof::since_operand(ast::ExprId id, const Scope& scope, Children& out) {
  if (const auto* since = std::get_if<ast::DaysSince>(&rulebook().tree.expr(id))) {
    const auto* event = std::get_if<FieldOf>(&rulebook().resolved[since->event.index]);
    if (!event) return;
    const SubjectId subject = scope.slots[event->slot];
    if (snapshot().schema().field(event->field).occurrence != Occurrence::Event) {
      return out.push_back(evidence(event->field, subject, scope.moment));
    }
    const StepKey key{StepKey::What::LatestEvent, event->field.index, subject, scope.moment};
    if (const auto found = made_.find(key); found != made_.end()) return out.push_back(found->second);
    ValueType date;
    date.kind = TypeKind::Date;
    return out.push_back(
        reading(key, evaluation().latest_event(event->field, subject, scope.moment), event->field, date));
  }
  const auto& body = rulebook().rule(scope.rule).body;
  std::optional<RegimeId> regime;
  if (const auto* enter = std::get_if<EnterRule>(&body)) regime = enter->regime;
  if (const auto* exit = std::get_if<ExitRule>(&body)) regime = exit->regime;
  if (regime) out.push_back(evidence(rulebook().regimes[regime->index].field, scope.slots[0], scope.moment));
}

Scope Proof::previous(const ast::Previous& node, const Scope& scope) {
  const ast::Consecutive two{node.operand, 2, ast::ConsecutiveUnit::Readings};
  const std::vector<Moment> moments = evaluation().consecutive_moments(two, scope);
  Scope earlier = scope;
  if (moments.size() == 2) earlier.moment = moments[1];
  return earlier;
}

namespace {

// "as at 5 December 2025", "1 quarter back, 5 September 2025", "reading of 6 August 2023".
std::string moment_in_words(ast::ConsecutiveUnit unit, std::size_t back, Date on) {
  static constexpr const char* kUnits[] = {"reading", "day", "week", "month", "quarter", "year"};
  const std::string date = on.to_long_string();
  if (back == 0) return "as at " + date;
  if (unit == ast::ConsecutiveUnit::Readings) return "reading of " + date;
  return fmt::format("{} {}{} back, {}", back, kUnits[static_cast<std::size_t>(unit)], back == 1 ? "" : "s", date);
}

}  // namespace

StepId Proof::part_at(ast::ExprId id, std::string title, const Scope& scope) {
  const StepId step_id = add();
  ProofStep step = part(ProofStep::Kind::Condition, id, scope);
  const Cell cell = cell_of(id, scope);
  step.title = std::move(title);
  step.result = truth_in_words(cell);
  put_condition(step, id, cell, scope);
  steps_[step_id.index] = std::move(step);
  return step_id;
}

// Each step with its date and answer: "1 of 2, earliest 30 June 2025".
void Proof::put_consecutive(ProofStep& step, const ast::Consecutive& node, const Cell& cell, const Scope& scope) {
  const std::vector<Moment> moments = evaluation().consecutive_moments(node, scope);
  std::size_t yes = 0;
  for (std::size_t back = 0; back < moments.size(); ++back) {
    Scope here = scope;
    here.moment = moments[back];
    if (cell_of(node.test, here).truth() == Truth::Yes) ++yes;
    step.children.push_back(part_at(node.test, moment_in_words(node.unit, back, here.moment.date()), here));
  }
  step.note = fmt::format("yes at {} of {}", yes, node.count);
  if (!moments.empty()) step.note += fmt::format(", the earliest {}", moments.back().date().to_long_string());
  if (moments.size() < node.count) {
    step.note += fmt::format("; only {} reading{} held", moments.size(), moments.size() == 1 ? "" : "s");
    for (const Reason& why : cell.why) {
      if (moments.empty()) step.children.push_back(named_absence(why));
    }
  }
}

// What a value was at one moment, and what it rested on.
StepId Proof::value_at(ast::ExprId id, std::string title, const Scope& scope) {
  const StepId step_id = add();
  ProofStep step = part(ProofStep::Kind::Amount, id, scope);
  const Cell cell = cell_of(id, scope);
  step.title = std::move(title);
  step.result = cell_in_words(cell, rulebook().type(id));
  put_value(step, id, cell, scope);
  steps_[step_id.index] = std::move(step);
  return step_id;
}

StepId Proof::change(ast::ExprId id, const Scope& scope) {
  const StepId step_id = add();
  ProofStep step = part(ProofStep::Kind::Amount, id, scope);
  const Cell cell = cell_of(id, scope);
  step.result = cell_in_words(cell, rulebook().type(id));
  put_change(step, id, cell, scope);
  steps_[step_id.index] = std::move(step);
  return step_id;
}

// "78% less 70% = 8 points", with both ends.
void Proof::put_change(ProofStep& step, ast::ExprId id, const Cell& cell, const Scope& scope) {
  const auto& node = std::get<ast::Change>(rulebook().tree.expr(id));
  if (!node.over) since_operand(id, scope, step.children);
  const auto earlier = evaluation().change_from(node, scope);
  if (!earlier) {
    step.note = "no stage has been entered";
    return;
  }
  const ValueType& type = rulebook().type(node.operand);
  const Cell now = cell_of(node.operand, scope), then = cell_of(node.operand, *earlier);
  ValueType apart = type;
  apart.low.reset();
  apart.high.reset();
  if (type.kind == TypeKind::Percent) apart.kind = TypeKind::Points;
  if (type.kind == TypeKind::Date) apart.kind = TypeKind::Days;
  step.note = fmt::format("{} less {} = {}", plain_in_words(now, type), plain_in_words(then, type),
                          plain_in_words(cell, apart));
  const std::string before = node.over ? node.over->to_string() + " earlier, " : "on entering, ";
  step.children.push_back(value_at(node.operand, "as at " + scope.moment.date().to_long_string(), scope));
  step.children.push_back(value_at(node.operand, before + earlier->moment.date().to_long_string(), *earlier));
}

// Each step with its date and value, the latest first.
void Proof::put_over(ProofStep& step, const ast::Aggregate& node, const Scope& scope) {
  const std::vector<Member> steps = evaluation().steps(node, scope);
  std::vector<std::string> values;
  std::size_t known = 0, left_out = 0;
  for (std::size_t back = 0; back < steps.size(); ++back) {
    const Member& member = steps[back];
    Scope here = scope;
    here.moment = *member.moment;
    step.children.push_back(value_at(*member.expr, moment_in_words(node.over->unit, back, here.moment.date()), here));
    if (member.left_out) {
      ++left_out;
      steps_[step.children.back().index].note =
          member.cell.applies() ? "left out, missing" : "left out, does not apply";
      continue;
    }
    if (member.cell.known()) ++known;
    values.push_back(plain_in_words(member.cell, rulebook().type(*member.expr)));
  }
  step.note = fmt::format("{}", fmt::join(values, node.op == ast::AggregateOp::Sum ? " + " : ", "));
  if (known + left_out < steps.size())
    step.note += fmt::format("{}{} of {} steps not known", step.note.empty() ? "" : "; ",
                             steps.size() - known - left_out, steps.size());
  if (left_out > 0)
    step.note += fmt::format("{}{} of {} steps left out", step.note.empty() ? "" : "; ", left_out, steps.size());
}

}  // namespace assay
