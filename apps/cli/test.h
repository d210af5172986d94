// What `assay test` says of the rules beside running their scenarios: one file each. Internal to apps/cli.
#pragma once

#include <string>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay::cli {

struct RulesAsked {
  const Rulebook& book;
  std::vector<bool> rulesets;  // by RulesetId: is it asked about?
  // What is only announced is evaluated by nothing, so no scenario can show anything of it.
  bool counts(RuleId rule) const {
    const RulesetId of = book.rule(rule).ruleset;
    return rulesets[of.index] && !book.ruleset(of).upcoming;
  }
};

// "rules/waits.assay:31".
std::string line_of(const Rulebook& book, Span span);

// Each gives its exit code.
int print_coverage(const RulesAsked& asked, bool require);
int print_mutants(const RulesAsked& asked);
int print_boundaries(const RulesAsked& asked, const std::string& output);

}  // namespace assay::cli
