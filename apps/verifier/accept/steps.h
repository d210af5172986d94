// An explanation as read from its JSON. Internal to apps/verifier/accept.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/date.h"

namespace assay::verifier {

using Members = std::map<std::string, std::string>;  // of text and numbers alike

struct ExplainedStep {
  Members said;  // title, words, place, result, note, basis ...
  std::vector<std::string> cites, marks, answers_to, aims;
  std::vector<std::string> parameter_cites;
  std::vector<std::size_t> children;
  std::optional<Members> leaf, absence, parameter;
  std::string subject;  // its own, else of the rule that it is part of
  Date on;
  std::string_view text(const std::string& key) const {
    const auto found = said.find(key);
    return found == said.end() ? std::string_view() : std::string_view(found->second);
  }
};
struct ReadExplanation {
  Date as_at, known_on;
  std::vector<ExplainedStep> steps;
};

// The fault, or nothing: then `into` is filled. Checks what the form alone demands.
std::optional<std::string> read_explanation(std::string_view json, ReadExplanation& into);

}  // namespace assay::verifier
