// The questions that are put to each step by itself. Internal to apps/verifier/accept.
#pragma once

#include "apps/verifier/accept/steps.h"
#include "apps/verifier/derive/derivation.h"
#include "dsl/check/rulebook.h"

namespace assay::verifier {

std::optional<std::string> fault_of_words(const ExplainedStep& step, const Rulebook& book);
// A leaf by itself: its field, its value, its dates, and that the step says what it says.
std::optional<std::string> fault_of_leaf(const ExplainedStep& step, const ReadExplanation& all, const Rulebook& book);
// A leaf against the row that it is said to be.
std::optional<std::string> fault_against_rows(const ExplainedStep& step, const Rulebook& book, const Evidence& rows);
// What the text declares of a rule or method; of a parameter, with what was put in its place.
std::optional<std::string> fault_of_declared(const ExplainedStep& step, const Rulebook& book);
std::optional<std::string> fault_of_parameter(const ExplainedStep& step, const Rulebook& book,
                                              const Derivation::Given& given);
// Does a step say just these grounds?
bool says_grounds(const ExplainedStep& step, const Grounds& grounds, const Rulebook& book);
// "rules.assay:41", as an explanation says it.
std::string place_words(const Rulebook& book, Span span);

}  // namespace assay::verifier
