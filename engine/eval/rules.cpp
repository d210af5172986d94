// The cell of a rule, by what the rule is (docs/language.md 6 and 8).
#include "engine/eval/evaluation.h"
#include "engine/eval/truth_set.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

// The band that holds a number: the last whose low end it reaches.
std::size_t band_of(const RatingRule& rule, Decimal number) {
  std::size_t band = 0;
  for (std::size_t next = 1; next < rule.bands.size(); ++next)
    if (rule.bands[next].low && number.compare(*rule.bands[next].low) >= 0) band = next;
  return band;
}

}  // namespace

Cell Evaluation::no_edition(RuleId id, SubjectId subject, Date date) const {
  const Rule& rule = rulebook_.rule(id);
  const FieldId register_field = snapshot_.schema().kind(rule.kind).register_field;
  std::string detail =
      fmt::format("no edition of {} in force on {}", rulebook_.ruleset(rule.ruleset).name, date.to_long_string());
  Reasons why{{subject, register_field, date, ReasonKind::Missing, std::move(detail)}};
  if (is_trigger(rule)) return Cell::of(Truth::Unknown, std::move(why));
  return Cell::unknown_between(std::nullopt, std::nullopt, std::move(why));
}

// An overlay has nothing to say of those it is not for.
Cell Evaluation::derive(RuleId id, SubjectId subject, const Moment& moment) {
  const Rule& rule = rulebook_.rule(id);
  const Date date = moment.date();
  if (!in_force(id, date)) return no_edition(id, subject, date);
  if (!is_for(id, subject)) return Cell::not_applicable();
  Cell cell = derive_body(id, subject, moment);
  mark(cell, rule.grounds, date);
  if (rule.local_of) mark(cell, rulebook_.rule(*rule.local_of).grounds, date);
  const Ruleset& ruleset = rulebook_.ruleset(rule.ruleset);
  const Ruleset& text = rulebook_.ruleset(rulebook_.rule(rule.local_of.value_or(id)).ruleset);
  for (const Ruleset* draft : {&ruleset, &text})
    if (draft->draft) merge(cell.marks, {{MarkKind::Draft, fmt::format("{} {}", draft->name, draft->edition)}});
  return cell;
}

namespace {

// A number outside what the rule declares of itself.
bool is_outside(const Cell& cell, const ValueType& type) {
  if (!cell.known() || !is_numeric(type.kind)) return false;
  const Decimal number = std::get<Decimal>(cell.value());
  return (type.low && number.compare(*type.low) < 0) || (type.high && number.compare(*type.high) > 0);
}

}  // namespace

// 3.7: a fault, and so unknown within what it declares.
Cell Evaluation::derive_body(RuleId id, SubjectId subject, const Moment& moment) {
  const Rule& rule = rulebook_.rule(id);
  Scope scope = scope_of(id, subject, moment);
  Cell cell;
  if (const auto* define = std::get_if<DefineRule>(&rule.body))
    cell = derive_define(*define, scope);
  else if (const auto* rating = std::get_if<RatingRule>(&rule.body))
    cell = derive_rating(rule, *rating, scope);
  else if (const auto* table = std::get_if<TableRule>(&rule.body))
    cell = derive_table(*table, scope);
  else if (const auto* flag = std::get_if<FlagRule>(&rule.body))
    cell = derive_flag(id, *flag, subject, moment);
  else if (const auto* interaction = std::get_if<InteractionRule>(&rule.body))
    cell = interaction->when ? expr(*interaction->when, scope) : Cell::of(Value(true));
  else if (const auto* stage = std::get_if<StageRule>(&rule.body))
    cell = derive_stage(*stage, subject, moment);
  else if (std::holds_alternative<EnterRule>(rule.body))
    cell = derive_enter(id, subject, moment);
  else if (std::holds_alternative<ExitRule>(rule.body))
    cell = derive_exit(id, subject, moment);
  else
    cell = derive_unsupported(std::get<UnsupportedRule>(rule.body), subject, moment);
  const ValueType& type = rulebook_.type(rule.type);
  if (!is_ordered(type.kind) && cell.low && cell.high && !same(*cell.low, *cell.high))
    cell.low = cell.high = std::nullopt;  // a choice has no range (4.3)
  if (is_outside(cell, type)) {
    const FieldId of = snapshot_.schema().kind(snapshot_.subject(subject).kind).register_field;
    Cell fault = unknown_of(
        type, {subject, of, moment.date(), ReasonKind::Missing,
               fmt::format("undefined: {} is outside what {} declares", to_words(cell.value(), type), rule.name)});
    fault.marks = std::move(cell.marks);
    cell = std::move(fault);
  }
  if (const auto waived = is_trigger(rule) && cell.truth() == Truth::Yes ? waiver(id, subject, moment) : std::nullopt)
    merge(cell.marks, {waived_mark(*waived, id, moment)});
  return cell;
}

