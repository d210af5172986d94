// Expectations: value, range, reasons, status, or words that the explanation must say.
#include "engine/session/expectation.h"

#include <set>

#include "engine/eval/words.h"
#include "engine/explain/explanation.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

using Form = ast::Expect::Form;

constexpr int kTreeWidth = 72;  // it is printed eight columns in

struct Answer {
  Cell cell;
  const ValueType* type = nullptr;
  bool trigger = false;
};

// Subjects of a scenario are looked up in every kind: names are its own and unique.
SubjectId subject_named(const Rulebook& book, const Snapshot& snapshot, const Scenario& scenario,
                        const std::string& name) {
  for (const auto& subject : scenario.subjects) {
    if (subject.name != name) continue;
    const auto found = snapshot.find(subject.kind, name);
    CHECK(found);
    return *found;
  }
  for (std::uint32_t kind = 0; kind < book.schema.kinds().size(); ++kind)
    if (const auto found = snapshot.find({kind}, name)) return *found;
  CHECK(!"the checker lets no expectation through whose subject is not given");
  return {};
}

std::string status_word(const Cell& cell) {
  const Truth truth = cell.truth();
  return truth == Truth::Yes ? "raised" : truth == Truth::Unknown ? "undetermined" : "clear";
}

std::string got_in_words(const Answer& answer, const Snapshot& snapshot) {
  if (answer.trigger) {
    std::string word = status_word(answer.cell);
    if (answer.cell.unknown()) word += " because " + reasons_in_words(answer.cell.why, snapshot, 12);
    return word;
  }
  return in_words(answer.cell, *answer.type, snapshot);
}

bool reasons_are(const Answer& answer, const Rulebook& book, const Snapshot& snapshot, const Scenario& scenario,
                 const Scenario::Expected& expected) {
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::string>> want, got;
  for (const auto& reason : expected.because) {
    const std::string& who = reason.subject.empty() ? expected.subject : reason.subject;
    want.emplace(subject_named(book, snapshot, scenario, who).index, reason.field.index, reason.reason);
  }
  for (const Reason& reason : answer.cell.why)
    got.emplace(reason.subject.index, reason.field.index, std::string(to_string(reason.kind)));
  return want == got;
}

bool same_end(const std::optional<Value>& got, const std::optional<Value>& want) {
  return !want || (got && same(*got, *want));
}

bool met(const Answer& answer, const Rulebook& book, const Snapshot& snapshot, const Scenario& scenario,
         const Scenario::Expected& expected) {
  const bool because = expected.because.empty() || reasons_are(answer, book, snapshot, scenario, expected);
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
    case Form::Mentions:
      return false;  // held against the explanation, not the cell
  }
  return false;
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

std::optional<ScenarioFailure> hold(Evaluation& evaluation, const Scenario& scenario,
                                    const Scenario::Expected& expected) {
  const Rulebook& book = evaluation.rulebook();
  const Snapshot& snapshot = evaluation.snapshot();
  const SubjectId subject = subject_named(book, snapshot, scenario, expected.subject);
  Answer answer;
  std::string why, paragraph;
  if (const auto* rule = std::get_if<RuleId>(&expected.target)) {
    const Outcome result = outcome(evaluation, *rule, subject, scenario.as_at);
    answer = {result.cell, &book.type(book.rule(*rule).type), is_trigger(book.rule(*rule))};
    if (expected.form != Form::Mentions && met(answer, book, snapshot, scenario, expected)) return std::nullopt;
    const Explanation explanation = explain(evaluation, result);
    why = to_tree(explanation, kTreeWidth);
    paragraph = to_paragraph(explanation);
  } else {
    const FieldId field = std::get<FieldId>(expected.target);
    answer = {evaluation.read(field, subject, {scenario.as_at}).cell, &book.schema.field(field).type, false};
    if (met(answer, book, snapshot, scenario, expected)) return std::nullopt;
  }
  if (expected.form == Form::Mentions &&
      (contains_words(why, expected.mentions) || contains_words(paragraph, expected.mentions)))
    return std::nullopt;
  return ScenarioFailure{expected.span, book.sources.words(expected.span), got_in_words(answer, snapshot), why};
}

}  // namespace assay
