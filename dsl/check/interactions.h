// Interactions: who is in scope along a relation, and what follows there.
#pragma once

#include "dsl/check/checker.h"
#include "dsl/check/scope.h"

namespace assay::checking {

// Link, from end, to end; every field says `of`. Notes the roles in the rule. Nothing where the ends are not the
// relation's.
std::optional<Scope> interaction_scope(Checker& checker, const ast::InteractionDecl& decl, RuleId id);
void check_effects(Checker& checker, const ast::InteractionDecl& decl, RuleId id, const Scope& scope);

}  // namespace assay::checking
