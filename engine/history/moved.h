// Who would move: outcomes by two sets of rules over the same evidence. Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/eval/evaluation.h"

namespace assay {

// Of one rule that both sets have, one subject of which they say different things.
struct Moved {
  std::string rule, subject, name;
  std::string was, now;  // in words: "clear", "Good"
};
struct RuleMoved {
  std::string rule;
  std::size_t asked = 0;  // subjects of which both were asked
  std::vector<Moved> moved;
};
// For every rule of the name in both, as the new rules declare them. The snapshots are of the same store, each in the
// schema of its rulebook.
std::vector<RuleMoved> who_moves(Evaluation& was, Evaluation& now, Date as_at);

// Of rulesets of which no edition is in force on the date, the last taken as though it were; gives their names. So a
// change can be tried before it begins, or after what it replaces has ended.
std::vector<std::string> take_as_in_force(Rulebook& rulebook, Date as_at, Date known_on);

// Of each ruleset with an edition of that name, that one alone: the others are evaluated by nothing. False where none
// has one.
bool take_edition(Rulebook& rulebook, const std::string& edition);

}  // namespace assay
