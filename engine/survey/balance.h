// What each ruleset in force measures: outcomes or activity, hospitals or the community, to judge or to inform, whose
// experience; and which of the four aims of a system it speaks of. Counts of what evidence says of itself; there is no
// right share. Pure. As JSON: docs/formats/balance.md.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "engine/survey/items.h"

namespace assay {

struct Counted {
  std::string what;  // empty: not said
  std::size_t items = 0;
};

// Of one aim: the rules that say it, and the evidence that says it or on which these rules rest.
struct AimServed {
  ast::Aim aim = ast::Aim::Outcomes;
  std::size_t rules = 0, evidence = 0;
};

struct RulesetBalance {
  std::string ruleset, title;
  std::size_t items = 0, safety = 0, asked_of_said = 0;  // experience of which it is said who is asked
  std::vector<Counted> measures, purposes, sectors;      // what is said, most first; what is not said last
  std::vector<FieldId> experience;
  std::array<AimServed, 4> aims;
  bool speaks_of_aims = false;
};

struct Balance {
  Date as_at;
  std::vector<RulesetBalance> rulesets;  // those that declare evidence, in the order read
  std::array<AimServed, 4> aims;         // of all of them
};

Balance balance_of(const Rulebook& rulebook, const EditionAsked& asked);
std::string to_json(const Balance& balance, const Rulebook& rulebook);

}  // namespace assay
