// Which rules a date asks for.
#include "engine/plan/plan.h"

namespace assay {

Plan plan(const Rulebook& rulebook, Date as_at, Date known_on) {
  Plan plan{as_at, {}};
  for (std::uint32_t index = 0; index < rulebook.rules.size(); ++index) {
    const Ruleset& ruleset = rulebook.ruleset(rulebook.rules[index].ruleset);
    if (ruleset.in_force(as_at) && ruleset.published <= known_on) plan.rules.push_back({index});
  }
  return plan;
}

}  // namespace assay
