// What is said of one outcome, so that two who say it can be held against each other: the row that a run recorded
// (docs/formats/outcome_row.md), and what the second evaluator derives. Left out is what it does not derive: names,
// the author's words, the basis of an exception and what follows from an interaction.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "apps/verifier/derive/derivation.h"

namespace assay::verifier {

struct SaidOutcome {
  std::string status, value, low, high;  // as the row writes them; empty where it says nothing of that
  bool applies = true;
  std::string edition;
  std::set<std::string> because;  // "waits.median_wait of council:E1 on 2025-06-01"
  std::set<std::string> marks;
  std::vector<std::string> reasons;         // states of a criterion's reasons, in order
  std::optional<std::string> waived_until;  // the last day; of a waiver that stands
};

// Nothing where the text is no row of an outcome.
std::optional<SaidOutcome> read_outcome(std::string_view row);
SaidOutcome say_outcome(const Derivation& derivation, RuleId rule, const Verdict& verdict);

// "raised", "39", "unknown, 1 to 4".
std::string in_words(const SaidOutcome& outcome);
// In which way `recorded` is not `derived`, as a sentence; empty where it is the same.
std::string difference(const SaidOutcome& derived, const SaidOutcome& recorded);

}  // namespace assay::verifier
