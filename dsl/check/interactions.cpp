// Ends, roles and effects of interactions (docs/language.md 2.3, 8.1, 8.2).
#include "dsl/check/interactions.h"

#include <fmt/format.h>

namespace assay::checking {
namespace {

// Names of the two ends. Between two kinds they are the kinds', in either order; within one kind the author gives them.
bool ends_fit(Checker& checker, const ast::InteractionDecl& decl, const KindDef& relation) {
  const std::string& from = checker.book.schema.kind(relation.from).name;
  const std::string& to = checker.book.schema.kind(relation.to).name;
  if (relation.from == relation.to) {
    if (decl.from.text != decl.to.text) return true;
    checker.report(DiagnosticKind::HidesName, decl.to.span, fmt::format("both ends are called `{}`", decl.to.text),
                   fmt::format("give each its name, as in `along {} from old to new`", relation.name));
    return false;
  }
  if ((decl.from.text == from && decl.to.text == to) || (decl.from.text == to && decl.to.text == from)) return true;
  const bool first = decl.from.text != from && decl.from.text != to;
  checker.report(
      DiagnosticKind::OtherSubject, first ? decl.from.span : decl.to.span,
      fmt::format("`{}` joins {} and {}, not `{}`", relation.name, from, to, first ? decl.from.text : decl.to.text));
  return false;
}

class EffectChecker {
 public:
  EffectChecker(Checker& checker, RuleId id, const Scope& scope) : checker_(checker), id_(id), scope_(scope) {}

  void operator()(const ast::RaiseEffect& effect) {
    const Symbol* symbol = checker_.find(scope_.ruleset, effect.flag, Sort::Rule);
    const auto on = end(effect.on);
    if (symbol == nullptr || !on) return;
    const RuleId flag_id{symbol->index};
    Rule& rule = checker_.book.rules[flag_id.index];
    auto* flag = std::get_if<FlagRule>(&rule.body);
    if (flag == nullptr) {
      checker_.report(DiagnosticKind::OtherSort, effect.flag.span, fmt::format("`{}` is no flag", effect.flag.text), "",
                      {{symbol->span, "declared here"}});
    } else if (flag->when) {
      checker_.report(DiagnosticKind::RaisedByItself, effect.flag.span,
                      fmt::format("`{}` says itself when it is raised", effect.flag.text),
                      "a flag that interactions raise has no `when`", {{symbol->span, "declared here"}});
    } else if (owner_is(effect.flag, rule.kind, *on, effect.on)) {
      std::vector<RuleId> editions = rule.editions;
      if (editions.empty()) editions = {flag_id};
      for (const RuleId each : editions) raises(each, effect.flag.span);
      effects().push_back(RaiseFlag{flag_id, *on});
    }
  }

  void operator()(const ast::TimetableEffect& effect) {
    const auto what = checker_.find_field(scope_.ruleset, effect.what);
    const auto whose = end(effect.whose);
    if (!what || !whose) return;
    const FieldDef& field = checker_.book.schema.field(*what);
    if (!owner_is(effect.what, field.kind, *whose, effect.whose)) return;
    if (field.type.kind != TypeKind::Date) {
      checker_.report(DiagnosticKind::WrongType, effect.what.span,
                      fmt::format("`{}` is {}, not a date", effect.what.text, say(field.type)),
                      "only dates are brought forward or put back");
      return;
    }
    effects().push_back(TimetableMove{effect.move, *what, *whose, effect.by, effect.decided_by});
  }

  void operator()(const ast::ShareEffect& effect) {
    const auto what = checker_.find_field(scope_.ruleset, effect.what);
    const auto whose = end(effect.whose), with = end(effect.with);
    if (!what || !whose || !with) return;
    if (owner_is(effect.what, checker_.book.schema.field(*what).kind, *whose, effect.whose))
      effects().push_back(SharedEvidence{*what, *whose, *with});
  }

 private:
  // Of each edition of the flag that has no `when`.
  void raises(RuleId flag_id, Span at) {
    auto* flag = std::get_if<FlagRule>(&checker_.book.rules[flag_id.index].body);
    if (flag == nullptr || flag->when) return;
    if (flag->raised_by.empty() || flag->raised_by.back() != id_) flag->raised_by.push_back(id_);
    checker_.raised.push_back({flag_id, id_, at});
  }

  std::vector<std::variant<RaiseFlag, TimetableMove, SharedEvidence>>& effects() {
    return std::get<InteractionRule>(checker_.book.rules[id_.index].body).effects;
  }

  std::optional<Slot> end(const ast::Name& name) {
    const auto slot = scope_.role(name.text);
    if (slot && *slot > 0) return slot;
    checker_.report(DiagnosticKind::OtherSubject, name.span,
                    fmt::format("`{}` is no end of this interaction", name.text),
                    fmt::format("it is `{}` or `{}`", scope_.roles[1].name, scope_.roles[2].name));
    return std::nullopt;
  }

  bool owner_is(const ast::Name& what, KindId owner, Slot whose, const ast::Name& role) {
    if (scope_.roles[whose].kind == owner) return true;
    checker_.report(
        DiagnosticKind::OtherSubject, what.span,
        fmt::format("`{}` is of {}, not of {}", what.text, checker_.book.schema.kind(owner).name, role.text));
    return false;
  }

  Checker& checker_;
  RuleId id_;
  const Scope& scope_;
};

}  // namespace

std::optional<Scope> interaction_scope(Checker& checker, const ast::InteractionDecl& decl, RuleId id) {
  Rule& rule = checker.book.rules[id.index];
  const KindDef& relation = checker.book.schema.kind(rule.kind);
  if (!ends_fit(checker, decl, relation)) return std::nullopt;
  std::string from = checker.book.schema.kind(relation.from).name, to = checker.book.schema.kind(relation.to).name;
  if (relation.from == relation.to) {
    from = decl.from.text;
    to = decl.to.text;
  }
  rule.roles = {relation.name, from, to};
  Scope scope;
  scope.ruleset = rule.ruleset;
  scope.roles = {{relation.name, rule.kind}, {from, relation.from}, {to, relation.to}};
  return scope;
}

void check_effects(Checker& checker, const ast::InteractionDecl& decl, RuleId id, const Scope& scope) {
  EffectChecker effects(checker, id, scope);
  for (const ast::Effect& effect : decl.effects) std::visit(effects, effect.effect);
}

}  // namespace assay::checking
