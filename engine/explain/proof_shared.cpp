// What the explanations of one evaluation share, so that thousands of them cost little more than what differs.
#include <algorithm>

#include "engine/explain/proof.h"
#include "engine/explain/words.h"
#include "engine/plan/plan.h"

namespace assay {

ProofShared::ProofShared(Evaluation& of)
    : evaluation(of),
      authored(of.rulebook()),
      read_(of.rulebook().rules.size(), false),
      fields_(of.rulebook().rules.size()) {
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
  constexpr std::size_t kFragments = 4096, kNames = 65'536;
  if (fragments_.size() > kFragments) fragments_.clear();
  if (who_.size() > kNames) who_.clear();
}

// Has the subject no row at all, dated by then, of any evidence that the criterion reads, and does it read nobody
// else's?
bool ProofShared::is_blank(RuleId criterion, SubjectId subject, Date on) {
  const Snapshot& snapshot = evaluation.snapshot();
  auto& fields = fields_[criterion.index];
  if (!fields) fields = fields_read(evaluation.rulebook(), criterion);
  return std::all_of(fields->begin(), fields->end(), [&](FieldId field) {
    if (snapshot.schema().field(field).kind != snapshot.subject(subject).kind) return false;
    const auto rows = snapshot.rows(field, subject);
    return rows.empty() || rows.front().valid_from > on;
  });
}

// What Evaluation::since says; but of those of whom nothing is held the answer is the same, and is asked for once.
Date ProofShared::since(RuleId criterion, SubjectId subject, Date as_at) {
  constexpr int kMonthsBack = 60;
  const auto truth_on = [&](Date on) {
    if (!is_blank(criterion, subject, on)) return evaluation.rule(criterion, subject, {on}).truth();
    const StepKey key{.index = criterion.index, .moment = {on}};
    const auto found = blank_.find(key);
    if (found != blank_.end()) return found->second;
    return blank_.emplace(key, evaluation.rule(criterion, subject, {on}).truth()).first->second;
  };
  const Ruleset& ruleset = evaluation.rulebook().ruleset(evaluation.rulebook().rule(criterion).ruleset);
  const Truth now = truth_on(as_at);
  Date first = as_at;
  Date end = step_end_back(step_end(as_at, Step::Month), Step::Month, 1);
  for (int back = 0; back < kMonthsBack && ruleset.in_force(end) && truth_on(end) == now; ++back) {
    first = end;
    end = step_end_back(end, Step::Month, 1);
  }
  return first;
}

}  // namespace assay
