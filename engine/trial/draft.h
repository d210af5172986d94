// A scenario in the making: what may be given of whom, and what has been chosen so far. Internal to engine/trial.
#pragma once

#include <optional>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay {

// One piece of evidence that may be given: one of several rows, or nothing.
struct Choice {
  std::vector<Scenario::Row> options;
  std::optional<Scenario::Row> chosen;
};

struct Draft {
  Scenario scenario;  // without the rows that are chosen
  std::vector<Choice> choices;
  std::string subject;  // whose outcome the rule gives
  Scenario assembled() const;
};

// The subject alone, with nothing given of it; of an interaction, a link and its two ends. Nothing where no date has
// every ruleset in force that the rule reads.
std::optional<Draft> blank_draft(const Rulebook& book, RuleId rule);
// From a scenario that asks the rule of this subject.
Draft draft_from(const Rulebook& book, RuleId rule, const Scenario& scenario, const std::string& subject);

}  // namespace assay
