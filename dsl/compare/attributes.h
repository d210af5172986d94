// What declarations say beside expressions, as words: so that two of them can be held against each other. Internal to
// dsl/compare.
#pragma once

#include "dsl/compare/compare.h"

namespace assay {

using Attributes = std::vector<std::string>;

// What evidence means: type, time, sources.
Attributes evidence_attributes(const Rulebook& rulebook, FieldId field);
// "28 days from 1 April 2024": one a dated value.
Attributes parameter_values(const Rulebook& rulebook, const Parameter& parameter);
std::string type_in_words(const ValueType& type);

// Those of one that the other has not, joined.
std::string only_in(const Attributes& one, const Attributes& other);

void add_grounds(const Rulebook& was, const Grounds& then, const Rulebook& now, const Grounds& grounds,
                 std::vector<GroundsChange>& out);
// Whom it answers to and its aims, as lists.
void add_charge(const Charge& then, const Charge& now, std::vector<GroundsChange>& out);
void add_text(const std::string& what, const std::string& was, const std::string& now, std::vector<GroundsChange>& out);

}  // namespace assay
