// A scenario written out as its author would write it. Pure.
#pragma once

#include <string>

#include "dsl/check/rulebook.h"

namespace assay {

// `remark` stands above it as a comment.
std::string to_text(const Rulebook& book, const Scenario& scenario, const std::string& remark);

// How a ruleset writes a name of its own or of another: `needs`, `cqc.needs`.
std::string name_in(const Rulebook& book, RulesetId ruleset, const std::string& qualified);

}  // namespace assay
