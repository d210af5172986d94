// A walk from the outcome down, each step once.
#include "engine/explain/rests.h"

namespace assay {

namespace {

void gather(const Explanation& explanation, StepId id, std::vector<bool>& seen, Rests& rests) {
  if (seen[id.index]) return;
  seen[id.index] = true;
  const ProofStep& step = explanation.steps[id.index];
  if (step.kind == ProofStep::Kind::Member && step.subject.empty()) return;
  if (step.leaf) (step.leaf->part == Part::Answers ? rests.answers : rests.others).push_back(&*step.leaf);
  if (step.absence) rests.absences.push_back(&*step.absence);
  if (step.parameter) rests.parameters.push_back(&*step.parameter);
  for (StepId child : step.children) gather(explanation, child, seen, rests);
}

}  // namespace

Rests rests_on(const Explanation& explanation) {
  Rests rests;
  std::vector<bool> seen(explanation.steps.size(), false);
  gather(explanation, explanation.root, seen, rests);
  return rests;
}

}  // namespace assay
