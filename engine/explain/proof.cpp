// The parts every construct of an explanation uses: making a step once, and saying of whom it is.
#include "engine/explain/proof.h"

#include "engine/explain/words.h"

namespace assay {

std::size_t StepKeyHash::operator()(const StepKey& key) const noexcept {
  std::size_t hash = static_cast<std::size_t>(key.what);
  for (std::uint32_t part :
       {key.index, key.subject.index, static_cast<std::uint32_t>(key.moment.as_at.days),
        static_cast<std::uint32_t>(key.moment.months_back), static_cast<std::uint32_t>(key.moment.days_back),
        static_cast<std::uint32_t>(key.moment.looked_from.value_or(Date{}).days), key.moment.audience,
        static_cast<std::uint32_t>(key.length)}) {
    hash = (hash ^ part) * 0x9E3779B97F4A7C15u;
  }
  return hash;
}

Proof::Proof(ProofShared& shared) : shared_(shared) {
  constexpr std::size_t kUsual = 16;
  steps_.reserve(kUsual);
  keys_.reserve(kUsual);
}

Explanation Proof::of(RuleId id, SubjectId subject, const Moment& moment) && {
  const StepId root = shared_.is_read(id) ? rule(id, subject, moment) : make_rule(id, subject, moment);
  return std::move(*this).finish(root, moment);
}

Fragment Proof::fragment_of(RuleId id, SubjectId subject, const Moment& moment) && {
  make_rule(id, subject, moment);
  steps_.shrink_to_fit();  // thousands are kept, most of them of three or four steps
  keys_.shrink_to_fit();
  return {std::move(steps_), std::move(keys_)};
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
StepId Proof::add(std::optional<StepKey> key) {
  const StepId id{static_cast<std::uint32_t>(steps_.size())};
  steps_.emplace_back();
  if (key) made_.emplace(*key, id);
  keys_.push_back(key);
  return id;
}

const Cell& Proof::cell_of(ast::ExprId id, const Scope& scope) {
  constexpr std::size_t kKept = 24;
  for (const Asked& asked : asked_) {
    if (asked.expr == id && asked.scope.rule == scope.rule && asked.scope.moment == scope.moment &&
        asked.scope.slots == scope.slots && asked.scope.above == scope.above) {
      return asked.cell;
    }
  }
  asked_.reserve(kKept);  // so that none moves
  if (asked_.size() < kKept) {
    asked_.push_back({id, scope, evaluation().expr(id, scope)});
    return asked_.back().cell;
  }
  Asked& oldest = asked_[next_asked_++ % kKept];
  oldest = {id, scope, evaluation().expr(id, scope)};
  return oldest.cell;
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
  state_->shared.trim();
  return Proof(state_->shared).of(outcome.rule, outcome.subject, {outcome.as_at});
}

Explanation explain(Evaluation& evaluation, const Outcome& outcome) { return Explainer(evaluation).explain(outcome); }

}  // namespace assay
