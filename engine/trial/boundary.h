// Scenarios on either side of every limit in the rules, for an author to look over and keep: exactly at it, one step
// below and one above, each with what the rules give today.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay {

struct Boundary {
  RulesetId ruleset;
  RuleId rule;
  Span span;          // of the limit
  std::string words;  // the author's
  std::string title;
  std::string text;     // of the scenario, with a remark above it; empty where none could be made
  std::string why_not;  // then: why
};

// What a file of scenarios of a ruleset begins with: where there are several editions, it says which.
std::string ruleset_line(const Ruleset& ruleset);

// Of the rules picked, in the order declared. Every text has been read back, checked and run: it passes today. On as
// many threads as the machine has; the same texts whatever their number.
std::vector<Boundary> boundaries(const Rulebook& book, const std::function<bool(RuleId)>& counts);

}  // namespace assay
