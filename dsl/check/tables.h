// Decision tables: what their rows ask and give, and that every case has its row (docs/language.md 6.4, 8.4).
#pragma once

#include "dsl/check/checker.h"
#include "dsl/check/scope.h"

namespace assay::checking {

// Fills the body of the rule. Where its parts stand, looks for a case without a row, for two rows of a `unique` table
// that fit one case, and for rows that can never answer.
void check_table(Checker& checker, const ast::TableDecl& decl, RuleId id, const Scope& scope);

}  // namespace assay::checking
