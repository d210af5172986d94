// The value of a subject: evidence or a rule of its kind, and what is said where a name is neither, or another kind's.
#include <fmt/format.h>

#include "dsl/check/expr_checker.h"

namespace assay::checking {

TypeId ExprChecker::type_of(const std::variant<FieldOf, RuleOf>& value) {
  if (const auto* rule = std::get_if<RuleOf>(&value)) return checker_.book.rule(rule->rule).type;
  return intern(checker_.book, checker_.book.schema.field(std::get<FieldOf>(value).field).type);
}

// A role's slot. The name of a kind that a nameless member of a set could have had is refused: it would read as the
// member's.
std::optional<Slot> ExprChecker::subject(const ast::Name& name) {
  const auto slot = scope_.role(name.text);
  if (!slot) return std::nullopt;
  for (std::size_t i = *slot + 1; i < scope_.roles.size(); ++i) {
    const KindDef& member = kind(scope_.roles[i].kind);
    if (!scope_.roles[i].name.empty() || member.name != name.text) continue;
    const std::string_view doubt = member.relation ? "either of two links" : "the subject or a member of the set";
    checker_.report(DiagnosticKind::MemberUnnamed, name.span, fmt::format("`{}` could be {}", name.text, doubt),
                    member.relation
                        ? "the link by which a member is reached has no name here: put the set in a rule of its own"
                        : "name the member, as in `... as other_one where`; its own fields stand bare");
    return std::nullopt;
  }
  return inside_fence(*slot, name.span) ? slot : std::nullopt;
}

std::string ExprChecker::how_to_call(const ast::Name& name, MethodId method) const {
  const auto& decl = std::get<ast::MethodDecl>(checker_.book.tree.decl(checker_.method_declared[method.index]));
  std::vector<std::string> arguments;
  for (const ast::Name& argument : decl.arguments) arguments.push_back(argument.text);
  return fmt::format("call it, as in `{}({})`", name.text, fmt::join(arguments, ", "));
}

bool ExprChecker::inside_fence(Slot slot, Span at) {
  if (!scope_.fence || slot >= *scope_.fence) return true;
  checker_.report(DiagnosticKind::WholeKindCompared, at, "over a whole kind, members are not compared with one subject",
                  "compare with a parameter, or ask it of related subjects only");
  return false;
}

void ExprChecker::unknown_value(const ast::Name& name, const Lookup& found, KindId owner) {
  if (found.problem != Lookup::Problem::Unknown) {
    checker_.unknown(name, found, names_of(name));
    return;
  }
  if (const auto full = checker_.names.elsewhere(names_of(name), name.text)) {
    checker_.report(DiagnosticKind::UnknownName, name.span, fmt::format("`{}` is not known here", name.text),
                    fmt::format("write `{}`", *full));
    return;
  }
  if (checker_.names.incomplete(names_of(name))) return;
  // What could be meant is a value of this kind, rather than any name.
  std::vector<std::string> candidates;
  if (!checker_.may_be_meant()) return checker_.unknown(name, found, names_of(name));
  for (const std::string& visible : checker_.names.visible(names_of(name))) {
    const Lookup other = checker_.names.find(names_of(name), visible);
    if (other.symbol == nullptr) continue;
    const bool field =
        other.symbol->sort == Sort::Field && checker_.book.schema.field(FieldId{other.symbol->index}).kind == owner;
    const bool rule = other.symbol->sort == Sort::Rule && checker_.book.rule(RuleId{other.symbol->index}).kind == owner;
    if (field || rule || other.symbol->sort == Sort::Parameter) candidates.push_back(visible);
  }
  std::string help = checker_.did_you_mean(name.text, candidates);
  if (help.empty()) {
    checker_.unknown(name, found, names_of(name));
  } else {
    checker_.report(DiagnosticKind::UnknownName, name.span, fmt::format("`{}` is not known here", name.text),
                    std::move(help));
  }
}

std::optional<std::variant<FieldOf, RuleOf>> ExprChecker::value_of(const ast::Name& name, Slot slot, bool bare) {
  const KindId owner = scope_.roles[slot].kind;
  const Lookup found = lookup(name);
  if (found.symbol == nullptr || found.problem != Lookup::Problem::None) {
    unknown_value(name, found, owner);
    return std::nullopt;
  }
  switch (found.symbol->sort) {
    case Sort::Broken:
      return std::nullopt;
    case Sort::Field:
      return of_kind(name, checker_.book.schema.field(FieldId{found.symbol->index}).kind,
                     FieldOf{FieldId{found.symbol->index}, slot}, bare);
    case Sort::Rule: {
      const RuleId id{found.symbol->index};
      const Rule& rule = checker_.book.rule(id);
      return of_kind(name, rule.kind, RuleOf{id, slot, checker_.names.pinned(names_of(name), rule.ruleset)}, bare);
    }
    default:
      break;
  }
  if (found.symbol->sort == Sort::Parameter) {
    checker_.report(DiagnosticKind::OtherSort, name.span,
                    fmt::format("`{}` is a parameter, which belongs to no subject", name.text),
                    fmt::format("write `{}` alone", name.text));
    return std::nullopt;
  }
  std::string help;
  if (found.symbol->sort == Sort::Kind) help = "this kind is not in scope here; its plural names all of them";
  if (found.symbol->sort == Sort::Method) help = how_to_call(name, MethodId{found.symbol->index});
  checker_.report(DiagnosticKind::OtherSort, name.span,
                  fmt::format("`{}` is {}, not a value", name.text, noun(found.symbol->sort)), std::move(help));
  return std::nullopt;
}

std::optional<std::variant<FieldOf, RuleOf>> ExprChecker::of_kind(const ast::Name& name, KindId owner,
                                                                  std::variant<FieldOf, RuleOf> value, bool bare) {
  const Slot slot = std::visit([](auto of) { return of.slot; }, value);
  const KindId here = scope_.roles[slot].kind;
  if (owner == here) return value;
  std::string help;
  const std::string& owner_name = kind(owner).name;
  if (bare && scope_.role(owner_name)) {
    help = fmt::format("write `{} of {}`", name.text, owner_name);
  } else if (!kind(owner).plural.empty()) {
    help = fmt::format("related ones are reached by their plural, as in `average of {} of {} of {}`", name.text,
                       kind(owner).plural, kind(here).name);
  }
  checker_.report(
      DiagnosticKind::OtherSubject, name.span,
      bare ? fmt::format("`{}` is of {}; a bare name here is that of {}", name.text, owner_name, kind(here).name)
           : fmt::format("`{}` is of {}, not of {}", name.text, owner_name, kind(here).name),
      std::move(help));
  return std::nullopt;
}

}  // namespace assay::checking
