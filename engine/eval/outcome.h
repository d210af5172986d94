// One answer: a rule, a subject, a date, and what followed. What `assay run` writes a row for.
#pragma once

#include <string>
#include <vector>

#include "engine/eval/evaluation.h"
#include "engine/plan/plan.h"

namespace assay {

enum class Status { Known, Unknown, NotApplicable, Raised, Clear, Undetermined };
std::string_view to_string(Status status);

struct Outcome {
  RuleId rule;
  SubjectId subject;  // of an interaction: the link
  Date as_at;
  Status status = Status::Unknown;
  bool applies = true;  // a trigger that does not apply is clear, and says so
  Cell cell;
  std::vector<ReasonResult> reasons;  // of an enter or exit criterion
  std::optional<Waiver> waiver;       // of a flag that is raised
};

Outcome outcome(Evaluation& evaluation, RuleId rule, SubjectId subject, Date as_at);
// What a plan asks: every rule for every subject of its kind in being on the date; rules as planned, subjects in their
// order.
struct Question {
  RuleId rule;
  SubjectId subject;
};
std::vector<Question> questions(const Rulebook& rulebook, const Snapshot& snapshot, const Plan& plan);
// The answer to each of them, in that order.
std::vector<Outcome> outcomes(Evaluation& evaluation, const Plan& plan);
// "78%", "Good", "raised", "raised, waived until 30 June 2026 by A. Director: a new system from May", "unknown, 53% to
// 56%".
std::string in_words(const Outcome& outcome, const Rulebook& rulebook);

}  // namespace assay
