// How assurance of one sort of body bears on another, drawn from the interactions in force: theme by theme what stands
// on either side, which evidence, and who holds it. Pure. As JSON: docs/formats/read_across.md.
#pragma once

#include <string>
#include <vector>

#include "engine/survey/items.h"

namespace assay {

// What a theme of a framework brings to an interaction. Evidence without a theme stands under its framework alone.
struct ThemeSide {
  std::string kind;       // whose: Council
  std::string framework;  // title of the ruleset; of a side without evidence empty
  std::string theme;      // its title; may be empty
  std::vector<FieldId> evidence;
  friend bool operator==(const ThemeSide&, const ThemeSide&) = default;
};

// One cell of the matrix: an interaction, from a theme on one side to a theme on the other.
struct ReadAcrossCell {
  RuleId interaction;
  ThemeSide from, to;
  std::vector<FieldId> shared;  // of these, what the interaction says both sides are to use
};

struct ReadAcross {
  Date as_at;
  std::vector<ReadAcrossCell> cells;  // interactions as declared, then themes as declared
};

ReadAcross read_across_of(const Rulebook& rulebook, const EditionAsked& asked);
std::string to_json(const ReadAcross& matrix, const Rulebook& rulebook);

}  // namespace assay