// Each `but` replaces what stands above it if its condition is yes; the last that applies wins (6.1).
Cell Evaluation::derive_define(const DefineRule& body, const Scope& scope) {
  Cell above = expr(body.value, scope);
  for (const auto& but : body.buts) {
    Scope here = scope;
    here.above = &above;
    const Cell condition = expr(but.condition, here);
    Cell value = expr(but.value, here);
    mark(value, but.grounds, scope.moment.date());  // the outcome rests on it where it applies, or may (6.3)
    above = choose(condition, value, above);
  }
  return above;
}

Cell Evaluation::derive_rating(const Rule& rule, const RatingRule& body, const Scope& scope) {
  const Cell number = expr(body.from, scope);
  Cell cell = number;
  if (!number.applies()) return cell;
  const auto label_at = [&](const std::optional<Value>& end, std::size_t otherwise) {
    const std::size_t band = end ? band_of(body, std::get<Decimal>(*end)) : otherwise;
    return Value(body.bands[band].label);
  };
  Value low = label_at(number.low, 0), high = label_at(number.high, body.bands.size() - 1);
  // Bands ascend with the number; on a scale where a higher number is worse the labels descend.
  if (std::get<Label>(low) > std::get<Label>(high)) std::swap(low, high);
  cell.low = low;
  cell.high = high;
  cell.settle();
  CHECK(rulebook_.type(rule.type).kind == TypeKind::Scale);
  return cell;
}

// Raised if `when` is yes and `unless` no; clear if `when` is no or `unless` yes; else undetermined (6.3).
Cell Evaluation::derive_flag(RuleId id, const FlagRule& body, SubjectId subject, const Moment& moment) {
  if (!body.when) {
    std::vector<Cell> cells;
    for (const auto& [interaction, link] : instances(id, subject, moment))
      cells.push_back(rule(interaction, link, moment));
    return cells.empty() ? Cell::of(Value(false)) : any_of(cells);
  }
  const Scope scope = scope_of(id, subject, moment);
  const Cell when = expr(*body.when, scope);
  if (!body.unless) return when;
  const Cell unless = expr(*body.unless, scope);
  // An excuse that does not apply excuses nothing; a condition that does not apply leaves nothing to excuse.
  if (!when.applies() || when.truth() == Truth::No) return when;
  // An `and` would leave out a condition that does not apply, and so make one sure that may not.
  Cell applied = when;
  applied.may_not_apply = false;
  applied.settle();
  Cell cell = all_of({applied, negate(unless)});
  if (!when.may_not_apply) return cell;
  if (!cell.unknown()) cell.why = when.why;
  cell.state = Cell::State::Unknown;
  cell.may_not_apply = true;
  merge(cell.why, when.why);
  return cell;
}

std::vector<std::pair<RuleId, SubjectId>> Evaluation::instances(RuleId flag, SubjectId subject, const Moment& moment) {
  std::vector<std::pair<RuleId, SubjectId>> out;
  const auto* body = std::get_if<FlagRule>(&rulebook_.rule(flag).body);
  CHECK(body);
  for (RuleId interaction : body->raised_by) {
    // Of several editions only the one in force speaks.
    if (!rulebook_.rule(interaction).editions.empty() && on(interaction, moment.date()) != interaction) continue;
    const auto& what = std::get<InteractionRule>(rulebook_.rule(interaction).body);
    for (const auto& effect : what.effects) {
      const auto* raise = std::get_if<RaiseFlag>(&effect);
      if (!raise || !rulebook_.same_rule(raise->flag, flag)) continue;
      const auto links =
          raise->on == 1 ? snapshot_.links_from(what.relation, subject) : snapshot_.links_to(what.relation, subject);
      for (SubjectId link : links)
        if (in_being(snapshot_, link, moment.date())) out.push_back({interaction, link});
    }
  }
  return out;
}

}  // namespace assay
