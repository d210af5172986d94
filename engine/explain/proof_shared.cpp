// What the explanations of one evaluation share, so that thousands of them cost little more than what differs.
#include "engine/explain/proof.h"
#include "engine/explain/words.h"
#include "engine/plan/plan.h"

namespace assay {

ProofShared::ProofShared(Evaluation& of)
    : evaluation(of), authored(of.rulebook()), read_(of.rulebook().rules.size(), false) {
  for (std::uint32_t rule = 0; rule < read_.size(); ++rule) {
    for (RuleId read : rules_read(of.rulebook(), {rule})) read_[read.index] = true;
  }
}

const ProofShared::Who& ProofShared::who(SubjectId subject, Date on) {
  const StepKey key{.subject = subject, .moment = {on}};
  const auto found = who_.find(key);
  if (found != who_.end()) return found->second;
  const Snapshot& snapshot = evaluation.snapshot();
  return who_.emplace(key, Who{subject_text(snapshot, subject), name_on(snapshot, subject, on)}).first->second;
}

const Fragment& ProofShared::fragment(const StepKey& key) {
  const auto found = fragments_.find(key);
  if (found != fragments_.end()) return found->second;
  // Made before it is kept: making it asks for other fragments.
  Fragment made = Proof(*this).fragment_of({key.index}, key.subject, key.moment);
  return fragments_.emplace(key, std::move(made)).first->second;
}

void ProofShared::trim() {
  constexpr std::size_t kFragments = 2048, kNames = 65'536;
  if (fragments_.size() > kFragments) fragments_.clear();
  if (who_.size() > kNames) who_.clear();
  if (digests.size() > kNames) digests.clear();
}

}  // namespace assay
