// The parts every construct of an explanation uses: making a step once, and saying of whom it is.
#include "engine/explain/proof.h"

#include "engine/explain/words.h"

namespace assay {

std::size_t StepKeyHash::operator()(const StepKey& key) const noexcept {
  std::size_t hash = static_cast<std::size_t>(key.what);
  for (std::uint32_t part :
       {key.index, key.subject.index, static_cast<std::uint32_t>(key.moment.as_at.days),
        static_cast<std::uint32_t>(key.moment.months_back), static_cast<std::uint32_t>(key.moment.days_back),
        static_cast<std::uint32_t>(key.length)}) {
    hash = (hash ^ part) * 0x9E3779B97F4A7C15u;
  }
  return hash;
}

const ProofShared::Who& ProofShared::who(SubjectId subject, Date on) {
  const StepKey key{.subject = subject, .moment = {on}};
  const auto found = who_.find(key);
  if (found != who_.end()) return found->second;
  const Snapshot& snapshot = evaluation.snapshot();
  return who_.emplace(key, Who{subject_text(snapshot, subject), name_on(snapshot, subject, on)}).first->second;
}

Proof::Proof(ProofShared& shared) : shared_(shared) {
  constexpr std::size_t kUsual = 48;
  steps_.reserve(kUsual);
}

Explanation Proof::of(RuleId id, SubjectId subject, const Moment& moment) && {
  const StepId root = rule(id, subject, moment);
  return std::move(*this).finish(root, moment);
}

Explanation Proof::finish(StepId root, const Moment& moment) && {
  Explanation explanation;
  explanation.root = root;
  explanation.steps = std::move(steps_);
  explanation.as_at = moment.date();
  explanation.known_on = snapshot().known_on();
  return explanation;
}

// Its place is taken before its children are made, so that what is nearer the outcome has the smaller number.
StepId Proof::add() {
  steps_.emplace_back();
  return StepId{static_cast<std::uint32_t>(steps_.size() - 1)};
}

ProofStep Proof::part(ProofStep::Kind kind, ast::ExprId id, const Scope& scope) {
  ProofStep step;
  step.kind = kind;
  step.on = scope.moment.date();
  const Authored::Text& text = shared_.authored.of(id);
  step.words = text.words;
  step.place = text.place;
  return step;
}

void Proof::put_who(ProofStep& step, SubjectId subject, Date on) {
  const ProofShared::Who& who = shared_.who(subject, on);
  step.subject = who.text;
  step.subject_name = who.name;
  step.on = on;
}

struct Explainer::State {
  explicit State(Evaluation& evaluation) : shared(evaluation) {}
  ProofShared shared;
};

Explainer::Explainer(Evaluation& evaluation) : state_(std::make_unique<State>(evaluation)) {}
Explainer::~Explainer() = default;

Explanation Explainer::explain(const Outcome& outcome) {
  return Proof(state_->shared).of(outcome.rule, outcome.subject, {outcome.as_at});
}

Explanation explain(Evaluation& evaluation, const Outcome& outcome) { return Explainer(evaluation).explain(outcome); }

}  // namespace assay
