// Regimes: the stage people recorded and who decides it, each reason of a criterion, since when; where record and
// criteria part (docs/language.md 7, 10.1). Nothing here moves anyone.
#include <algorithm>

#include <fmt/format.h>

#include "engine/explain/proof.h"
#include "engine/explain/words.h"

namespace assay {

void Proof::put_stage(ProofStep& step, RegimeId id, const Cell& cell, const Scope& scope) {
  const Regime& regime = rulebook().regimes[id.index];
  step.words = "the stage people recorded";
  step.children.push_back(evidence(regime.field, scope.slots[0], scope.moment));
  const bool none_held = std::any_of(cell.marks.begin(), cell.marks.end(),
                                     [](const Mark& mark) { return mark.kind == MarkKind::NoDecisionHeld; });
  std::string decider = regime.decided_by;
  if (cell.known()) {
    const StageInfo& stage = regime.stages[std::get<Label>(cell.value()).index];
    if (!stage.decided_by.empty()) decider = stage.decided_by;
    if (!none_held && (stage.grounds.basis || !stage.grounds.cites.empty()))
      put_grounds(step, shared_.authored.of(stage.grounds));
  }
  if (none_held) {
    step.note = "no decision is held; the rules say that everyone starts here";
    ProofStep& absence = steps_[step.children.back().index];
    absence.result = "no decision held";
    if (absence.absence) {
      Absence here = *absence.absence;
      here.detail = "no decision held here";
      absence.absence = std::make_shared<Absence>(std::move(here));
    }
  } else if (const auto began = evaluation().stay_began(id, scope.slots[0], scope.moment)) {
    step.note = fmt::format("in this stage from {}", began->to_long_string());
  }
  if (!decider.empty()) step.note += fmt::format("{}decided by {}", step.note.empty() ? "" : "; ", decider);
}

namespace {

std::string_view state_in_words(ReasonState state) {
  switch (state) {
    case ReasonState::Met:
      return "met";
    case ReasonState::NotMet:
      return "not met";
    case ReasonState::Undetermined:
      return "undetermined";
    case ReasonState::Answered:
      return "met but answered by an earlier stay";
  }
  return {};
}

std::string needed_in_words(const ast::Criteria& criteria, std::size_t all) {
  if (all == 1) return "one reason";
  switch (criteria.quantity) {
    case ast::Quantity::Any:
      return fmt::format("any of {} reasons", all);
    case ast::Quantity::AtLeast:
      return fmt::format("at least {} of {} reasons", criteria.count, all);
    default:
      return fmt::format("all of {} reasons", all);
  }
}

const std::string& stage_title(const Regime& regime, const Rulebook& rulebook, Label label) {
  const std::string& title = regime.stages[label.index].title;
  return title.empty() ? rulebook.schema.field(regime.field).type.labels[label.index].name : title;
}

}  // namespace

// The stage first, since criteria count only from where one stands; then every reason.
void Proof::put_criteria(ProofStep& step, const ast::Criteria& criteria, const Cell& cell, const Scope& scope) {
  const Rule& rule_of = rulebook().rule(scope.rule);
  const auto* enter = std::get_if<EnterRule>(&rule_of.body);
  const auto* exit = std::get_if<ExitRule>(&rule_of.body);
  const Regime& regime = rulebook().regimes[(enter ? enter->regime : exit->regime).index];
  step.words = shared_.authored.heading(scope.rule, criteria);
  step.children.push_back(rule(regime.stage_rule, scope.slots[0], scope.moment));
  step.note = enter ? fmt::format("asked of those below {}", stage_title(regime, rulebook(), enter->stage))
                    : fmt::format("asked of those in {}", stage_title(regime, rulebook(), exit->from));
  put_reasons(step, criteria, scope.rule, scope);
  // Of what is raised only: since when the evidence has been wanting tells nobody anything, and asking is sixty
  // evaluations.
  if (scope.moment.present() || cell.truth() != Truth::Yes) return;
  const Date since = evaluation().since(scope.rule, scope.slots[0], scope.moment.as_at);
  constexpr int kMonthsAsked = 60;
  const bool further = since <= step_end_back(step_end(scope.moment.as_at, Step::Month), Step::Month, kMonthsAsked);
  step.note += since == scope.moment.as_at ? fmt::format("; {} newly since the last month end", step.result)
                                           : fmt::format("; {} at every month end since {}{}", step.result,
                                                         further ? "at least " : "", since.to_long_string());
}

void Proof::put_reasons(ProofStep& step, const ast::Criteria& criteria, RuleId criterion_rule, const Scope& scope) {
  const auto results = evaluation().reasons(criterion_rule, scope.slots[0], scope.moment);
  std::size_t counts[4] = {};
  for (const ReasonResult& result : results) {
    ++counts[static_cast<std::size_t>(result.state)];
    step.children.push_back(criterion(result, scope));
  }
  std::string tally;
  for (std::size_t state = 0; state < 4; ++state) {
    if (counts[state] == 0) continue;
    tally += fmt::format("{}{} {}", tally.empty() ? "" : ", ", counts[state],
                         state_in_words(static_cast<ReasonState>(state)));
  }
  step.note += fmt::format("{}{}: {}", step.note.empty() ? "" : "; ", needed_in_words(criteria, results.size()), tally);
}

StepId Proof::criterion(const ReasonResult& reason, const Scope& scope) {
  const StepId id = add();
  ProofStep step = part(ProofStep::Kind::Criterion, reason.condition, scope);
  step.title = reason.title;
  step.result = state_in_words(reason.state);
  put_condition(step, reason.condition, reason.cell, scope);
  if (reason.answered_on) {
    step.result = fmt::format("met, but answered by the stay that ended on {}", reason.answered_on->to_long_string());
  }
  steps_[id.index] = std::move(step);
  return id;
}

// The criteria as they stood on the day the stage was entered.
void Proof::put_unsupported(ProofStep& step, const UnsupportedRule& body, const Cell& cell, const Scope& scope) {
  const Regime& regime = rulebook().regimes[body.regime.index];
  const std::string& title = stage_title(regime, rulebook(), body.stage);
  step.words =
      fmt::format("{} is recorded, and on the day of that decision the criteria to enter it were not met", title);
  step.children.push_back(rule(regime.stage_rule, scope.slots[0], scope.moment));
  const Cell& stage = evaluation().rule(regime.stage_rule, scope.slots[0], scope.moment);
  if (!stage.known()) {
    step.note = "the stage itself is not known";
    return;
  }
  if (std::get<Label>(stage.value()) != body.stage) {
    step.note = fmt::format("not in {}, so there is no decision to support", title);
    return;
  }
  const auto began = evaluation().stay_began(body.regime, scope.slots[0], scope.moment);
  if (!began) {
    step.note = "everyone starts in this stage, which needs no decision";
    return;
  }
  const auto entered_by = rulebook().rule_on(body.enter, evaluation().asked_on(*began));
  if (!entered_by) {
    step.note = fmt::format("the criteria were not in force on {}, when it was decided", began->to_long_string());
    return;
  }
  const auto* enter = std::get_if<EnterRule>(&rulebook().rule(*entered_by).body);
  const StepId id = add();
  ProofStep then;
  then.kind = ProofStep::Kind::Condition;
  then.on = *began;
  then.title = fmt::format("criteria to enter {} on {}", title, began->to_long_string());
  then.words = shared_.authored.heading(*entered_by, enter->criteria);
  then.place = shared_.authored.of(*entered_by).place;
  put_grounds(then, shared_.authored.of(*entered_by).grounds);
  const Scope at = evaluation().scope_of(*entered_by, scope.slots[0], {*began});
  const Truth held =
      evaluation().criteria_hold(*entered_by, evaluation().reasons(*entered_by, scope.slots[0], at.moment));
  then.result = held == Truth::Yes ? "met" : held == Truth::No ? "not met" : "undetermined";
  put_reasons(then, enter->criteria, *entered_by, at);
  steps_[id.index] = std::move(then);
  step.children.push_back(id);
  step.note = fmt::format("decided on {}{}", began->to_long_string(),
                          cell.truth() == Truth::Yes ? ", when the criteria were not met" : "");
}

}  // namespace assay
