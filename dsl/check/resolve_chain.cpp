// Chains: what a name, or names joined by `of`, stand for (docs/language.md 2.1 to 2.3, 2.6, 2.7).
#include <fmt/format.h>

#include "dsl/check/expr_checker.h"

namespace assay::checking {

TypeId ExprChecker::resolve(ast::ExprId id, Resolved resolved, TypeId type) {
  checker_.book.resolved[id.index] = std::move(resolved);
  return type;
}

bool ExprChecker::is_plural(const ast::Name& name) const {
  if (scope_.role(name.text)) return false;
  const Lookup found = lookup(name);
  return found.symbol != nullptr && found.symbol->sort == Sort::Plural;
}

TypeId ExprChecker::type(ast::ExprId id, const ast::Chain& chain, Expected expected) {
  if (chain.parts.empty()) return kErrorType;  // did not parse
  const ast::ChainPart& first = chain.parts.front();
  const bool single = chain.parts.size() == 1;
  if (single && !first.other && !chain.by) {
    if (expected && has_labels(the(*expected).kind)) {
      if (const auto found = label(id, first.name, *expected)) return *found;
    }
    return one_name(id, first.name);
  }
  if (is_plural(first.name)) {
    checker_.report(DiagnosticKind::SetAlone, span(id), fmt::format("{} are many; one value is needed here", quote(id)),
                    "say what is asked of them: any, all, at least 2, count, average ... of");
    return kErrorType;
  }
  if (first.other)
    return misplaced(first.name.span, "other", "it stands before the plural of a kind, as in `other councils`");
  if (single)
    return misplaced(chain.by->span, "by",
                     "it says by which relation subjects are reached, as in `councils of ics by membership`");
  const auto whose = place(chain, 1);
  if (!whose) return kErrorType;
  if (whose->set) {
    checker_.report(DiagnosticKind::SetAlone, span(id),
                    fmt::format("{} are many values; one is needed here", quote(id)),
                    "say what is taken of them: average, sum, lowest, highest ... of");
    return kErrorType;
  }
  if (chain.by)
    return misplaced(chain.by->span, "by",
                     "it says by which relation subjects are reached, as in `councils of ics by membership`");
  const auto value = value_of(first.name, whose->slot, false);
  if (!value) return kErrorType;
  return resolve(id, std::visit([](auto of) { return Resolved(of); }, *value), type_of(*value));
}

// A value's name in the type of the left side. Nothing where it is none of its labels but stands for something else.
std::optional<TypeId> ExprChecker::label(ast::ExprId id, const ast::Name& name, TypeId expected) {
  const ValueType& type = the(expected);
  const Lookup other = lookup(name);
  const bool readable =
      other.symbol != nullptr &&
      (other.symbol->sort == Sort::Field || other.symbol->sort == Sort::Rule || other.symbol->sort == Sort::Parameter);
  for (std::size_t i = 0; i < type.labels.size(); ++i) {
    if (type.labels[i].name != name.text) continue;
    if (readable) {
      checker_.report(DiagnosticKind::AmbiguousLabel, name.span,
                      fmt::format("`{}` is a value of {} and the name of {}", name.text,
                                  type.name.empty() ? "this choice" : "`" + type.name + "`", noun(other.symbol->sort)),
                      "give one of the two another name", {{other.symbol->span, "declared here"}});
      return kErrorType;
    }
    return resolve(id, LabelRef{Label{static_cast<std::uint16_t>(i)}}, expected);
  }
  const bool known = other.symbol != nullptr || other.problem == Lookup::Problem::NotUsed || scope_.role(name.text) ||
                     name.text == "matches";
  if (known || name.text.find('.') != std::string::npos) return std::nullopt;
  checker_.find_label(type, name);
  return kErrorType;
}

TypeId ExprChecker::one_name(ast::ExprId id, const ast::Name& name) {
  if (name.text == "matches") return matches(id, name.span);
  if (scope_.role(name.text)) {
    const auto slot = subject(name);
    if (!slot) return kErrorType;
    if (scope_.in_text) return resolve(id, SubjectRef{*slot}, plain(TypeKind::Text));
    checker_.report(DiagnosticKind::SetAlone, name.span,
                    fmt::format("`{}` is a subject; a value of it is needed here", name.text),
                    fmt::format("say which, as in `... of {}`", name.text));
    return kErrorType;
  }
  return bare_value(id, name);
}

TypeId ExprChecker::matches(ast::ExprId id, Span at) {
  if (!scope_.quantifiers)
    return misplaced(at, "matches",
                     "it stands in `says`, for the members that met the one any, all, at least ... of `when`");
  if (*scope_.quantifiers != 1) {
    const std::string found =
        *scope_.quantifiers == 0 ? "there is none" : fmt::format("there are {}", *scope_.quantifiers);
    return misplaced(at, "matches", fmt::format("it needs exactly one any, all, at least ... of in `when`; {}", found));
  }
  return resolve(id, MatchesRef{}, plain(TypeKind::Text));
}

TypeId ExprChecker::bare_value(ast::ExprId id, const ast::Name& name) {
  const Lookup found = lookup(name);
  if (found.symbol != nullptr && found.problem == Lookup::Problem::None) {
    const Symbol& symbol = *found.symbol;
    if (symbol.sort == Sort::Parameter) {
      const ParameterId parameter{symbol.index};
      const Parameter& def = checker_.book.parameters[parameter.index];
      return resolve(id, ParameterRef{parameter, checker_.names.pinned(names_of(name), def.ruleset)}, def.type);
    }
    if (symbol.sort == Sort::Plural) {
      checker_.report(DiagnosticKind::SetAlone, name.span,
                      fmt::format("`{}` are many; one value is needed here", name.text),
                      "say what is asked of them: any, all, at least 2, count, average ... of");
      return kErrorType;
    }
  }
  if (scope_.self) {
    const auto value = value_of(name, *scope_.self, true);
    if (!value || !inside_fence(*scope_.self, name.span)) return kErrorType;
    return resolve(id, std::visit([](auto of) { return Resolved(of); }, *value), type_of(*value));
  }
  const Symbol* symbol = checker_.find(names_of(name), name);
  if (symbol == nullptr) return kErrorType;
  if (symbol->sort != Sort::Field && symbol->sort != Sort::Rule) {
    checker_.report(DiagnosticKind::OtherSort, name.span,
                    fmt::format("`{}` is {}, not a value", name.text, noun(symbol->sort)),
                    symbol->sort == Sort::Method ? how_to_call(name, MethodId{symbol->index}) : "");
    return kErrorType;
  }
  const KindId owner = symbol->sort == Sort::Field ? checker_.book.schema.field(FieldId{symbol->index}).kind
                                                   : checker_.book.rule(RuleId{symbol->index}).kind;
  checker_.report(DiagnosticKind::WhoseMissing, name.span, fmt::format("whose `{}`: nothing here says", name.text),
                  fmt::format("write `{} of {}`", name.text, kind(owner).name));
  return kErrorType;
}

}  // namespace assay::checking
