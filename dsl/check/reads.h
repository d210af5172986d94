// What rules read: the edges of their graph, each with its place in the text. Texts that are only printed are not among
// them.
#pragma once

#include <variant>
#include <vector>

#include "dsl/check/checker.h"

namespace assay::checking {

struct Read {
  std::variant<FieldId, RuleId> what;
  Span at;
};

// The expressions that decide a rule, in the order written.
std::vector<ast::ExprId> deciding_exprs(const Rule& rule);
// Evidence and rules that an expression reads directly.
void add_reads(const Rulebook& book, ast::ExprId expr, std::vector<Read>& reads);
// Of each rule: what its expressions read, the stage its criteria ask for, the interactions that raise it.
std::vector<std::vector<Read>> rule_reads(const Checker& checker);

}  // namespace assay::checking
