// Outcomes: a rule asked for a subject on a date.
#include "engine/eval/outcome.h"

#include "engine/eval/words.h"

namespace assay {

std::string_view to_string(Status status) {
  switch (status) {
    case Status::Known:
      return "known";
    case Status::Unknown:
      return "unknown";
    case Status::NotApplicable:
      return "not_applicable";
    case Status::Raised:
      return "raised";
    case Status::Clear:
      return "clear";
    case Status::Undetermined:
      return "undetermined";
  }
  return "";
}

namespace {

Status status_of(const Cell& cell, bool trigger) {
  if (trigger) {
    const Truth truth = cell.truth();
    return truth == Truth::Yes ? Status::Raised : truth == Truth::Unknown ? Status::Undetermined : Status::Clear;
  }
  return cell.known() ? Status::Known : cell.unknown() ? Status::Unknown : Status::NotApplicable;
}

}  // namespace

Outcome outcome(Evaluation& evaluation, RuleId id, SubjectId subject, Date as_at) {
  const Rule& rule = evaluation.rulebook().rule(id);
  Outcome out;
  out.rule = id;
  out.subject = subject;
  out.as_at = as_at;
  out.cell = evaluation.rule(id, subject, {as_at});
  out.status = status_of(out.cell, is_trigger(rule));
  out.applies = out.cell.applies();
  if (std::holds_alternative<EnterRule>(rule.body) || std::holds_alternative<ExitRule>(rule.body))
    out.reasons = evaluation.reasons(id, subject, {as_at});
  if (out.status == Status::Raised) out.waiver = evaluation.waiver(id, subject, {as_at});
  return out;
}

std::vector<Question> questions(const Rulebook& rulebook, const Snapshot& snapshot, const Plan& plan) {
  std::vector<Question> out;
  std::vector<std::vector<SubjectId>> present(snapshot.schema().kinds().size());
  for (std::uint32_t kind = 0; kind < present.size(); ++kind)
    for (SubjectId subject : snapshot.of_kind({kind}))
      if (in_being(snapshot, subject, plan.as_at)) present[kind].push_back(subject);
  for (RuleId rule : plan.rules)
    for (SubjectId subject : present[rulebook.rule(rule).kind.index])
      if (is_for(rulebook, snapshot, rule, subject)) out.push_back({rule, subject});
  return out;
}

std::vector<Outcome> outcomes(Evaluation& evaluation, const Plan& plan) {
  std::vector<Outcome> out;
  for (const auto& [rule, subject] : questions(evaluation.rulebook(), evaluation.snapshot(), plan))
    out.push_back(outcome(evaluation, rule, subject, plan.as_at));
  return out;
}

std::string in_words(const Outcome& outcome, const Rulebook& rulebook) {
  const Rule& rule = rulebook.rule(outcome.rule);
  if (is_trigger(rule)) {
    if (!outcome.applies) return "clear (does not apply)";
    if (outcome.waiver) return fmt::format("raised, {}: {}", in_words(*outcome.waiver), outcome.waiver->because);
    return std::string(to_string(outcome.status));
  }
  const ValueType& type = rulebook.type(rule.type);
  if (!outcome.cell.applies()) return "does not apply";
  if (outcome.cell.known()) return to_words(outcome.cell.value(), type);
  const std::string range = range_in_words(outcome.cell, type);
  return range.empty() ? "unknown" : "unknown, " + range;
}

}  // namespace assay
