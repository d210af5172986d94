// Scenarios: what is given of whom, and what is expected, by the types of what they name (docs/language.md 10.3). Names
// of the subjects given are the scenario's own.
#include <fmt/format.h>

#include "dsl/check/scenario_checker.h"

namespace assay::checking {

const ScenarioChecker::Given* ScenarioChecker::given(const ast::Name& name) {
  const auto found = subjects_.find(name.text);
  if (found != subjects_.end()) return found->second.kind ? &found->second : nullptr;
  std::vector<std::string> names;
  for (const auto& [known, subject] : subjects_) names.push_back(known);
  checker_.report(DiagnosticKind::UnknownName, name.span, fmt::format("no `{}` is given in this scenario", name.text),
                  checker_.did_you_mean(name.text, names));
  return nullptr;
}

// Literals and labels by the type of what they are of.
std::optional<Value> ScenarioChecker::typed(ast::ExprId id, TypeId type, std::string_view what) {
  ExprChecker exprs(checker_, Scope{.ruleset = made_.ruleset});
  exprs.value(id, type, what);
  if (checker_.book.expr_types[id.index] == kErrorType) return std::nullopt;
  if (const auto* literal = std::get_if<ast::Literal>(&checker_.book.tree.expr(id))) return literal->value;
  if (const auto* label = std::get_if<LabelRef>(&checker_.book.resolved[id.index])) return Value(label->label);
  const Span span = checker_.book.tree.span(id);
  checker_.report(DiagnosticKind::WrongType, span, fmt::format("{} is no value by itself", checker_.quote(span)),
                  "a scenario knows only what it is given: write the value");
  return std::nullopt;
}

bool ScenarioChecker::period_fits(Span at, const std::optional<Date>& from, const std::optional<Date>& to) {
  if (!from || !to || *from <= *to) return true;
  checker_.report(DiagnosticKind::WrongPeriod, at,
                  fmt::format("this ends on {}, before it starts on {}", to->to_string(), from->to_string()));
  return false;
}

void ScenarioChecker::operator()(const ast::GivenSubject& given) {
  const auto kind = checker_.find_body_kind(made_.ruleset, given.kind);
  const auto [first, is_new] = subjects_.emplace(given.name.text, Given{kind, given.name.span});
  if (!is_new) {
    checker_.report(DiagnosticKind::DeclaredTwice, given.name.span,
                    fmt::format("`{}` is given already", given.name.text), "give all of it in one place",
                    {{first->second.named, "the first is here"}});
    return;
  }
  if (!kind) return;
  period_fits(given.name.span, given.from, given.to);
  made_.subjects.push_back({*kind, given.name.text, given.from, given.to, "", "", code_of(given.name, *kind)});
  for (const ast::GivenValue& value : given.values) row(value, given.name.text, *kind);
}

// In an overlay's scenarios a body that it is for may be called by the name that the overlay gives it.
std::string ScenarioChecker::code_of(const ast::Name& name, KindId kind) const {
  const auto& overlay = checker_.book.ruleset(made_.ruleset).overlay;
  if (!overlay || overlay->kind != kind) return "";
  for (const Overlay::Body& body : overlay->bodies)
    if (body.name == name.text) return body.code;
  return "";
}

std::string ScenarioChecker::own_code(const std::string& name) const {
  for (const Scenario::Subject& subject : made_.subjects)
    if (subject.name == name) return subject.own_code();
  return name;
}

void ScenarioChecker::operator()(const ast::GivenLink& link) {
  const Symbol* relation = checker_.find(made_.ruleset, link.relation, Sort::Relation);
  const Given* from = given(link.from);
  const Given* to = given(link.to);
  if (relation == nullptr || from == nullptr || to == nullptr) return;
  const KindId kind{relation->index};
  const KindDef& def = checker_.book.schema.kind(kind);
  if (!end_fits(link.from, *from, def.from, def) || !end_fits(link.to, *to, def.to, def)) return;
  const std::string code = link_code(link.from.text, link.to.text);
  if (!links_.emplace(code, kind).second) {
    checker_.report(
        DiagnosticKind::DeclaredTwice, link.relation.span,
        fmt::format("`{}` from `{}` to `{}` is given already", link.relation.text, link.from.text, link.to.text));
    return;
  }
  made_links_.push_back(
      {kind, code, {}, {}, link.from.text, link.to.text, link_code(own_code(link.from.text), own_code(link.to.text))});
  for (const ast::GivenValue& value : link.values) row(value, code, kind);
}

bool ScenarioChecker::end_fits(const ast::Name& name, const Given& subject, KindId wanted, const KindDef& relation) {
  if (*subject.kind == wanted) return true;
  const auto& schema = checker_.book.schema;
  checker_.report(DiagnosticKind::OtherSubject, name.span,
                  fmt::format("`{}` is of kind {}", name.text, schema.kind(*subject.kind).name),
                  fmt::format("`{}` goes from {} to {}", relation.name, schema.kind(relation.from).name,
                              schema.kind(relation.to).name));
  return false;
}

void ScenarioChecker::operator()(const ast::GivenParameter& given) {
  const Symbol* symbol = checker_.find(made_.ruleset, given.name, Sort::Parameter);
  if (symbol == nullptr) return;
  const ParameterId parameter{symbol->index};
  const auto value =
      typed(given.value, checker_.book.parameters[parameter.index].type, fmt::format("`{}`", given.name.text));
  if (!value) return;
  const auto& editions = checker_.book.parameters[parameter.index].editions;
  if (editions.empty()) made_.parameters.emplace_back(parameter, *value);
  for (const ParameterId each : editions) made_.parameters.emplace_back(each, *value);
}

void ScenarioChecker::operator()(const ast::GivenWaiver& given) {
  const Symbol* symbol = checker_.find(made_.ruleset, given.flag);
  if (symbol == nullptr) return;
  const auto* flag =
      symbol->sort == Sort::Rule ? std::get_if<FlagRule>(&checker_.book.rule(RuleId{symbol->index}).body) : nullptr;
  if (flag == nullptr) {
    checker_.report(DiagnosticKind::NotAFlag, given.flag.span, fmt::format("`{}` is no flag", given.flag.text),
                    "name the flag that is waived");
    return;
  }
  record(given.subject, flag->waiver,
         {.value = given.because,
          .from = given.from,
          .to = given.until,
          .recorded_on = given.recorded_on,
          .source = given.by},
         given.span);
}

void ScenarioChecker::operator()(const ast::GivenRelease& given) {
  const auto field = checker_.find_field(made_.ruleset, given.field);
  if (!field) return;
  const auto release = checker_.book.evidence[field->index].release;
  if (!release) {
    checker_.report(DiagnosticKind::NothingToRelease, given.field.span,
                    fmt::format("`{}` waits for no release", given.field.text),
                    "only what is declared with `purpose improve` does",
                    {{checker_.book.evidence[field->index].span, "declared here"}});
    return;
  }
  record(given.subject, *release,
         {.value = given.to.empty() ? std::string(kReleasedToAnyone) : given.to,
          .from = given.from,
          .to = given.until,
          .recorded_on = given.recorded_on,
          .source = given.by},
         given.span);
}

void ScenarioChecker::record(const ast::Name& name, FieldId field, Scenario::Row row, Span at) {
  const Given* subject = given(name);
  if (subject == nullptr || !period_fits(at, row.from, row.to)) return;
  const KindDef& kind = checker_.book.schema.kind(checker_.book.schema.field(field).kind);
  if (*subject->kind != checker_.book.schema.field(field).kind) {
    checker_.report(DiagnosticKind::OtherSubject, name.span,
                    fmt::format("`{}` is of kind {}, not of {}", name.text,
                                checker_.book.schema.kind(*subject->kind).name, kind.name));
    return;
  }
  row.subject = name.text;
  row.field = field;
  if (!row.from) row.from = row.to ? std::min(made_.as_at, *row.to) : made_.as_at;
  made_.rows.push_back(std::move(row));
}

void ScenarioChecker::row(const ast::GivenValue& given, const std::string& subject, KindId kind) {
  using Form = ast::GivenValue::Form;
  const auto field = checker_.find_field(made_.ruleset, given.field);
  Scenario::Row row{.subject = subject, .recorded_on = given.recorded_on};
  if (given.from) row.from = given.from->first, row.from_known_to = given.from->known_to;
  if (given.to) row.to = given.to->last(), row.to_known_to = given.to->known_to;
  if (given.by) {
    const Symbol* source = checker_.find(made_.ruleset, *given.by, Sort::Document);
    if (source != nullptr) row.source = checker_.book.documents[source->index].name;
  }
  if (!field) return;
  row.field = *field;
  const FieldDef& def = checker_.book.schema.field(*field);
  if (def.kind != kind) {
    checker_.report(DiagnosticKind::OtherSubject, given.field.span,
                    fmt::format("`{}` is of {}, not of {}", given.field.text, checker_.book.schema.kind(def.kind).name,
                                checker_.book.schema.kind(kind).name));
    return;
  }
  if (!period_fits(given.field.span, row.from, row.to) || !form_fits(given, def)) return;
  switch (given.form) {
    case Form::Value: {
      const auto value = def.type.kind == TypeKind::Event ? happened(given)
                                                          : typed(*given.value, intern(checker_.book, def.type),
                                                                  fmt::format("`{}`", given.field.text));
      if (!value) return;
      row.value = *value;
      break;
    }
    case Form::NotAvailable:
      row.standing = Standing::NotAvailable;
      break;
    case Form::Suppressed:
      row.standing = Standing::Suppressed;
      break;
    case Form::NotApplicable:
      row.standing = Standing::NotApplicable;
      break;
    case Form::Complete:
      row.standing = Standing::Complete;
      break;
    case Form::Withdrawn:
      row.standing = Standing::Withdrawn;
      break;
    case Form::Ended:
      row.standing = Standing::Ended;
      break;
  }
  made_.rows.push_back(std::move(row));
}

// `section_114_notice yes from 2025-11-01`: an event happened, or it is not a row.
std::optional<Value> ScenarioChecker::happened(const ast::GivenValue& given) {
  if (!given.value) return Value(true);
  const auto value = typed(*given.value, intern(checker_.book, TypeKind::YesNo), fmt::format("`{}`", given.field.text));
  if (!value || *value == Value(true)) return value;
  checker_.report(DiagnosticKind::ClauseMisfit, checker_.book.tree.span(*given.value),
                  fmt::format("an event that did not happen is no row of `{}`", given.field.text),
                  "that there was none is said by `complete from DATE to DATE`");
  return std::nullopt;
}

bool ScenarioChecker::form_fits(const ast::GivenValue& given, const FieldDef& def) {
  using Form = ast::GivenValue::Form;
  const auto misfit = [&](std::string message, std::string help) {
    checker_.report(DiagnosticKind::ClauseMisfit, given.field.span, std::move(message), std::move(help));
    return false;
  };
  if (given.form == Form::NotApplicable && !def.may_not_apply) {
    return misfit(fmt::format("`{}` always applies", given.field.text),
                  "say `may not apply` where it is declared, or give its value");
  }
  if ((given.from && !given.from->exact()) || (given.to && !given.to->exact())) {
    const bool period = def.occurrence == Occurrence::Series || given.form == Form::Complete;
    if (period)
      return misfit(fmt::format("the period of `{}` has a first and a last day", given.field.text),
                    "write both as 2025-12-05");
    if (def.is_stage)
      return misfit(fmt::format("a decision on `{}` takes effect on a day", given.field.text),
                    "write it as 2025-12-05");
  }
  if (given.form == Form::Complete && (!given.from || !given.to)) {
    return misfit(fmt::format("`{}` is complete for which period?", given.field.text),
                  "write `complete from DATE to DATE`");
  }
  if (given.form == Form::Ended && def.occurrence != Occurrence::State) {
    return misfit(fmt::format("`{}` is no state, and does not end", given.field.text), "");
  }
  if (given.form == Form::Value && def.type.kind != TypeKind::Event && !given.value) return false;  // did not parse
  return true;
}

void check_scenarios(Checker& checker) {
  checker.for_each<ast::ScenarioDecl>([&](ast::DeclId id, const ast::ScenarioDecl& decl, RulesetId in) {
    checker.book.scenarios.push_back(ScenarioChecker(checker, in).check(decl, checker.book.tree.span(id)));
  });
}

}  // namespace assay::checking
