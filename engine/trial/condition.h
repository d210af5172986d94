// The conditions of a rule: each test in it that is answered yes, no or unknown by itself. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay {

// An expression that decides a rule, and what it is to it.
struct RulePart {
  enum class Kind { General, ButCondition, ButValue, Banded, Input, Cell, RowValue, When, Unless, Reason };
  Kind kind = Kind::General;
  ast::ExprId expr;
  std::size_t index = 0;  // of the `but`, the reason, the input or the row, from 0
};
std::vector<RulePart> parts_of(const Rule& rule);

struct Condition {
  RuleId rule;
  RulePart part;
  ast::ExprId expr;
  // What a list or set asks of each member, `any of (a, b) is 1`: expr is the member of the list, or the set.
  bool of_member = false;
  std::vector<ast::ExprId> above;  // the expressions it stands in, from the part's own inwards
  std::string words;               // the author's own
  Span span;
};
// In the order written.
std::vector<Condition> conditions_of(const Rulebook& book, RuleId rule);

// The relation that a list or set puts to its members; nullptr where there is none.
const ast::Relation* each_of(const ast::Expr& expr);
// The two put together: "needs is 1".
std::string asked_words(const Rulebook& book, ast::ExprId member, const ast::Relation& each);

// Why a condition can never be unknown; nothing where it can.
std::optional<std::string> why_never_unknown(const Rulebook& book, const Condition& condition);

}  // namespace assay
