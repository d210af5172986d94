// Flags and interactions: their conditions, the sentence they say, the instances that raise a flag
// (docs/language.md 6.3, 8.1, 8.2).
#include <fmt/format.h>

#include "engine/explain/effects.h"
#include "engine/explain/proof.h"
#include "engine/explain/words.h"

namespace assay {

void Proof::put_flag(ProofStep& step, const FlagRule& body, const Cell& cell, const Scope& scope) {
  const Truth truth = cell.truth();
  // Of an undetermined one the sentence would read as a finding.
  if (body.says && truth == Truth::Yes) step.sentence = evaluation().fill(*body.says, scope);
  if (!body.when) {
    put_raised_by(step, cell, scope);
  } else if (!body.unless) {
    step.words = shared_.authored.of(*body.when).words;
    put_condition(step, *body.when, cell, scope);
  } else {
    const Cell when = cell_of(*body.when, scope);
    step.words =
        fmt::format("{} unless {}", shared_.authored.of(*body.when).words, shared_.authored.of(*body.unless).words);
    step.children.push_back(condition(*body.when, scope));
    const bool asked = when.truth() == Truth::Yes || when.truth() == Truth::Unknown;
    if (asked) step.children.push_back(condition(*body.unless, scope));
    const Truth unless = asked ? cell_of(*body.unless, scope).truth() : Truth::Unknown;
    step.note = !asked                 ? "the condition is not met, so `unless` was not needed"
                : unless == Truth::Yes ? "`unless` is met, which clears the flag"
                : unless == Truth::No  ? "`unless` is not met"
                                       : "whether `unless` is met is not known";
  }
  if (body.action && truth == Truth::Yes) step.action = evaluation().fill(*body.action, scope);
}

// A flag without `when`: raised ones in full, then undetermined ones; the clear ones where all are, else counted.
void Proof::put_raised_by(ProofStep& step, const Cell& cell, const Scope& scope) {
  const auto instances = evaluation().instances(scope.rule, scope.slots[0], scope.moment);
  std::size_t raised = 0, open = 0, clear = 0;
  for (const auto& [interaction, link] : instances) {
    const Truth truth = evaluation().rule(interaction, link, scope.moment).truth();
    ++(truth == Truth::Yes ? raised : truth == Truth::Unknown ? open : clear);
  }
  for (const Truth wanted : {Truth::Yes, Truth::Unknown, Truth::No}) {
    if (wanted == Truth::No && cell.truth() != Truth::No) continue;
    for (const auto& [interaction, link] : instances) {
      Truth truth = evaluation().rule(interaction, link, scope.moment).truth();
      if (truth == Truth::NotApplicable) truth = Truth::No;
      if (truth == wanted) step.children.push_back(rule(interaction, link, scope.moment));
    }
  }
  step.words = "raised by interactions only";
  step.note = tally_in_words({{raised, "raised"}, {open, "undetermined"}, {clear, "clear"}}, instances.size(),
                             instances.size() == 1 ? "pair of bodies" : "pairs of bodies");
  if (instances.empty()) put_no_links(step, scope);
}

// Nothing related: the register of links holds none, and says so by name.
void Proof::put_no_links(ProofStep& step, const Scope& scope) {
  for (RuleId interaction : std::get<FlagRule>(rulebook().rule(scope.rule).body).raised_by) {
    const KindDef& relation =
        snapshot().schema().kind(std::get<InteractionRule>(rulebook().rule(interaction).body).relation);
    step.children.push_back(none_in_register(relation, scope.slots[0], scope.moment.date()));
  }
}

// That the two are related is itself evidence: the row of the link comes first.
void Proof::put_interaction(ProofStep& step, const InteractionRule& body, const Cell& cell, const Scope& scope) {
  const FieldId register_field = snapshot().schema().kind(body.relation).register_field;
  step.children.push_back(evidence(register_field, scope.slots[0], {scope.moment.date()}));
  if (body.when) {
    step.words = shared_.authored.of(*body.when).words;
    put_condition(step, *body.when, cell, scope);
  }
  if (cell.truth() != Truth::Yes) return;
  if (body.says) step.sentence = evaluation().fill(*body.says, scope);
  for (const EffectNow& effect : effects_of(evaluation(), body, scope)) {
    step.note += fmt::format("{}{}", step.note.empty() ? "" : "; ", effect_in_words(effect));
  }
}

}  // namespace assay
