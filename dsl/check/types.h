// Types as the checker handles them: kept once each, compared, named in messages.
#pragma once

#include <string>

#include "dsl/check/rulebook.h"

namespace assay::checking {

bool same_type(const ValueType& a, const ValueType& b);
// Adds the type to the rulebook's, or finds the same one there.
TypeId intern(Rulebook& book, const ValueType& type);
TypeId intern(Rulebook& book, TypeKind kind);

// Numbers without a unit: whole, decimal, score.
bool is_plain_number(TypeKind kind);
bool is_whole_number(TypeKind kind);
bool has_labels(TypeKind kind);
// May a comparison ask which of two is more?
bool has_order(TypeKind kind);

// May values of the two be compared? Same unit; of scales the same scale.
bool meets(const ValueType& a, const ValueType& b);

// "a percent", "a score 1 to 4", "one of cqc_rating": after "`x` is".
std::string say(const ValueType& type);
// What could have been meant by a bare number: "28 what: days, weeks?" Empty for types without a unit.
std::string unit_question(TypeKind kind, std::string_view number);
// "significant_shortfall" -> "Significant shortfall".
std::string title_from_name(std::string_view name);

}  // namespace assay::checking
