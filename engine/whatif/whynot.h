// Why something is not raised, or is not rated better: every condition that failed, nearest first, and by how much. Its
// JSON is docs/formats/whynot.md. Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/eval/evaluation.h"
#include "engine/eval/outcome.h"

namespace assay {

// A condition that would have to turn, and what would turn it.
struct Gap {
  std::string title;  // of a reason, a rule or a step of time; else empty
  std::string words;  // the author's own
  std::string found;  // "Good is 2 steps above Inadequate", "1 of 2, 1 more of these is needed"
  Truth truth = Truth::No;
  bool answered = false;  // of a reason: met, but by evidence that an earlier stay has answered
  // How far from turning, in thousandths of what the value ranges over; of several parts the sum of the nearest that
  // are needed. Orders conditions and is shown to nobody.
  std::int64_t apart = 0;
  std::vector<Gap> parts;  // those that stand in the way: known ones nearest first, then those that are not known
};

struct WhyNot {
  RuleId rule;
  std::string name, title, subject, subject_name;
  Date as_at, known_on;
  std::string says;  // the outcome in words
  bool raised = false;
  std::string needed;  // of reasons: "any of 3 reasons"
  std::string stage;   // of criteria: the stage recorded, and whether anyone is asked from there
  std::vector<Gap> gaps;
  std::string basis;  // in words, with its remark
  std::vector<std::string> cites, parameters;
};

// Of a flag, an interaction, criteria, a rating, a table or a condition; nothing of a number, a text or a stage.
std::optional<WhyNot> why_not(Evaluation& evaluation, const Outcome& outcome);
// Of a regime's stage: all its criteria that could be asked of the subject from the stage where it stands.
std::vector<RuleId> criteria_from(Evaluation& evaluation, RuleId stage_rule, SubjectId subject, Date as_at);

std::string to_json(const std::vector<WhyNot>& answers);

}  // namespace assay
