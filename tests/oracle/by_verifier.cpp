// The second evaluator's answers.
#include <algorithm>
#include <array>

#include "apps/verifier/derive/derivation.h"
#include "tests/oracle/seen.h"

namespace assay::oracle {
namespace {

Seen seen(SubjectId subject, const verifier::Verdict& verdict) {
  constexpr std::array kStatuses = {"known", "unknown", "not_applicable", "raised", "clear", "undetermined"};
  constexpr std::array kMarks = {"proposed", "inferred",         "local", "estimate",   "judgement",
                                 "waived",   "no_decision_held", "draft", "superseded", "not_in_force",
                                 "proxy",    "not_released"};
  constexpr std::array kReasons = {"met", "not_met", "undetermined", "answered"};
  Seen made;
  made.subject = subject;
  made.status = kStatuses[static_cast<std::size_t>(verdict.status)];
  if (!verdict.applies && verdict.status == verifier::Status::Clear) made.status += ", does not apply";
  const verifier::Answer& answer = verdict.answer;
  made.low = answer.low;
  made.high = answer.high;
  made.may_not_apply = answer.unknown() && answer.may_not_apply;
  for (const verifier::Reason& why : answer.why)
    made.because.push_back({why.subject, why.field, why.on, static_cast<int>(why.lacking)});
  for (const verifier::Mark& mark : answer.marks) made.marks.emplace_back(kMarks[static_cast<std::size_t>(mark.of)]);
  std::sort(made.marks.begin(), made.marks.end());
  made.marks.erase(std::unique(made.marks.begin(), made.marks.end()), made.marks.end());
  for (const verifier::ReasonIs is : verdict.reasons)
    made.criteria.emplace_back(kReasons[static_cast<std::size_t>(is)]);
  made.waived = verdict.waiver != nullptr;
  return made;
}

}  // namespace

Evaluator by_verifier(const Question& question) {
  const auto derivation = std::make_shared<verifier::Derivation>(question.book, question.snapshot,
                                                                 question.snapshot.known_on(), question.given);
  return [derivation, question](RuleId rule) {
    std::vector<Seen> all;
    for (const SubjectId subject : question.subjects_of(rule))
      all.push_back(seen(subject, derivation->verdict(rule, subject, question.as_at)));
    return all;
  };
}

}  // namespace assay::oracle
