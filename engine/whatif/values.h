// Values that a piece of evidence is tried with. Internal to engine/whatif.
#pragma once

#include <optional>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay {

// The limits of that unit which a rule and all that it reads name: numbers in their text, dated parameters, bands.
std::vector<Decimal> limits_of(const Rulebook& rulebook, RuleId rule, TypeKind kind);
// Every value of a type that has few; of a number the limits and what lies one step either side, within its range.
// Nothing of dates and texts.
std::vector<Value> values_to_try(const ValueType& type, const std::optional<Value>& held,
                                 const std::vector<Decimal>& limits);

}  // namespace assay
