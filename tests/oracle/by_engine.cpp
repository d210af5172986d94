// The engine's answers.
#include <algorithm>

#include "engine/eval/outcome.h"
#include "tests/oracle/seen.h"

namespace assay::oracle {

std::vector<SubjectId> Question::subjects_of(RuleId rule) const {
  std::vector<SubjectId> found;
  for (const SubjectId subject : snapshot.of_kind(book.rule(rule).kind))
    if (in_being(snapshot, subject, as_at)) found.push_back(subject);
  return found;
}

namespace {

Seen seen(const Outcome& outcome, bool trigger) {
  Seen made;
  made.subject = outcome.subject;
  made.status = to_string(outcome.status);
  if (trigger && !outcome.applies) made.status += ", does not apply";
  const Cell& cell = outcome.cell;
  made.low = cell.low;
  made.high = cell.high;
  made.may_not_apply = cell.unknown() && cell.may_not_apply;
  for (const Reason& why : cell.why)
    made.because.push_back({why.subject, why.field, why.on, static_cast<int>(why.kind)});
  std::sort(made.because.begin(), made.because.end());
  made.because.erase(std::unique(made.because.begin(), made.because.end()), made.because.end());
  for (const Mark& mark : cell.marks) made.marks.emplace_back(to_string(mark.kind));
  std::sort(made.marks.begin(), made.marks.end());
  made.marks.erase(std::unique(made.marks.begin(), made.marks.end()), made.marks.end());
  constexpr const char* kStates[] = {"met", "not_met", "undetermined", "answered"};
  for (const ReasonResult& reason : outcome.reasons)
    made.criteria.emplace_back(kStates[static_cast<std::size_t>(reason.state)]);
  made.waived = outcome.waiver.has_value();
  return made;
}

}  // namespace

Evaluator by_engine(const Question& question) {
  const auto evaluation = std::make_shared<Evaluation>(question.book, question.snapshot, question.given);
  return [evaluation, question](RuleId rule) {
    std::vector<Seen> all;
    for (const SubjectId subject : question.subjects_of(rule)) {
      all.push_back(seen(outcome(*evaluation, rule, subject, question.as_at), is_trigger(question.book.rule(rule))));
      // A plan asks no rule that is not in force: of its criteria nothing is said.
      const bool asked = evaluation->in_force(rule, question.as_at) && evaluation->is_for(rule, subject);
      if (!asked) all.back().criteria.clear();
    }
    return all;
  };
}

}  // namespace assay::oracle
