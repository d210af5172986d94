// The changes inside one expression. Internal to engine/trial.
#pragma once

#include "engine/trial/mutant.h"

namespace assay {

void add_expression_mutants(const Rulebook& book, RuleId rule, ast::ExprId expr, std::vector<Mutant>& mutants);

}  // namespace assay
