// What evidence the rulesets in force ask for: the items that everything in this folder counts. From the rules alone,
// so that nobody has to measure what nobody recorded. Pure.
#pragma once

#include <string>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay {

// Evidence declared by an edition in force: no registers, attributes of links, recorded stages, waivers or releases.
// In the order declared.
std::vector<FieldId> evidence_in_force(const Rulebook& rulebook, const EditionAsked& asked);
// The ruleset that declares it, by its title.
std::string title_of(const Ruleset& ruleset);
std::string framework_of(const Rulebook& rulebook, FieldId field);
// Who holds it: the sources it is taken from, in their order, and who contributes.
std::vector<std::string> held_by(const Rulebook& rulebook, FieldId field);

}  // namespace assay
