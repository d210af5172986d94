// What a scenario expects: of a rule or of evidence, of one subject or of a link between two.
#include <fmt/format.h>

#include "dsl/check/scenario_checker.h"

namespace assay::checking {

std::optional<ScenarioChecker::Target> ScenarioChecker::target(const ast::Name& name) {
  const Symbol* symbol = checker_.find(made_.ruleset, name);
  if (symbol == nullptr) return std::nullopt;
  if (symbol->sort == Sort::Rule) {
    const Rule& rule = checker_.book.rule(RuleId{symbol->index});
    return Target{RuleId{symbol->index}, rule.kind, rule.type, is_trigger(rule)};
  }
  if (symbol->sort == Sort::Field) {
    const FieldDef& field = checker_.book.schema.field(FieldId{symbol->index});
    return Target{FieldId{symbol->index}, field.kind, intern(checker_.book, field.type), false};
  }
  checker_.report(DiagnosticKind::OtherSort, name.span,
                  fmt::format("`{}` is {}, of which no outcome is expected", name.text, noun(symbol->sort)),
                  "expect a rule or evidence");
  return std::nullopt;
}

// A link between two subjects that are given, by the order of its relation.
std::optional<ScenarioChecker::Subject> ScenarioChecker::link_of(const ast::Name& from, const ast::Name& to,
                                                                 const Target& target) {
  const Given* first = given(from);
  const Given* second = given(to);
  if (first == nullptr || second == nullptr) return std::nullopt;
  const KindDef& relation = checker_.book.schema.kind(target.kind);
  const bool turned = relation.relation && relation.from != relation.to && *first->kind == relation.to;
  const std::string code = turned ? link_code(to.text, from.text) : link_code(from.text, to.text);
  const auto found = links_.find(code);
  if (found != links_.end() && found->second == target.kind) return Subject{target.kind, code};
  checker_.report(DiagnosticKind::UnknownName, to.span,
                  fmt::format("no link from `{}` to `{}` is given in this scenario", from.text, to.text),
                  relation.relation ? fmt::format("add `given {} from {} to {}`", relation.name,
                                                  turned ? to.text : from.text, turned ? from.text : to.text)
                                    : "");
  return std::nullopt;
}

std::optional<ScenarioChecker::Subject> ScenarioChecker::subject_of(const ast::Expect& expect, const Target& target) {
  const KindDef& kind = checker_.book.schema.kind(target.kind);
  if (kind.relation != expect.to.has_value()) {
    checker_.report(DiagnosticKind::OtherSubject, expect.target.span,
                    kind.relation ? fmt::format("`{}` is of two subjects", expect.target.text)
                                  : fmt::format("`{}` is of one subject", expect.target.text),
                    kind.relation ? fmt::format("write `{} of A to B`", expect.target.text)
                                  : fmt::format("write `{} of {}`", expect.target.text, expect.subject.text));
    return std::nullopt;
  }
  if (expect.to) return link_of(expect.subject, *expect.to, target);
  const Given* subject = given(expect.subject);
  if (subject == nullptr) return std::nullopt;
  if (*subject->kind == target.kind) return Subject{target.kind, expect.subject.text};
  checker_.report(DiagnosticKind::OtherSubject, expect.target.span,
                  fmt::format("`{}` is of {}, and `{}` is of kind {}", expect.target.text, kind.name,
                              expect.subject.text, checker_.book.schema.kind(*subject->kind).name));
  return std::nullopt;
}

bool ScenarioChecker::form_fits(const ast::Expect& expect, const Target& target) {
  using Form = ast::Expect::Form;
  if (expect.form == Form::Waived || expect.form == Form::NotWaived) {
    const auto* rule = std::get_if<RuleId>(&target.what);
    if (rule != nullptr && std::holds_alternative<FlagRule>(checker_.book.rule(*rule).body)) return true;
    checker_.report(DiagnosticKind::NotAFlag, expect.target.span, fmt::format("`{}` is no flag", expect.target.text),
                    "only a flag is waived");
    return false;
  }
  const bool of_trigger =
      expect.form == Form::Raised || expect.form == Form::Clear || expect.form == Form::Undetermined;
  if (expect.form == Form::Mentions || of_trigger == target.trigger) return true;
  if (of_trigger) {
    checker_.report(DiagnosticKind::NotATrigger, expect.target.span,
                    fmt::format("`{}` is {}: it is never raised or clear", expect.target.text,
                                say(checker_.book.type(target.type))),
                    "expect its value");
  } else {
    const Span written = expect.value ? checker_.book.tree.span(*expect.value) : expect.target.span;
    const std::string near =
        checker_.did_you_mean(checker_.book.sources.text(written), {"raised", "clear", "undetermined"});
    checker_.report(DiagnosticKind::WrongType, near.empty() ? expect.target.span : written,
                    fmt::format("`{}` is raised, clear or undetermined, and has no other outcome", expect.target.text),
                    near.empty() ? "expect one of the three" : near);
  }
  return false;
}

std::optional<Scenario::Reason> ScenarioChecker::reason(const ast::ExpectedReason& written, const Subject& subject) {
  Subject whose = subject;
  if (written.of) {
    const Given* other = given(*written.of);
    if (other == nullptr) return std::nullopt;
    whose = {*other->kind, written.of->text};
  }
  const Symbol* symbol = checker_.names.find(made_.ruleset, written.evidence.text).symbol;
  std::optional<FieldId> field;
  if (symbol != nullptr && (symbol->sort == Sort::Kind || symbol->sort == Sort::Relation)) {
    // The register of the bodies or links themselves.
    field = checker_.book.schema.kind(KindId{symbol->index}).register_field;
  } else {
    field = checker_.find_field(made_.ruleset, written.evidence);
  }
  if (!field) return std::nullopt;
  const KindId owner = checker_.book.schema.field(*field).kind;
  if (owner == whose.kind) return Scenario::Reason{*field, whose.name, written.reason.text};
  checker_.report(DiagnosticKind::OtherSubject, written.evidence.span,
                  fmt::format("`{}` is of {}, and `{}` is none", written.evidence.text,
                              checker_.book.schema.kind(owner).name, whose.name),
                  fmt::format("say whose, as in `{} of NAME is {}`", written.evidence.text, written.reason.text));
  return std::nullopt;
}

void ScenarioChecker::expect(const ast::Expect& expect) {
  const auto what = target(expect.target);
  if (!what) return;
  const auto subject = subject_of(expect, *what);
  if (!subject || !form_fits(expect, *what)) return;
  Scenario::Expected made{.target = what->what,
                          .subject = subject->name,
                          .form = expect.form,
                          .mentions = expect.mentions,
                          .span = expect.span};
  const std::string words = fmt::format("`{}`", expect.target.text);
  if (expect.value) made.value = typed(*expect.value, what->type, words);
  if (expect.low) made.low = typed(*expect.low, what->type, words);
  if (expect.high) made.high = typed(*expect.high, what->type, words);
  for (const ast::ExpectedReason& written : expect.because) {
    if (auto found = reason(written, *subject)) made.because.push_back(*std::move(found));
  }
  made_.expected.push_back(std::move(made));
}

Scenario ScenarioChecker::check(const ast::ScenarioDecl& decl, Span span) {
  made_.title = decl.title.text;
  made_.span = span;
  // Bodies first, then what joins them, then what is said of them.
  const auto visit = [&](auto wanted) {
    for (const ast::Given& given : decl.givens)
      if (wanted(given)) std::visit(*this, given);
  };
  const auto is_link = [](const ast::Given& given) { return std::holds_alternative<ast::GivenLink>(given); };
  const auto is_record = [](const ast::Given& given) {
    return std::holds_alternative<ast::GivenWaiver>(given) || std::holds_alternative<ast::GivenRelease>(given);
  };
  if (decl.as_at) made_.as_at = *decl.as_at;
  visit([&](const ast::Given& given) { return !is_link(given) && !is_record(given); });
  visit(is_link);
  visit(is_record);
  made_.subjects.insert(made_.subjects.end(), made_links_.begin(), made_links_.end());
  made_.known_on = decl.known_on;
  if (!decl.as_at) {
    checker_.report(DiagnosticKind::NoAsAt, decl.title.span, "this scenario has no date", "add `as at DATE`");
  }
  for (const ast::Expect& each : decl.expects) expect(each);
  return std::move(made_);
}

}  // namespace assay::checking
