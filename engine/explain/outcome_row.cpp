// One canonical JSON object per outcome, keys ascending (docs/formats/outcome_row.md).
#include "engine/explain/outcome_row.h"

#include "engine/explain/effects.h"
#include "engine/explain/exceptions.h"
#include "engine/explain/words.h"
#include "evidence/core/canonical_json.h"

namespace assay {

namespace {

std::string_view to_string(ReasonState state) {
  switch (state) {
    case ReasonState::Met:
      return "met";
    case ReasonState::NotMet:
      return "not_met";
    case ReasonState::Undetermined:
      return "undetermined";
    case ReasonState::Answered:
      return "answered";
  }
  return {};
}

// The basis of the exception that won, or of the row that fits, where it states one; else the rule's.
std::optional<ast::BasisKind> basis_of(Evaluation& evaluation, const Outcome& outcome) {
  const Rule& rule = evaluation.rulebook().rule(outcome.rule);
  const auto* define = std::get_if<DefineRule>(&rule.body);
  const auto* table = std::get_if<TableRule>(&rule.body);
  if (!table && (!define || define->buts.empty())) return rule.grounds.basis;
  if (rule.local_of || !evaluation.in_force(outcome.rule, outcome.as_at)) return rule.grounds.basis;
  const Scope scope = evaluation.scope_of(outcome.rule, outcome.subject, {outcome.as_at});
  if (table) {
    const auto row = only_row(evaluation.table_rows(*table, scope));
    return row && table->rows[*row].grounds.basis ? table->rows[*row].grounds.basis : rule.grounds.basis;
  }
  const auto winner = exceptions_of(evaluation, *define, scope).winner;
  if (!winner || !define->buts[*winner].grounds.basis) return rule.grounds.basis;
  return define->buts[*winner].grounds.basis;
}

void write_because(JsonWriter& out, const Reasons& why, const Snapshot& snapshot) {
  out.key("because").begin_array();
  for (const Reason& reason : why) {
    out.begin_object();
    if (!reason.detail.empty()) out.field("detail", reason.detail);
    out.field("evidence", snapshot.schema().field(reason.field).name);
    out.field("on", reason.on.to_string());
    out.field("reason", to_string(reason.kind));
    out.field("subject", subject_text(snapshot, reason.subject));
    out.end_object();
  }
  out.end_array();
}

void write_effects(JsonWriter& out, const std::vector<EffectNow>& effects) {
  out.key("effects").begin_array();
  for (const EffectNow& effect : effects) {
    const bool moves = effect.kind == EffectNow::Kind::BringForward || effect.kind == EffectNow::Kind::PutBack;
    out.begin_object();
    if (moves) out.field("by", effect.by);
    if (!effect.decided_by.empty()) out.field("decided_by", effect.decided_by);
    out.field("effect", to_string(effect.kind));
    // Where no date is set there is none to move, and the row says so.
    if (moves && effect.from) out.field("from", effect.from->to_string());
    if (moves && !effect.from) out.key("from").null();
    if (moves && effect.to) out.field("to", effect.to->to_string());
    if (moves && !effect.to) out.key("to").null();
    out.field("what", effect.what);
    out.field("whose", effect.whose);
    if (!effect.with.empty()) out.field("with", effect.with);
    out.end_object();
  }
  out.end_array();
}

void write_marks(JsonWriter& out, const Marks& marks) {
  out.key("marks").begin_array();
  const Mark* last = nullptr;
  for (const Mark& mark : marks) {
    if (!last || last->kind != mark.kind) out.text(to_string(mark.kind));
    last = &mark;
  }
  out.end_array();
}

void write_reasons(JsonWriter& out, const std::vector<ReasonResult>& reasons) {
  out.key("reasons").begin_array();
  for (const ReasonResult& reason : reasons) {
    out.begin_object();
    if (reason.answered_on) out.field("answered_on", reason.answered_on->to_string());
    out.field("state", to_string(reason.state));
    out.field("title", reason.title);
    out.end_object();
  }
  out.end_array();
}

// Whose row it is: an interaction's is its from end's, towards its to end.
struct Ends {
  SubjectId subject;
  std::optional<SubjectId> to;
};

Ends ends_of(const Snapshot& snapshot, SubjectId subject) {
  const Subject& who = snapshot.subject(subject);
  if (who.from && who.to) return {*who.from, *who.to};
  return {subject, std::nullopt};
}

}  // namespace

std::string outcome_row(Evaluation& evaluation, const Outcome& outcome, const std::optional<Digest>& explanation) {
  const Rulebook& rulebook = evaluation.rulebook();
  const Snapshot& snapshot = evaluation.snapshot();
  const Rule& rule = rulebook.rule(outcome.rule);
  const ValueType& type = rulebook.type(rule.type);
  const Cell& cell = outcome.cell;
  const bool trigger = is_trigger(rule);
  const Ends ends = ends_of(snapshot, outcome.subject);
  JsonWriter out;
  out.begin_object();
  if (trigger && !outcome.applies) out.key("applies").boolean(false);
  out.field("as_at", outcome.as_at.to_string());
  if (const auto basis = basis_of(evaluation, outcome)) out.field("basis", to_string(*basis));
  if (cell.unknown()) write_because(out, cell.why, snapshot);
  if (explanation) out.field("digest", explanation->to_string());
  if (const std::string& edition = rulebook.ruleset(rule.ruleset).edition; !edition.empty())
    out.field("edition", edition);
  if (const auto* interaction = std::get_if<InteractionRule>(&rule.body);
      interaction && outcome.status == Status::Raised) {
    const Scope scope = evaluation.scope_of(outcome.rule, outcome.subject, {outcome.as_at});
    const auto effects = effects_of(evaluation, *interaction, scope);
    if (!effects.empty()) write_effects(out, effects);
  }
  if (rule.local_of) out.field("local_of", rulebook.rule(*rule.local_of).name);
  if (!cell.marks.empty()) write_marks(out, cell.marks);
  out.field("name", name_on(snapshot, ends.subject, outcome.as_at));
  if (cell.unknown() && !trigger && type.kind != TypeKind::YesNo && cell.low && cell.high) {
    out.key("range").begin_array().text(to_plain(*cell.low, type)).text(to_plain(*cell.high, type)).end_array();
  }
  if (!outcome.reasons.empty()) write_reasons(out, outcome.reasons);
  out.field("rule", rule.name);
  out.field("status", to_string(outcome.status));
  out.field("subject", subject_text(snapshot, ends.subject));
  if (ends.to) out.field("to", subject_text(snapshot, *ends.to));
  if (!trigger && cell.known()) out.field("value", to_plain(cell.value(), type));
  if (const auto& waiver = outcome.waiver) {
    out.key("waiver").begin_object().field("because", waiver->because).field("by", waiver->by);
    out.field("until", waiver->until.to_string()).end_object();
  }
  out.end_object();
  return out.take();
}

}  // namespace assay
