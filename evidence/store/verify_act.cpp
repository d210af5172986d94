// An act on a ruleset against what is kept: the texts of a proposal come in the order in which they were put there. A
// key against the key before it.
#include <fmt/format.h>

#include <algorithm>

#include "evidence/store/key_act.h"
#include "evidence/store/verify.h"

namespace assay {

Result<void> Verification::verify_act(const RulesetAct& act) {
  entry_name_ +=
      fmt::format(" ({} of {})", act.kind == RulesetAct::Kind::Proposal ? "proposal" : "approval", act.ruleset);
  for (const RulesetText& text : act.texts) {
    const RulesetName name{text.digest, text.name, text.edition, text.file};
    if (std::find(rulesets_.begin(), rulesets_.end(), name) != rulesets_.end()) continue;
    if (act.kind == RulesetAct::Kind::Approval) return bad("it approves a text that was not kept before");
    if (auto read = next_text_of_ruleset(); !read) return read;
    if (rulesets_.back() != name) return bad("the texts it proposes are not those kept");
  }
  ++report_.acts;
  return {};
}

Result<void> Verification::verify_key(const KeyAct& act) {
  entry_name_ += " (a key)";
  if (auto good = follows(act, key_); !good) return bad(good.error().message);
  key_ = act.key;
  ++report_.keys;
  return {};
}

}  // namespace assay
