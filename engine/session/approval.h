// Which rulesets are a draft and which a second person has approved: the acts in a store held against the exact texts
// that were read. An official run uses approved ones only.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/check/rulebook.h"
#include "engine/plan/plan.h"
#include "evidence/store/store.h"

namespace assay {

// Names of people are compared with the space around them and the case of letters set aside.
bool same_person(std::string_view a, std::string_view b);

// Of one text of a ruleset: who proposed it last, and who approved it first, another person.
struct Approval {
  std::optional<RulesetAct> proposed, approved;
  bool draft() const { return !approved; }
};

// A ruleset with the digests of its files' texts.
struct RulesetEdition {
  std::string name, edition;
  std::vector<Digest> texts;  // ascending
};
RulesetEdition edition_of(const Rulebook& rulebook, RulesetId ruleset);
// The same of the texts that a run used: of that edition, else of the first that it used of the name.
Result<RulesetEdition> edition_of(Store& store, const RunRecord& run, const Ruleset& ruleset);

// Counts what was known on the date; with `before_entry`, only what the trail held by then.
Approval approval_of(std::span<const RulesetAct> acts, const RulesetEdition& edition, Date known_on,
                     std::optional<std::int64_t> before_entry = {});

// The rulesets that the rules asked for on a date stand in, and all that those use; in the order read.
std::vector<RulesetId> rulesets_used(const Rulebook& rulebook, const EditionAsked& asked);
std::vector<RulesetId> rulesets_used(const Rulebook& rulebook, RulesetId by, const EditionAsked& asked);

// "draft: not approved", "draft: proposed by A. Author on 1 May 2025, not approved", "approved by B. Second on 3 May
// 2025".
std::string to_words(const Approval& approval);
// Of a ruleset and of what it uses: "approved by B. Second on 3 May 2025; what it uses is draft: england.geography".
std::string approval_in_words(std::span<const RulesetAct> acts, const Rulebook& rulebook, RulesetId ruleset,
                              const EditionAsked& asked);

}  // namespace assay
