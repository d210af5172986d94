// Scenarios made ready to be tried again and again, with the rules as they are and with one thing in them changed.
#pragma once

#include <vector>

#include "engine/eval/evaluation.h"

namespace assay {

// A scenario with its evidence and parameters as given. The rulebook it was made of must outlive it.
struct Trial {
  const Scenario* scenario = nullptr;
  Snapshot snapshot;
  Evaluation::Overrides overrides;
  bool drafts = false;  // of a draft edition's scenarios
};
Trial trial_of(const Rulebook& book, const Scenario& scenario);
std::vector<Trial> trials_of(const Rulebook& book);

// Asks of every rule that the scenario expects something of.
void ask_expected(Evaluation& evaluation, const Trial& trial);

// Which rules a rule reads, through others too, itself among them; by rule.
std::vector<std::vector<bool>> reach_of(const Rulebook& book);

}  // namespace assay
