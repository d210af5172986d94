// Rules as steps: definitions with their exceptions, and ratings with the bands on either side (docs/language.md
// 6, 10.1).
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/explain/exceptions.h"
#include "engine/explain/proof.h"
#include "engine/explain/words.h"

namespace assay {

StepId Proof::rule(RuleId id, SubjectId subject, const Moment& moment) {
  const StepKey key{StepKey::What::Rule, id.index, subject, moment};
  if (const auto found = made_.find(key); found != made_.end()) return found->second;
  return graft(shared_.fragment(key), 0);
}

// Copies a step and all under it, save what is here already.
StepId Proof::graft(const Fragment& fragment, std::uint32_t at) {
  const auto& key = fragment.keys[at];
  if (key) {
    if (const auto found = made_.find(*key); found != made_.end()) return found->second;
  }
  const StepId id = add(key);
  steps_[id.index] = fragment.steps[at];
  for (std::size_t i = 0; i < fragment.steps[at].children.size(); ++i) {
    const StepId child = graft(fragment, fragment.steps[at].children[i].index);
    steps_[id.index].children[i] = child;
  }
  return id;
}

StepId Proof::make_rule(RuleId id, SubjectId subject, const Moment& moment) {
  const StepId step_id = add(StepKey{StepKey::What::Rule, id.index, subject, moment});
  const Rule& rule = rulebook().rule(id);
  const Cell& cell = evaluation().rule(id, subject, moment);
  const Authored::RuleText& text = shared_.authored.of(id);
  ProofStep step;
  step.kind = std::holds_alternative<StageRule>(rule.body) ? ProofStep::Kind::Stage : ProofStep::Kind::Rule;
  put_who(step, subject, moment.date());
  step.title = rule.title;
  step.rule = rule.name;
  step.place = text.place;
  step.edition = text.edition;
  step.result = is_trigger(rule) ? trigger_in_words(cell) : cell_in_words(cell, rulebook().type(rule.type));
  put_grounds(step, text.grounds);
  step.answers_to = rule.charge.answers_to;
  for (const ast::Aim aim : rule.charge.aims) step.aims.emplace_back(to_string(aim));
  const auto waived =
      is_trigger(rule) && cell.truth() == Truth::Yes ? evaluation().waiver(id, subject, moment) : std::nullopt;
  if (waived) step.result += ", " + in_words(*waived);
  for (const Mark& mark : cell.marks) {
    if (waived && mark == evaluation().waived_mark(*waived, id, moment)) continue;
    // Its own basis stands beside it already, and who decides a stage is in its note.
    if (mark.detail == rule.grounds.remark && to_string(mark.kind) == step.basis) continue;
    if (step.kind == ProofStep::Kind::Stage && mark.kind == MarkKind::Judgement) continue;
    step.marks.push_back(mark_in_words(mark));
  }
  if (!evaluation().is_for(id, subject)) {
    step.note = "the overlay is not for this body";
  } else if (evaluation().in_force(id, step.on)) {
    rule_body(step, id, cell, evaluation().scope_of(id, subject, moment));
  } else if (!cell.why.empty()) {
    const Reason& why = cell.why.front();
    // What is wanting is an edition of the rules, not evidence.
    step.children.push_back(named_absence(why, rule.title, rulebook().ruleset(rule.ruleset).name));
  }
  if (waived) step.children.push_back(waiver(*waived, step));
  steps_[step_id.index] = std::move(step);
  return step_id;
}

// The row by which people let the flag stand.
StepId Proof::waiver(const Waiver& waiver, const ProofStep& of) {
  const StepId id = add();
  ProofStep step;
  step.kind = ProofStep::Kind::Evidence;
  step.title = snapshot().schema().field(waiver.row->field).title;
  step.result = waiver.because;
  step.on = of.on;
  step.subject = of.subject;
  step.subject_name = of.subject_name;
  step.leaf = std::make_shared<EvidenceLeaf>(leaf({waiver.row, Part::Answers}, waiver.row->field, of.on));
  steps_[id.index] = std::move(step);
  return id;
}

void Proof::put_grounds(ProofStep& step, const Authored::GroundsText& grounds) {
  step.basis = grounds.basis;
  step.remark = grounds.remark;
  step.cites = grounds.cites;
}

void Proof::rule_body(ProofStep& step, RuleId id, const Cell& cell, const Scope& scope) {
  const Rule& rule = rulebook().rule(id);
  if (const auto* define = std::get_if<DefineRule>(&rule.body)) return put_define(step, *define, cell, scope);
  if (const auto* rating = std::get_if<RatingRule>(&rule.body))
    return put_rating(step, *rating, cell, rulebook().type(rule.type), scope);
  if (const auto* table = std::get_if<TableRule>(&rule.body)) return put_table(step, *table, scope);
  if (const auto* flag = std::get_if<FlagRule>(&rule.body)) return put_flag(step, *flag, cell, scope);
  if (const auto* interaction = std::get_if<InteractionRule>(&rule.body))
    return put_interaction(step, *interaction, cell, scope);
  if (const auto* stage = std::get_if<StageRule>(&rule.body)) return put_stage(step, stage->regime, cell, scope);
  if (const auto* enter = std::get_if<EnterRule>(&rule.body)) return put_criteria(step, enter->criteria, cell, scope);
  if (const auto* exit = std::get_if<ExitRule>(&rule.body)) return put_criteria(step, exit->criteria, cell, scope);
  put_unsupported(step, std::get<UnsupportedRule>(rule.body), cell, scope);
}

// Each `but` in turn, on what stands above it; then which of them won, and that its grounds stand instead of the
// rule's.
void Proof::put_define(ProofStep& step, const DefineRule& body, const Cell& cell, const Scope& scope) {
  const Authored::Text& words = shared_.authored.of(body.value);
  step.words = words.words;
  if (body.buts.empty()) return put_value(step, body.value, cell, scope);
  const Exceptions found = exceptions_of(evaluation(), body, scope);
  put_value(step, body.value, found.stands.front(), scope);
  const ValueType& type = rulebook().type(rulebook().rule(scope.rule).type);
  step.note +=
      fmt::format("{}before exceptions: {}", step.note.empty() ? "" : "; ", cell_in_words(found.stands.front(), type));
  Children outer = std::exchange(above_, step.children);
  for (std::size_t i = 0; i < body.buts.size(); ++i) {
    Scope here = scope;
    here.above = &found.stands[i];
    step.children.push_back(exception(body.buts[i], found.winner == i, found.conditions[i], here));
    if (found.conditions[i].truth() != Truth::No) above_.push_back(step.children.back());
  }
  above_ = std::move(outer);
  const auto& winner = found.winner;
  if (!winner) return;
  const DefineRule::But& won = body.buts[*winner];
  if (!won.grounds.basis && won.grounds.cites.empty()) return;
  if (!step.basis.empty())
    step.note += fmt::format("; instead of the general rule, which is {}", basis_in_words(step.basis, step.remark));
  put_grounds(step, shared_.authored.of(won.grounds));
}

StepId Proof::exception(const DefineRule::But& but, bool last, const Cell& condition, const Scope& scope) {
  const StepId id = add();
  ProofStep step = part(ProofStep::Kind::Exception, but.condition, scope);
  step.words = fmt::format("but {} when {}", shared_.authored.of(but.value).words, step.words);
  switch (condition.truth()) {
    case Truth::Yes:
      step.result = last ? "applied" : "overridden by a later exception";
      break;
    case Truth::Unknown:
      step.result = "undetermined";
      break;
    case Truth::No:
    case Truth::NotApplicable:
      step.result = "not applied";
      break;
  }
  put_grounds(step, shared_.authored.of(but.grounds));
  put_condition(step, but.condition, condition, scope);
  if (!but.because.empty()) step.note += fmt::format("{}because \"{}\"", step.note.empty() ? "" : "; ", but.because);
  if (condition.truth() == Truth::Yes || condition.truth() == Truth::Unknown) operands(but.value, scope, step.children);
  steps_[id.index] = std::move(step);
  return id;
}

namespace {

// "25% to 38%", "below 39%", "88% or more".
std::string band_in_words(const RatingRule& body, std::size_t band, const ValueType& number) {
  const auto words = [&](Decimal end) { return to_words(Value(end), number); };
  const RatingRule::Band& of = body.bands[band];
  if (of.low && of.high) return fmt::format("{} to {}", words(*of.low), words(*of.high));
  if (of.low) return words(*of.low) + " or more";
  if (of.high) return words(*of.high) + " or less";
  return "any";
}

std::size_t band_of(const RatingRule& body, Label label) {
  for (std::size_t i = 0; i < body.bands.size(); ++i) {
    if (body.bands[i].label == label) return i;
  }
  return 0;
}

}  // namespace

// "34% is Inadequate (25% to 38%); Requires improvement starts at 39%, 5 points above".
void Proof::put_rating(ProofStep& step, const RatingRule& body, const Cell& cell, const ValueType& scale,
                       const Scope& scope) {
  const ValueType& number = rulebook().type(body.from);
  const Cell from = cell_of(body.from, scope);
  step.words = "from " + shared_.authored.of(body.from).words;
  operands(body.from, scope, step.children);
  if (!cell.applies() || !cell.low || !cell.high) return;
  std::size_t low = band_of(body, std::get<Label>(*cell.low)), high = band_of(body, std::get<Label>(*cell.high));
  if (low > high) std::swap(low, high);  // on a scale where a higher number is worse
  const auto title = [&](std::size_t band) { return to_words(Value(body.bands[band].label), scale); };
  std::vector<std::string> parts;
  for (std::size_t band = low; band <= high; ++band) {
    step.words += fmt::format("{} {}", band == low ? ":" : ",", shared_.authored.at(body.bands[band].span).words);
    parts.push_back(fmt::format("{} ({})", title(band), band_in_words(body, band, number)));
  }
  std::string note;
  if (low == high) {
    note = fmt::format("{}{} is {}", plain_in_words(from, number), from.known() ? "" : ", all that it could be,",
                       parts.front());
  } else {
    note = fmt::format("{} could be {}", plain_in_words(from, number), fmt::join(parts, " or "));
  }
  const auto apart = [&](Decimal edge) {
    return from.known() ? ", " + distance_in_words(from.value(), Value(edge), number) : std::string();
  };
  if (low > 0) {
    const auto& below = body.bands[low - 1];
    if (below.high)
      note += fmt::format("; {} ends at {}{}", title(low - 1), to_words(Value(*below.high), number),
                          from.known() ? apart(*below.high) + " below" : "");
  }
  if (high + 1 < body.bands.size() && body.bands[high + 1].low) {
    const Decimal edge = *body.bands[high + 1].low;
    note += fmt::format("; {} starts at {}{}", title(high + 1), to_words(Value(edge), number),
                        from.known() ? apart(edge) + " above" : "");
  }
  step.note = std::move(note);
}

}  // namespace assay
