// Expectations: value, range, reasons, status, or words that the explanation must say.
#include "engine/session/expectation.h"

#include <set>

#include "engine/eval/words.h"
#include "engine/explain/explanation.h"
#include "evidence/core/check.h"

namespace assay {

SubjectId subject_of(const Snapshot& snapshot, const Scenario& scenario, const std::string& name) {
  for (const auto& subject : scenario.subjects) {
    if (subject.name != name) continue;
    const auto found = snapshot.find(subject.kind, subject.own_code());
    CHECK(found);
    return *found;
  }
  for (std::uint32_t kind = 0; kind < snapshot.schema().kinds().size(); ++kind)
    if (const auto found = snapshot.find({kind}, name)) return *found;
  CHECK(!"the checker lets no expectation through whose subject is not given");
  return {};
}

namespace {

using Form = ast::Expect::Form;

struct Answer {
  Cell cell;
  const ValueType* type = nullptr;
  bool trigger = false;
  std::optional<Waiver> waiver = {};  // of a flag that is raised
};

std::string status_word(const Cell& cell) {
  const Truth truth = cell.truth();
  return truth == Truth::Yes ? "raised" : truth == Truth::Unknown ? "undetermined" : "clear";
}

std::string got_in_words(const Answer& answer, const Snapshot& snapshot) {
  if (answer.trigger) {
    std::string word = status_word(answer.cell);
    if (answer.waiver) word += ", " + in_words(*answer.waiver);
    if (answer.cell.unknown()) word += " because " + reasons_in_words(answer.cell.why, snapshot, 12);
    return word;
  }
  return in_words(answer.cell, *answer.type, snapshot);
}

bool reasons_are(const Answer& answer, const Snapshot& snapshot, const Scenario& scenario,
                 const Scenario::Expected& expected) {
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::string>> want, got;
  for (const auto& reason : expected.because) {
    const std::string& who = reason.subject.empty() ? expected.subject : reason.subject;
    want.emplace(subject_of(snapshot, scenario, who).index, reason.field.index, reason.reason);
  }
  for (const Reason& reason : answer.cell.why)
    got.emplace(reason.subject.index, reason.field.index, std::string(to_string(reason.kind)));
  return want == got;
}

bool same_end(const std::optional<Value>& got, const std::optional<Value>& want) {
  return !want || (got && same(*got, *want));
}

bool met(const Answer& answer, const Snapshot& snapshot, const Scenario& scenario, const Scenario::Expected& expected) {
  const bool because = expected.because.empty() || reasons_are(answer, snapshot, scenario, expected);
  switch (expected.form) {
    case Form::Value:
      return answer.cell.known() && expected.value && same(answer.cell.value(), *expected.value);
    case Form::Unknown:
      return answer.cell.unknown() && because && same_end(answer.cell.low, expected.low) &&
             same_end(answer.cell.high, expected.high);
    case Form::NotApplicable:
      return !answer.cell.applies();
    case Form::Raised:
      return answer.cell.truth() == Truth::Yes;
    case Form::Clear:
      return answer.cell.truth() == Truth::No || !answer.cell.applies();
    case Form::Undetermined:
      return answer.cell.unknown() && because;
    case Form::Waived:
      return answer.waiver.has_value();
    case Form::NotWaived:
      return !answer.waiver;
    case Form::Mentions:
      return false;  // held against the explanation, not the cell
  }
  return false;
}

Answer answer_of(Evaluation& evaluation, const Scenario& scenario, const Scenario::Expected& expected) {
  const Rulebook& book = evaluation.rulebook();
  const SubjectId subject = subject_of(evaluation.snapshot(), scenario, expected.subject);
  if (const auto* id = std::get_if<RuleId>(&expected.target)) {
    const Rule& rule = book.rule(*id);
    const RuleId answering = evaluation.on(*id, scenario.as_at);
    Answer answer{evaluation.rule(answering, subject, {scenario.as_at}), &book.type(rule.type), is_trigger(rule)};
    if (answer.trigger && answer.cell.truth() == Truth::Yes)
      answer.waiver = evaluation.waiver(answering, subject, {scenario.as_at});
    return answer;
  }
  const FieldId field = std::get<FieldId>(expected.target);
  return {evaluation.read(field, subject, {scenario.as_at}).cell, &book.schema.field(field).type, false};
}

bool contains_words(const std::string& text, const std::string& wanted) {
  // The tree breaks lines: white space of any length is one space.
  std::string flat;
  for (char c : text)
    if (c != ' ' && c != '\n')
      flat += c;
    else if (!flat.empty() && flat.back() != ' ')
      flat += ' ';
  return flat.find(wanted) != std::string::npos;
}

}  // namespace

bool is_met(Evaluation& evaluation, const Scenario& scenario, const Scenario::Expected& expected) {
  return expected.form == Form::Mentions ||
         met(answer_of(evaluation, scenario, expected), evaluation.snapshot(), scenario, expected);
}

std::optional<ScenarioFailure> hold(Evaluation& evaluation, const Scenario& scenario,
                                    const Scenario::Expected& expected) {
  const Rulebook& book = evaluation.rulebook();
  const Answer answer = answer_of(evaluation, scenario, expected);
  const bool mentions = expected.form == Form::Mentions;
  if (!mentions && met(answer, evaluation.snapshot(), scenario, expected)) return std::nullopt;
  ScenarioFailure failure{
      expected.span, book.sources.words(expected.span), got_in_words(answer, evaluation.snapshot()), {}};
  const auto* rule = std::get_if<RuleId>(&expected.target);
  if (!rule) return failure;
  const SubjectId subject = subject_of(evaluation.snapshot(), scenario, expected.subject);
  const Explanation explanation =
      explain(evaluation, outcome(evaluation, evaluation.on(*rule, scenario.as_at), subject, scenario.as_at));
  failure.why = to_paragraph(explanation);
  if (!mentions) return failure;
  if (contains_words(to_tree(explanation), expected.mentions) || contains_words(failure.why, expected.mentions))
    return std::nullopt;
  failure.got = fmt::format("{}, and its explanation does not say \"{}\"", failure.got, expected.mentions);
  return failure;
}

}  // namespace assay
