// Rule files from disk to a checked rulebook.
#pragma once

#include <string>
#include <vector>

#include "dsl/check/check.h"
#include "evidence/core/result.h"

namespace assay {

struct LoadedRules {
  Rulebook rulebook;
  DiagnosticSink sink;
  // The files that were named come first; those after them were found because a ruleset uses theirs.
  std::size_t named = 0;
};

// The .assay files at or under the paths with their texts, in order of their names. NotFound, Io.
Result<std::vector<std::pair<std::string, std::string>>> read_rule_files(const std::vector<std::string>& paths);
// Reads every .assay file at or under the paths, in order of their names. A `use` of a ruleset not among them is looked
// for under `shipped` (the project's rulesets/), and added; warnings in such a file are not for whoever uses it.
// NotFound, Io; what is wrong in the text is in the sink.
Result<LoadedRules> load_rules(const std::vector<std::string>& paths, const std::string& shipped);
// The same from texts kept in a store (path, text).
LoadedRules load_rules(std::vector<std::pair<std::string, std::string>> texts);

}  // namespace assay
