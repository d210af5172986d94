// Which edition of a rule or parameter answers for its name, whether an overlay's value does, and what an answer says
// of the text it rests on (docs/language.md 5.9, 9.2, 9.3, 4.10).
#include <algorithm>

#include "engine/eval/evaluation.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

// Whose text a rule shares: its own, or the national rule's.
const Rule& text_of(const Rulebook& book, RuleId rule) {
  const Rule& own = book.rule(rule);
  return own.local_of ? book.rule(*own.local_of) : own;
}

std::string title_of(const CitedDocument& document) { return document.title.empty() ? document.name : document.title; }

// What is said of a text cited that is superseded, or not in force, on a date.
std::optional<Mark> mark_of(const Rulebook& book, const CitedDocument& text, Date date) {
  const std::string title = title_of(text);
  if (text.superseded_by && *text.superseded_from <= date) {
    const CitedDocument& by = book.documents[text.superseded_by->index];
    return Mark{MarkKind::Superseded,
                fmt::format("{}, by {} from {}", title, title_of(by), text.superseded_from->to_long_string())};
  }
  if (text.in_force_to && *text.in_force_to < date)
    return Mark{MarkKind::Superseded, fmt::format("{}, in force to {}", title, text.in_force_to->to_long_string())};
  if (text.in_force_from && date < *text.in_force_from)
    return Mark{MarkKind::NotInForce, fmt::format("{}, in force from {}", title, text.in_force_from->to_long_string())};
  if (text.announced && !text.in_force_from)
    return Mark{MarkKind::NotInForce, fmt::format("{}, announced on {}", title, text.announced->to_long_string())};
  return std::nullopt;
}

}  // namespace

bool Evaluation::in_force(RuleId id, Date date) const {
  const Rule& rule = rulebook_.rule(id);
  return rulebook_.in_force(rule.ruleset, asked_on(date)) && (!rule.local_of || in_force(*rule.local_of, date));
}

RuleId Evaluation::answering(const RuleOf& named, const Scope& scope) const {
  const Rule& rule = rulebook_.rule(named.rule);
  const Rule& here = rulebook_.rule(scope.rule);
  const Ruleset& of = rulebook_.ruleset(rule.ruleset);
  const bool own = scope.pinned && of.name == rulebook_.ruleset(text_of(rulebook_, scope.rule).ruleset).name;
  const bool several = of.editions.size() > 1 || rule.local_of;
  const RuleId id = several && !own && !named.pinned ? on(named.rule, scope.moment.date()) : named.rule;
  if (!here.local_of || named.slot != 0) return id;
  // At the subject itself an overlay's outcome reads the overlay's own.
  const auto overlay = rulebook_.edition_on(here.ruleset, asked_on(scope.moment.date()));
  const auto local = overlay ? rulebook_.local_rules.find({*overlay, id}) : rulebook_.local_rules.end();
  return local == rulebook_.local_rules.end() ? id : local->second;
}

ParameterId Evaluation::answering(const ParameterRef& named, const Scope& scope) const {
  const Parameter& parameter = rulebook_.parameters[named.parameter.index];
  const Rule& here = rulebook_.rule(scope.rule);
  const Ruleset& of = rulebook_.ruleset(parameter.ruleset);
  const EditionAsked asked = asked_on(scope.moment.date());
  const bool own = scope.pinned && of.name == rulebook_.ruleset(text_of(rulebook_, scope.rule).ruleset).name;
  ParameterId id = named.parameter;
  if (of.editions.size() > 1 && !own && !named.pinned) id = rulebook_.parameter_on(id, asked).value_or(id);
  // In what is asked of members of a set there are more subjects in scope than one.
  if (!here.local_of || scope.slots.size() != 1) return id;
  const auto overlay = rulebook_.edition_on(here.ruleset, asked);
  const auto local = overlay ? rulebook_.local_parameters.find({*overlay, id}) : rulebook_.local_parameters.end();
  return local == rulebook_.local_parameters.end() ? id : local->second;
}

bool Evaluation::is_for(RuleId rule, SubjectId subject) const {
  return assay::is_for(rulebook_, snapshot_, rule, subject);
}

bool is_for(const Rulebook& rulebook, const Snapshot& snapshot, RuleId rule, SubjectId subject) {
  const auto& overlay = rulebook.ruleset(rulebook.rule(rule).ruleset).overlay;
  if (!overlay) return true;
  const Subject& who = snapshot.subject(subject);
  return who.kind == overlay->kind && std::any_of(overlay->bodies.begin(), overlay->bodies.end(),
                                                  [&](const Overlay::Body& body) { return body.code == who.code; });
}

ParameterId Evaluation::national(ParameterId local, const Moment& moment) const {
  const auto& of = rulebook_.parameters[local.index].local_of;
  CHECK(!of.empty());
  return rulebook_.parameter_on(of.front(), asked_on(moment.date())).value_or(of.front());
}

// On each date the stricter of the two; the overlay's where they are the same, or where it may be set freely (9.2).
bool Evaluation::local_answers(ParameterId local, const Moment& moment) {
  const Cell own = own_value(local, moment);
  const Cell there = parameter(national(local, moment), moment);
  if (!own.known()) return false;
  return !there.known() || !is_looser(rulebook_.parameters[local.index].tighter, own.value(), there.value());
}

Cell Evaluation::local_parameter(ParameterId local, const Moment& moment) {
  if (!local_answers(local, moment)) return parameter(national(local, moment), moment);
  Cell cell = own_value(local, moment);
  mark(cell, rulebook_.parameters[local.index].grounds, moment.date());
  return cell;
}

void Evaluation::mark(Cell& cell, const Grounds& grounds, Date date) const {
  const auto add = [&](MarkKind kind) { merge(cell.marks, {{kind, grounds.remark}}); };
  if (grounds.basis == ast::BasisKind::Proposed) add(MarkKind::Proposed);
  if (grounds.basis == ast::BasisKind::Inferred) add(MarkKind::Inferred);
  if (grounds.basis == ast::BasisKind::Local) add(MarkKind::Local);
  for (const Citation& cite : grounds.cites)
    if (auto mark = mark_of(rulebook_, rulebook_.documents[cite.document.index], date))
      merge(cell.marks, {std::move(*mark)});
}

}  // namespace assay
