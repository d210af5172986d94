// Which answers of each condition the scenarios show to matter: yes, no and unknown, each where another answer would
// have changed what the rule gives (masking MC/DC, with unknown as a third answer; docs/testing_rules.md).
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "engine/trial/condition.h"

namespace assay {

enum class Shown {
  Yes,         // by at least one scenario
  Masked,      // a scenario gives this answer, and another answer would have changed nothing
  NotGiven,    // the condition is reached, and never answers so
  NotReached,  // no scenario asks the rule
  CannotBe,
};

struct AnswerShown {
  Shown shown = Shown::NotReached;
  std::string detail;          // Masked: what decides instead; CannotBe: why
  std::string scenario_title;  // Masked: where
};

struct ConditionShown {
  Condition condition;
  std::array<AnswerShown, 3> answers;  // by Truth: no, yes, unknown
};

// Of the rules that `counts` picks, in the order declared.
std::vector<ConditionShown> coverage(const Rulebook& book, const std::function<bool(RuleId)>& counts);

}  // namespace assay
