// What rules say: each body against the scope of its rule.
#include <fmt/format.h>

#include "dsl/check/bands.h"
#include "dsl/check/expr_checker.h"
#include "dsl/check/interactions.h"
#include "dsl/check/tables.h"
#include "dsl/syntax/children.h"

namespace assay::checking {
namespace {

int quantifiers_in(const ast::Tree& tree, ast::ExprId id) {
  int count = std::holds_alternative<ast::Quantified>(tree.expr(id)) ? 1 : 0;
  ast::for_each_child(tree.expr(id), [&](ast::ExprId child) { count += quantifiers_in(tree, child); });
  return count;
}

Scope scope_of(const Rule& rule) {
  Scope scope;
  scope.ruleset = rule.ruleset;
  scope.roles = {{rule.roles.front(), rule.kind}};
  scope.self = Slot{0};
  return scope;
}

// The declaration a rule was made from, where it is of that sort: of overlays, or of what they stand on.
template <class Decl, class Fn>
void for_each_rule(Checker& checker, bool local, Fn fn) {
  checker.for_each<Decl>([&](ast::DeclId id, const Decl& decl, RulesetId in) {
    if (checker.became[id.index] && checker.is_local(in) == local) fn(decl, RuleId{*checker.became[id.index]});
  });
}

void check_define(Checker& checker, const ast::DefineDecl& decl, RuleId id) {
  const Rule rule = checker.book.rule(id);
  const std::string what = fmt::format("`{}`", decl.name.text);
  ExprChecker exprs(checker, scope_of(rule));
  exprs.value(decl.value, rule.type, what);
  exprs.scope().above = rule.type;
  auto& body = std::get<DefineRule>(checker.book.rules[id.index].body);
  for (const ast::But& but : decl.buts) {
    exprs.value(but.value, rule.type, what);
    exprs.condition(but.condition);
    body.buts.push_back({but.value, but.condition, but.because, checker.grounds(rule.ruleset, but.grounds), but.span});
  }
}

void check_rating(Checker& checker, const ast::RatingDecl& decl, RuleId id) {
  const Rule rule = checker.book.rule(id);
  ExprChecker exprs(checker, scope_of(rule));
  const TypeId from = exprs.check(decl.from);
  if (from == kErrorType || rule.type == kErrorType) return;
  std::get<RatingRule>(checker.book.rules[id.index].body).bands =
      checked_bands(checker, decl, checker.book.type(rule.type));
}

// Texts know the members that met the quantifier of `when`; conditions do not.
void check_texts(ExprChecker& exprs, const Checker& checker, const std::optional<ast::ExprId>& when,
                 const std::optional<ast::Template>& says, const std::optional<ast::Template>& action) {
  exprs.scope().signs_absence = false;
  exprs.scope().in_text = true;
  if (action) exprs.text(*action);
  exprs.scope().quantifiers = when ? quantifiers_in(checker.book.tree, *when) : 0;
  if (says) exprs.text(*says);
}

void check_flag(Checker& checker, const ast::FlagDecl& decl, RuleId id) {
  ExprChecker exprs(checker, scope_of(checker.book.rule(id)));
  exprs.scope().signs_absence = true;
  if (decl.when) exprs.condition(*decl.when);
  if (decl.unless) exprs.condition(*decl.unless);
  check_texts(exprs, checker, decl.when, decl.says, decl.action);
}

void check_criteria(Checker& checker, const Rule& rule, const ast::Criteria& criteria) {
  ExprChecker exprs(checker, scope_of(rule));
  exprs.scope().in_regime = true;
  exprs.scope().signs_absence = true;
  for (const ast::Reason& reason : criteria.reasons) exprs.condition(reason.condition);
  if (criteria.count <= criteria.reasons.size()) return;
  checker.report(DiagnosticKind::ClauseMisfit, rule.span,
                 fmt::format("{} of {} reasons can never be met", criteria.count, criteria.reasons.size()),
                 "ask for fewer, or name more reasons");
}

void check_regimes(Checker& checker) {
  for (std::size_t i = 0; i < checker.book.rules.size(); ++i) {
    const Rule rule = checker.book.rules[i];
    if (const auto* enter = std::get_if<EnterRule>(&rule.body)) check_criteria(checker, rule, enter->criteria);
    if (const auto* exit = std::get_if<ExitRule>(&rule.body)) check_criteria(checker, rule, exit->criteria);
  }
}

void check_declared_rules(Checker& checker, bool local) {
  for_each_rule<ast::DefineDecl>(checker, local,
                                 [&](const ast::DefineDecl& decl, RuleId id) { check_define(checker, decl, id); });
  for_each_rule<ast::RatingDecl>(checker, local,
                                 [&](const ast::RatingDecl& decl, RuleId id) { check_rating(checker, decl, id); });
  for_each_rule<ast::TableDecl>(checker, local, [&](const ast::TableDecl& decl, RuleId id) {
    check_table(checker, decl, id, scope_of(checker.book.rule(id)));
  });
  for_each_rule<ast::FlagDecl>(checker, local,
                               [&](const ast::FlagDecl& decl, RuleId id) { check_flag(checker, decl, id); });
  for_each_rule<ast::InteractionDecl>(checker, local, [&](const ast::InteractionDecl& decl, RuleId id) {
    const auto scope = interaction_scope(checker, decl, id);
    if (!scope) return;
    ExprChecker exprs(checker, *scope);
    exprs.scope().signs_absence = true;
    if (decl.when) exprs.condition(*decl.when);
    check_effects(checker, decl, id, *scope);
    check_texts(exprs, checker, decl.when, decl.says, {});
  });
}

}  // namespace

// An overlay's own rules may read its second outcomes, which are known once the national rules are.
void check_rules(Checker& checker) {
  check_declared_rules(checker, false);
  check_regimes(checker);
  make_local_outcomes(checker);
  check_declared_rules(checker, true);
}

}  // namespace assay::checking
