// Was the bar moved to let someone out? What began shortly before a decision or a date set for one. Pure.
#pragma once

#include <string>
#include <vector>

#include "dsl/compare/compare.h"
#include "evidence/core/snapshot.h"

namespace assay {

// A change of rules, and a decision recorded or a date held of a subject no more than so many days after it began.
struct NearDecision {
  std::string what;  // "parameter waits.limit", "edition 2 of waits"
  Date begins;
  std::string subject, name;
  std::string decision;  // "Stage of intervention: Directed", "Next review"
  Date on;
  std::string document;
};

// Values of parameters and editions that the new rules have and the old have not, by the day they begin; of each the
// decisions of regimes recorded and the dates held as evidence, ascending.
std::vector<NearDecision> near_decisions(const Rulebook& was, const Rulebook& now, const Snapshot& snapshot,
                                         std::int32_t days);

}  // namespace assay
