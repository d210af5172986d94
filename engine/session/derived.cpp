// Each thread takes every n-th subject with an evaluation of its own, and all that is asked of one before the next: it
// shares most of its cells and steps.
#include "engine/session/derived.h"

#include <algorithm>
#include <numeric>
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

// What one question gives: its place is its own, so threads never meet.
struct Made {
  Outcome outcome;
  std::string row, full_row;
  std::optional<Candidate> candidate;
};

struct Asked {
  std::vector<Question> questions;
  std::vector<std::size_t> in_turn;  // places in `questions`: all that is asked of one subject, then of the next
  Date as_at;
  bool full_rows = false;
};

std::vector<std::size_t> by_subject(const std::vector<Question>& questions) {
  std::vector<std::size_t> in_turn(questions.size());
  std::iota(in_turn.begin(), in_turn.end(), std::size_t{0});
  std::ranges::stable_sort(in_turn, {}, [&](std::size_t i) { return questions[i].subject.index; });
  return in_turn;
}

void make(Evaluation& evaluation, const Asked& asked, unsigned part, unsigned parts, std::vector<Made>& made) {
  Explainer explainer(evaluation);
  const Rulebook& book = evaluation.rulebook();
  for (const std::size_t i : asked.in_turn) {
    if (asked.questions[i].subject.index % parts != part) continue;
    Outcome& outcome = made[i].outcome;
    outcome = assay::outcome(evaluation, asked.questions[i].rule, asked.questions[i].subject, asked.as_at);
    const Rule& rule = book.rule(outcome.rule);
    const bool keep = worth_keeping(rule, outcome);
    std::optional<Digest> digest;
    if (keep || asked.full_rows) {
      std::string json = to_json(explainer.explain(outcome));
      digest = sha256(json);
      if (keep)
        made[i].candidate = {
            said(book, outcome),
            {rule.name, subject_text(evaluation.snapshot(), outcome.subject), *digest, std::move(json)}};
    }
    made[i].row = outcome_row(evaluation, outcome, keep ? digest : std::nullopt);
    if (asked.full_rows) made[i].full_row = outcome_row(evaluation, outcome, digest);
  }
}

}  // namespace

Derived derive(Evaluation& evaluation, const Plan& plan, bool full_rows) {
  constexpr unsigned kThreadsMax = 8;
  const unsigned parts = std::clamp(std::thread::hardware_concurrency(), 1u, kThreadsMax);
  Asked asked{questions(evaluation.rulebook(), evaluation.snapshot(), plan), {}, plan.as_at, full_rows};
  asked.in_turn = by_subject(asked.questions);
  std::vector<Made> made(asked.questions.size());
  {
    std::vector<std::jthread> others;
    for (unsigned part = 1; part < parts; ++part)
      others.emplace_back([&, part] {
        Evaluation own(evaluation.rulebook(), evaluation.snapshot(), {}, evaluation.drafts());
        make(own, asked, part, parts, made);
      });
    make(evaluation, asked, 0, parts, made);
  }
  Derived derived;
  for (Made& one : made) {
    derived.outcomes.push_back(std::move(one.outcome));
    derived.rows.push_back(std::move(one.row));
    if (full_rows) derived.full_rows.push_back(std::move(one.full_row));
    if (one.candidate) derived.candidates.push_back(std::move(*one.candidate));
  }
  return derived;
}

DerivedOne derive_one(Evaluation& evaluation, RuleId rule, SubjectId subject, Date as_at) {
  DerivedOne one;
  one.outcome = outcome(evaluation, rule, subject, as_at);
  one.explanation = to_json(explain(evaluation, one.outcome));
  const bool keep = worth_keeping(evaluation.rulebook().rule(rule), one.outcome);
  one.row = outcome_row(evaluation, one.outcome,
                        keep ? std::optional(sha256(std::string_view(one.explanation))) : std::nullopt);
  return one;
}

}  // namespace assay
