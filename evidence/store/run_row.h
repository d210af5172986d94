// A run as its tables hold it, and the keys of its trail entry that bind them. Private to evidence/store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/store/database.h"
#include "evidence/store/store.h"

namespace assay {

struct RunRow {
  RunRecord record;  // without its rulesets
  std::int64_t first_block = 1, blocks = 0, first_explanation = 1, explanations = 0;
};

inline constexpr std::string_view kRunColumns =
    "number, entry, as_at, known_on, run_by, run_at, first_block, blocks, first_explanation, explanations";
// Of the entry of a run: that it is official. No text within the body can look so: its quotes are escaped.
inline constexpr std::string_view kOfficial = "\"official\":true";
RunRow read_run(Statement& statement);  // the row that stands ready, over kRunColumns

Result<RunRow> find_run(const Database& database, std::int64_t number);  // NotFound where there is none

// The number of a text among those kept, put there if it is new. A ruleset named several times is still one text.
Result<std::int64_t> ruleset_number(const Database& database, const RulesetText& text);

// The leaves of the tree over the digests below, and one of them.
std::vector<Digest> block_leaves(const std::vector<BlockDigest>& blocks);
Digest block_leaf(const BlockDigest& block);

// What stands for a block or a kept explanation in the roots of its run's entry.
Digest outcome_digest(std::string_view rule, std::int64_t block, const Digest& bytes);
Digest explanation_digest(std::string_view rule, std::string_view subject, const Digest& json);

// A ruleset as an entry names it.
struct RulesetName {
  Digest digest;
  std::string name, edition, file;
  friend bool operator==(const RulesetName&, const RulesetName&) = default;
};
struct RunKeys {
  Date as_at, known_on;
  std::string run_by, run_at;
  std::vector<RulesetName> rulesets;
  Digest outcomes, explanations;  // roots over the digests above
  std::int64_t based_on = 0;      // the run of which its blocks are, but for its own; 0 for none
};
// What the entry of a run says it is based on; 0 where it says nothing, or nothing that can be read.
std::int64_t based_on(std::string_view body);
// The body with the keys set, as canonical JSON. Setting them again changes nothing, which is what verify relies on.
Result<std::string> bind_body(std::string_view body, const RunKeys& keys);

}  // namespace assay
