// The trail entry of a run: what binds its inputs and its outcomes (docs/formats/trail.md).
#pragma once

#include <string>
#include <vector>

#include "dsl/check/rulebook.h"
#include "evidence/store/store.h"

namespace assay {

// Texts of the rulebook's files, in the order read; `file` is the name of the file without its folders, so that no
// trail holds a machine's paths.
std::vector<RulesetText> texts_of(const Rulebook& rulebook);

// Canonical JSON. `read` is the head of the log the run read. An official run says so, another says nothing of it.
std::string run_body(const Store::NewRun& run, const LogHead& read, bool official);
// Of a packed run, which names the rules in force that it left out.
std::string packed_run_body(const Store::NewRun& run, const LogHead& read, bool official,
                            const std::vector<std::string>& left_out);

}  // namespace assay
