// Accepts or rejects an explanation (docs/formats/explanation.md) by the text of the rulesets and the rows of evidence
// that stand in it, without the engine: its words stand where it says, every path ends in a row, a parameter, a named
// absence or a digest, counts add up, and each rule's result follows from the rows by the second evaluator.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/check/rulebook.h"

namespace assay::verifier {

struct Judged {
  std::optional<std::string> fault;  // why it is rejected, with the number of the step; nothing where it is accepted
  // Did the result itself follow from the rows? Not asked where it rests on members of whom a line and a digest are
  // shown, or on rows that an explanation does not show; then its digest in the outcome row is what stands for it.
  bool derived = false;
};
// `digest`, if given: what the bytes must have as their SHA-256.
Judged judge_explanation(std::string_view json, const Rulebook& rulebook, std::optional<std::string_view> digest = {});

}  // namespace assay::verifier
