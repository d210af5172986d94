// The trail entry of a run: what binds its inputs and its outcomes (docs/formats/trail.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/check/rulebook.h"
#include "engine/columns/pack.h"
#include "evidence/store/store.h"

namespace assay {

// Texts of the rulebook's files, in the order read; `file` is the name of the file without its folders, so that no
// trail holds a machine's paths.
std::vector<RulesetText> texts_of(const Rulebook& rulebook);

// Canonical JSON. `read` is the head of the log the run read. An official run says so, another says nothing of it.
std::string run_body(const LogHead& read, bool official);
// What a packed run says beside that. A later one that begins from it reads it back.
struct SaidCounts {
  std::string rule;
  columns::BlockTally fell;
};
struct PackedSaid {
  std::vector<std::string> left_out;  // rules in force that columns cannot answer
  std::vector<SaidCounts> counts;     // of each other, how its answers fall
  bool all_known = false;             // nothing stood in the store that was recorded after `known_on`
  std::int64_t based_on = 0;          // read back: the run that it shares blocks with; 0 for none
};
std::string packed_run_body(const LogHead& read, bool official, const PackedSaid& said);
// Nothing of a body that is no packed run's.
std::optional<PackedSaid> read_packed_body(const std::string& body);

}  // namespace assay
