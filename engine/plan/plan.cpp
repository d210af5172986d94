// Which rules a date asks for.
#include "engine/plan/plan.h"

namespace assay {

Plan plan(const Rulebook& rulebook, const EditionAsked& asked) {
  Plan plan{asked.as_at, {}};
  for (std::uint32_t index = 0; index < rulebook.rules.size(); ++index)
    if (rulebook.rule_on({index}, asked) == RuleId{index}) plan.rules.push_back({index});
  return plan;
}

}  // namespace assay
