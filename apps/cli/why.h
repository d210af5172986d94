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

// How an evidence field reads: the row that answers and what part every other row plays.
int why_evidence(Asked& asked, FieldId field, SubjectId subject);

// "raised", "Inadequate": of a machine row.
std::string concluded_in_words(const std::string& row);
// Every run in the trail that concluded this outcome as at the date, beside what is derived today.
int print_on_record(Asked& asked, const Question& question, const Digest& digest_today);
// The outcome as a run concluded it, then the same question with today's evidence and with today's rules, each
// difference put down to its cause.
int then_and_now(Asked& asked, const Question& question, std::int64_t run, const std::string& format);

}  // namespace assay::cli
