// Days asked where something can change, then joined again where nothing that decides did.
#include "engine/history/timeline.h"

#include <algorithm>

#include "engine/explain/because.h"
#include "engine/explain/rests.h"
#include "engine/explain/words.h"

namespace assay {

std::string_view to_string(DayState state) {
  constexpr std::string_view kNames[] = {"raised", "waived",         "clear",   "undetermined",
                                         "known",  "not_applicable", "unknown", "not_evaluated"};
  return kNames[static_cast<std::size_t>(state)];
}

std::string_view in_words(DayState state) {
  constexpr std::string_view kWords[] = {"raised", "raised and waived", "clear",   "undetermined",
                                         "known",  "does not apply",    "unknown", "not evaluated"};
  return kWords[static_cast<std::size_t>(state)];
}

std::optional<RuleId> rule_in_force(const Rulebook& rulebook, std::string_view rule, Date day, Date known_on) {
  const auto named = rulebook.find_rule(rule);
  return named ? rulebook.rule_on(*named, {day, known_on}) : std::nullopt;
}

namespace {

DayState state_of(const Outcome& outcome) {
  switch (outcome.status) {
    case Status::Raised:
      return outcome.waiver ? DayState::Waived : DayState::Raised;
    case Status::Clear:
      return DayState::Clear;
    case Status::Undetermined:
      return DayState::Undetermined;
    case Status::Known:
      return DayState::Known;
    case Status::NotApplicable:
      return DayState::NotApplicable;
    case Status::Unknown:
      return DayState::Unknown;
  }
  return DayState::Unknown;
}

// What is held of another time, or by a source that does not count, decided nothing.
bool bears(const EvidenceLeaf& leaf) {
  switch (leaf.part) {
    case Part::Answers:
    case Part::Imprecise:
    case Part::Possible:
    case Part::Disagrees:
    case Part::Hole:
    case Part::Superseded:
    case Part::Outranked:
      return true;
    case Part::Older:
    case Part::NotCounted:
    case Part::OtherTime:
      return false;
  }
  return false;
}

// Which rows, absences and parameters decided, whatever the day says of them.
std::vector<std::string> deciding(const Rests& rests) {
  std::vector<std::string> out;
  for (const auto* leaves : {&rests.answers, &rests.others})
    for (const EvidenceLeaf* leaf : *leaves)
      if (bears(*leaf)) out.push_back(fmt::format("{} {}", leaf->digest.to_string(), to_string(leaf->part)));
  for (const Absence* absence : rests.absences)
    out.push_back(fmt::format("{} of {} {}", absence->field, absence->subject, to_string(absence->kind)));
  for (const ParameterLeaf* parameter : rests.parameters)
    out.push_back(fmt::format("{} is {}", parameter->name, parameter->value));
  std::sort(out.begin(), out.end());
  return out;
}

// Of one piece of evidence together: of a series each step that is wanting.
std::vector<Wanting> wanting_in(const Rests& rests) {
  std::vector<Wanting> out;
  for (const Absence* absence : rests.absences) {
    auto known = std::find_if(out.begin(), out.end(), [&](const Wanting& one) {
      return one.field == absence->field && one.subject == absence->subject && one.kind == absence->kind;
    });
    if (known == out.end())
      known = out.insert(
          out.end(), {absence->field, absence->title, absence->subject, absence->subject_name, absence->kind, {}, {}});
    if (known->detail.find(absence->detail) != std::string::npos) continue;
    known->detail += (known->detail.empty() ? "" : "; ") + absence->detail;
    known->detail_at_end = known->detail;
  }
  return out;
}

struct Spans {
  std::vector<TimelineSpan> made;
  std::vector<std::string> deciding;  // of the last

  void add(TimelineSpan span, std::vector<std::string> by) {
    if (!made.empty() && made.back().state == span.state && made.back().words == span.words && deciding == by) {
      made.back().to = span.to;
      for (std::size_t i = 0; i < span.wanting.size() && i < made.back().wanting.size(); ++i)
        made.back().wanting[i].detail_at_end = span.wanting[i].detail;
      return;
    }
    made.push_back(std::move(span));
    deciding = std::move(by);
  }
};

}  // namespace

DayAnswer answer_on(Evaluation& evaluation, const PeriodQuestion& question, Date day) {
  const Rulebook& book = evaluation.rulebook();
  const Snapshot& snapshot = evaluation.snapshot();
  const auto rule = rule_in_force(book, question.rule, day, snapshot.known_on());
  if (!rule) {
    const std::string ruleset = question.rule.substr(0, question.rule.find_last_of('.'));
    return {DayState::NotEvaluated, fmt::format("no edition of {} was in force", ruleset), std::nullopt};
  }
  if (!in_being(snapshot, question.subject, day))
    return {DayState::NotEvaluated, fmt::format("{} was not in being", name_on(snapshot, question.subject, day)),
            std::nullopt};
  DayAnswer answer;
  answer.outcome = outcome(evaluation, *rule, question.subject, day);
  answer.state = state_of(*answer.outcome);
  answer.words =
      answer.state == DayState::Waived ? std::string(in_words(answer.state)) : in_words(*answer.outcome, book);
  return answer;
}

std::vector<TimelineSpan> timeline(Evaluation& evaluation, const PeriodQuestion& question) {
  const Bearing bearing = bearing_on(evaluation.rulebook(), evaluation.snapshot(), question);
  Explainer explainer(evaluation);
  Spans spans;
  for (std::size_t i = 0; i < bearing.days.size(); ++i) {
    const Date day = bearing.days[i];
    const DayAnswer answer = answer_on(evaluation, question, day);
    TimelineSpan span;
    span.from = day;
    span.to = i + 1 < bearing.days.size() ? Date{bearing.days[i + 1].days - 1} : question.to;
    span.state = answer.state;
    span.words = answer.words;
    if (!answer.outcome) {
      spans.add(std::move(span), {});
      continue;
    }
    const Explanation explanation = explainer.explain(*answer.outcome);
    const Rests rests = rests_on(explanation);
    span.because = because_in_words(explanation);
    for (const auto* leaves : {&rests.answers, &rests.others})
      for (const EvidenceLeaf* leaf : *leaves)
        if (bears(*leaf)) span.rows.push_back(*leaf);
    span.wanting = wanting_in(rests);
    if (const auto& waiver = answer.outcome->waiver)
      span.waivers.push_back(
          fmt::format("until {} by {}: {}", waiver->until.to_long_string(), waiver->by, waiver->because));
    spans.add(std::move(span), deciding(rests));
  }
  return std::move(spans.made);
}

}  // namespace assay
