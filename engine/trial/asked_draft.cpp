// Putting together, asking, and what is read off the answer.
#include "engine/trial/asked_draft.h"

#include "engine/session/expectation.h"

namespace assay {

AskedDraft::AskedDraft(const Rulebook& book, RuleId rule, const Draft& draft)
    : scenario_(draft.assembled()),
      trial_(trial_of(book, scenario_)),
      evaluation_(book, trial_.snapshot, trial_.overrides, trial_.drafts),
      asking_{
          evaluation_, trial_, {rule, subject_of(trial_.snapshot, scenario_, draft.subject), Moment{scenario_.as_at}}},
      base_(derive_watched(asking_)) {}

std::optional<Value> limit_of(const Rulebook& book, const Threshold& threshold, const Draft& draft) {
  const auto* test = std::get_if<LimitOfTest>(&threshold.limit);
  if (!test) return std::nullopt;
  const Trial trial = trial_of(book, draft.scenario);
  Evaluation evaluation(book, trial.snapshot, trial.overrides, trial.drafts);
  const SubjectId subject = subject_of(trial.snapshot, draft.scenario, draft.subject);
  const Cell cell = evaluation.expr(test->limit, evaluation.scope_of(threshold.rule, subject, {draft.scenario.as_at}));
  return cell.known() ? std::optional(cell.value()) : std::nullopt;
}

void expect_outcome(const Rulebook& book, RuleId rule, const std::string& subject, Scenario& scenario) {
  using Form = ast::Expect::Form;
  Draft draft{scenario, {}, subject};
  const Cell outcome = AskedDraft(book, rule, draft).base().outcome;
  Scenario::Expected expected{.target = rule, .subject = subject, .form = Form::Value};
  if (is_trigger(book.rule(rule)))
    expected.form = outcome.unknown() ? Form::Undetermined : outcome.truth() == Truth::Yes ? Form::Raised : Form::Clear;
  else if (outcome.known())
    expected.value = outcome.value();
  else
    expected.form = outcome.unknown() ? Form::Unknown : Form::NotApplicable;
  scenario.expected = {expected};
}

}  // namespace assay
