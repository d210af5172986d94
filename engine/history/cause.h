// What an outcome's change between two questions is put down to, and the world as it would be with that undone. Pure.
#pragma once

#include <optional>
#include <set>
#include <string_view>

#include "dsl/check/rulebook.h"
#include "evidence/core/snapshot.h"

namespace assay {

enum class Cause { NewEvidence, Correction, TimePassing, ChangedRule, Geography };
std::string_view to_string(Cause cause);  // new_evidence ... geography
std::string_view in_words(Cause cause);   // "new evidence"

// Two questions alike but for their dates, the earlier first.
struct Between {
  Date was_as_at, was_known_on;
  Date as_at, known_on;
};

// Does a row say which bodies there are, or how they are joined?
bool is_of_the_map(const Schema& schema, const Observation& row);

// To what a row belongs that counts at the later question and did not at the earlier: a row recorded since, or of which
// the time asked about came since. A correction or withdrawal recorded since is a correction, whatever it corrects.
// Nothing of a row that counted already, or does not yet.
std::optional<Cause> cause_of(const Schema& schema, const Observation& row, const Between& between);

// What is known at the later question without what these causes brought. A reading of a series that is new says what
// the one before it said, so that nothing is wanting that was held; any other row is not there. Of geography, bodies
// and links that ended since stand as they did.
Snapshot without(const Snapshot& now, const Between& between, const std::set<Cause>& undone);

// The editions and values of parameters in force at the earlier question, at the later too; nothing where they are.
std::optional<Rulebook> rules_of_then(const Rulebook& rulebook, const Between& between);

}  // namespace assay
