// The trail entry of an act on a ruleset: its text proposed, or approved by a second person. All of it stands in the
// body of the entry; the texts themselves are kept beside those that runs used. Private to evidence/store.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evidence/core/result.h"
#include "evidence/store/store.h"

namespace assay {

// Canonical JSON.
std::string act_body(const RulesetAct& act);
// Nothing when the body is of another sort of entry, or not exactly as act_body writes it. Its texts are empty, their
// digests are not.
std::optional<RulesetAct> read_act(std::string_view body);

}  // namespace assay
