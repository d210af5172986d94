// Parameters: dated values without overlap, and what may be tightened locally (docs/language.md 5.9, 9.1, 9.2).
#include <fmt/format.h>

#include <algorithm>

#include "dsl/check/expr_checker.h"

namespace assay::checking {
namespace {

// A constant's value; nothing where it is wrong.
std::optional<Value> constant(const Rulebook& book, ast::ExprId id) {
  if (book.expr_types[id.index] == kErrorType) return std::nullopt;
  if (const auto* literal = std::get_if<ast::Literal>(&book.tree.expr(id))) return literal->value;
  if (const auto* label = std::get_if<LabelRef>(&book.resolved[id.index])) return Value(label->label);
  return std::nullopt;
}

}  // namespace

void take_dated_values(Checker& checker, const ast::Name& name, const std::vector<const ast::DatedValue*>& values,
                       Parameter& parameter) {
  ExprChecker exprs(checker, Scope{.ruleset = parameter.ruleset});
  for (const ast::DatedValue* each : values) {
    const ast::DatedValue& dated = *each;
    const Span span = checker.book.tree.span(dated.value);
    exprs.value(dated.value, parameter.type, fmt::format("`{}`", name.text));
    if (dated.to && *dated.to < dated.from) {
      checker.report(
          DiagnosticKind::WrongPeriod, span,
          fmt::format("this value ends on {}, before it starts on {}", dated.to->to_string(), dated.from.to_string()));
      continue;
    }
    if (auto value = constant(checker.book, dated.value))
      parameter.values.push_back({*std::move(value), dated.from, dated.to, span});
  }
  std::stable_sort(parameter.values.begin(), parameter.values.end(),
                   [](const auto& a, const auto& b) { return a.from < b.from; });
  for (std::size_t i = 1; i < parameter.values.size(); ++i) {
    const auto& earlier = parameter.values[i - 1];
    const auto& later = parameter.values[i];
    if (earlier.from < later.from && (!earlier.to || *earlier.to < later.from)) continue;
    checker.report(DiagnosticKind::WrongPeriod, later.span,
                   fmt::format("on {} another value of `{}` holds", later.from.to_string(), name.text),
                   "one value holds at a time", {{earlier.span, "the other value"}});
  }
}

namespace {

void take_standard(Checker& checker, const ast::ParameterDecl& decl, ParameterId id) {
  const Parameter& parameter = checker.book.parameters[id.index];
  if (!decl.standard_for) {
    if (!decl.local_may_tighten) return;
    checker.report(DiagnosticKind::TightenWithoutStandard, decl.name.span,
                   fmt::format("`{}` may be tightened, but nothing says which way is tighter", decl.name.text),
                   "say `standard for` the evidence it is compared with");
    return;
  }
  const auto field = checker.find_field(parameter.ruleset, *decl.standard_for);
  if (!field || parameter.type == kErrorType) return;
  const FieldDef& def = checker.book.schema.field(*field);
  const ValueType& type = checker.book.type(parameter.type);
  if (!meets(def.type, type)) {
    checker.report(
        DiagnosticKind::UnitsDiffer, decl.standard_for->span,
        fmt::format("`{}` is {}, `{}` is {}", decl.standard_for->text, say(def.type), decl.name.text, say(type)));
  } else if (decl.local_may_tighten && def.direction == Direction::None) {
    checker.report(DiagnosticKind::NoDirection, decl.standard_for->span,
                   fmt::format("nothing says whether more of `{}` is better or worse", decl.standard_for->text),
                   "say `higher is better` or `lower is better` where it is declared");
  } else if (decl.local_may_tighten) {
    checker.standard_for[id.index] = *field;
  }
}

}  // namespace

void check_parameters(Checker& checker) {
  checker.standard_for.resize(checker.book.parameters.size());
  checker.local_may.resize(checker.book.parameters.size(), LocalMay::Nothing);
  checker.for_each<ast::ParameterDecl>([&](ast::DeclId id, const ast::ParameterDecl& decl, RulesetId) {
    if (!checker.became[id.index]) return;
    const ParameterId parameter{*checker.became[id.index]};
    Parameter made = checker.book.parameters[parameter.index];
    std::vector<const ast::DatedValue*> values;
    for (const ast::DatedValue& each : decl.values) values.push_back(&each);
    take_dated_values(checker, decl.name, values, made);
    checker.book.parameters[parameter.index] = std::move(made);
    if (decl.local_may_tighten) checker.local_may[parameter.index] = LocalMay::Tighten;
    if (decl.local_may_set) checker.local_may[parameter.index] = LocalMay::Set;
    take_standard(checker, decl, parameter);
  });
}

}  // namespace assay::checking
