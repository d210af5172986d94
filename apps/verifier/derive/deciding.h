// The expressions that decide a rule, whatever sort of rule it is.
#pragma once

#include "dsl/check/rulebook.h"

namespace assay::verifier {

template <class Look>
void for_deciding(const Rule& rule, const Look& look) {
  const auto of_relation = [&](const ast::Relation& relation) {
    for (const ast::ExprId id : relation.operands) look(id);
  };
  if (const auto* body = std::get_if<DefineRule>(&rule.body)) {
    look(body->value);
    for (const DefineRule::But& but : body->buts) look(but.value), look(but.condition);
  } else if (const auto* rating = std::get_if<RatingRule>(&rule.body)) {
    look(rating->from);
  } else if (const auto* table = std::get_if<TableRule>(&rule.body)) {
    for (const ast::ExprId id : table->inputs) look(id);
    for (const TableRule::Row& row : table->rows) {
      for (const auto& cell : row.cells)
        if (cell) of_relation(*cell);
      if (row.value) look(*row.value);
    }
  } else if (const auto* flag = std::get_if<FlagRule>(&rule.body)) {
    if (flag->when) look(*flag->when);
    if (flag->unless) look(*flag->unless);
  } else if (const auto* enter = std::get_if<EnterRule>(&rule.body)) {
    for (const ast::Reason& reason : enter->criteria.reasons) look(reason.condition);
  } else if (const auto* exit = std::get_if<ExitRule>(&rule.body)) {
    for (const ast::Reason& reason : exit->criteria.reasons) look(reason.condition);
  }
}

}  // namespace assay::verifier
