// Who answers to whom, drawn from `answers to` in the rulesets in force. Pure. As JSON: docs/formats/accountability.md.
#pragma once

#include <string>
#include <vector>

#include "engine/survey/items.h"

namespace assay {

// One line of the map: a body of a kind answers to somebody for something.
struct Answering {
  std::string kind;               // of the body that answers: Integrated care system
  std::string to;                 // a kind, a source, or the author's words
  std::string what, name;         // title and full name of the rule or evidence
  std::string ruleset;            // its title
  std::string basis;              // may be empty
  std::vector<std::string> aims;  // of a system, which it serves; mostly none are said
};

struct Accountability {
  Date as_at;
  std::vector<Answering> lines;  // by kind as declared, then by whom, then as declared
  // Duties (rules of basis statute, interactions and what follows from other rows apart) that answer to nobody.
  std::vector<RuleId> to_nobody;
};

Accountability accountability_of(const Rulebook& rulebook, const EditionAsked& asked);
std::string to_json(const Accountability& map, const Rulebook& rulebook);

}  // namespace assay
