// Parts of `assay why`. Internal to apps/cli.
#pragma once

#include "apps/cli/command.h"
#include "engine/eval/outcome.h"

namespace assay::cli {

// What was asked about: a rule and the subject, of an interaction the link.
struct Question {
  RuleId rule;
  SubjectId subject;
};

// RULE SUBJECT [OTHER END].
Result<Question> question_of(const Rulebook& book, const Snapshot& snapshot, Date as_at,
                             const std::vector<std::string>& words);

// How an evidence field reads: the row that answers and what part every other row plays.
int why_evidence(Asked& asked, FieldId field, SubjectId subject);

// What is derived today: the digest of the explanation, and the row as a run would hold it.
struct SaidToday {
  std::string explanation, row;
};

// Every run in the trail that concluded this outcome as at the date, beside what is derived today.
int print_on_record(Asked& asked, const Question& question, const SaidToday& today);
// The outcome as a run concluded it, by the rules and names of its time; then the same question with today's evidence
// and with today's rules, each difference put down to its cause.
int then_and_now(Asked& asked, const std::vector<std::string>& words, std::int64_t run, const std::string& format);

}  // namespace assay::cli
