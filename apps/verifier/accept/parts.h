// The questions that are put to each step. Internal to apps/verifier/accept.
#pragma once

#include "apps/verifier/accept/steps.h"
#include "dsl/check/rulebook.h"

namespace assay::verifier {

std::optional<std::string> fault_of_words(const ExplainedStep& step, const Rulebook& book);
// A leaf by itself: its field, its value, its dates, and that the step says what it says.
std::optional<std::string> fault_of_leaf(const ExplainedStep& step, const ReadExplanation& all, const Rulebook& book);
// Why it may be believed, as the text has it.
std::optional<std::string> fault_of_basis(const ExplainedStep& step, const Rulebook& book);
// Every rule's result, derived again from the rows in the explanation; whether the root's was among them.
std::optional<std::string> fault_of_results(const ReadExplanation& all, const Rulebook& book, bool& root);

}  // namespace assay::verifier
