// Each thread takes every n-th subject with an evaluation of its own: what is asked of one subject shares most of its
// cells.
#include "engine/session/derived.h"

#include <algorithm>
#include <optional>
#include <thread>

#include "engine/explain/explanation.h"
#include "engine/explain/outcome_row.h"

namespace assay {

namespace {

std::string subject_text(const Snapshot& snapshot, SubjectId id) {
  const Subject& subject = snapshot.subject(id);
  return snapshot.schema().kind(subject.kind).name + ":" + subject.code;
}

bool worth_keeping(const Rule& rule, const Outcome& outcome) {
  if (is_trigger(rule)) return outcome.status == Status::Raised;
  if (!std::holds_alternative<StageRule>(rule.body)) return false;
  return std::none_of(outcome.cell.marks.begin(), outcome.cell.marks.end(),
                      [](const Mark& mark) { return mark.kind == MarkKind::NoDecisionHeld; });
}

std::string said(const Rulebook& rulebook, const Outcome& outcome) {
  const Rule& rule = rulebook.rule(outcome.rule);
  if (is_trigger(rule)) return "raised";
  return outcome.cell.known() ? to_plain(outcome.cell.value(), rulebook.type(rule.type)) : "";
}

// What one outcome gives: its place is its own, so threads never meet.
struct Made {
  std::string row;
  std::optional<Candidate> candidate;
};

void make(Evaluation& evaluation, const std::vector<Outcome>& outcomes, unsigned part, unsigned parts,
          std::vector<Made>& made) {
  Explainer explainer(evaluation);
  const Rulebook& book = evaluation.rulebook();
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const Outcome& outcome = outcomes[i];
    if (outcome.subject.index % parts != part) continue;
    std::string json = to_json(explainer.explain(outcome));
    const Digest digest = sha256(json);
    made[i].row = outcome_row(evaluation, outcome, digest);
    const Rule& rule = book.rule(outcome.rule);
    if (worth_keeping(rule, outcome))
      made[i].candidate = {said(book, outcome),
                           {rule.name, subject_text(evaluation.snapshot(), outcome.subject), digest, std::move(json)}};
  }
}

}  // namespace

Derived derive(Evaluation& evaluation, const std::vector<Outcome>& outcomes) {
  constexpr unsigned kThreadsMax = 8;
  const unsigned parts = std::clamp(std::thread::hardware_concurrency(), 1u, kThreadsMax);
  std::vector<Made> made(outcomes.size());
  {
    std::vector<std::jthread> others;
    for (unsigned part = 1; part < parts; ++part)
      others.emplace_back([&, part] {
        Evaluation own(evaluation.rulebook(), evaluation.snapshot());
        make(own, outcomes, part, parts, made);
      });
    make(evaluation, outcomes, 0, parts, made);
  }
  Derived derived;
  for (Made& one : made) {
    derived.rows.push_back(std::move(one.row));
    if (one.candidate) derived.candidates.push_back(std::move(*one.candidate));
  }
  return derived;
}

}  // namespace assay
