// How far the conditions of a rule are from turning. Internal to engine/whatif.
#pragma once

#include "engine/whatif/whynot.h"

namespace assay {

class GapWalk {
 public:
  explicit GapWalk(Evaluation& evaluation) : evaluation_(evaluation) {}

  // What stands in the way of the expression being `want`.
  Gap of(ast::ExprId id, const Scope& scope, bool want);
  Gap of_rule(RuleId rule, SubjectId subject, const Moment& moment, bool want);
  // Of a cell in a table, or what a list asks: the left side given.
  Gap of_relation(ast::ExprId left, const ast::Relation& relation, const Scope& scope, bool want);
  std::string words(ast::ExprId id) const;

 private:
  const Rulebook& book() const { return evaluation_.rulebook(); }
  Gap leaf(ast::ExprId id, const Cell& cell);
  Gap of_chain(ast::ExprId id, const Scope& scope, bool want);
  Gap of_logic(ast::ExprId id, const ast::Logic& node, const Scope& scope, bool want);
  Gap of_quantified(ast::ExprId id, const ast::Quantified& node, const Scope& scope, bool want);
  Gap of_consecutive(ast::ExprId id, const ast::Consecutive& node, const Scope& scope, bool want);
  Gap of_body(const Rule& rule, SubjectId subject, const Moment& moment, const Scope& scope, bool want);
  std::string not_known(const Cell& cell) const;

  Evaluation& evaluation_;
  int depth_ = 0;
};

// Puts the parts that stand in the way into their order; `needed` of them would do.
void put_parts(Gap& gap, std::vector<Gap> parts, std::size_t needed);
// In thousandths of the type's range, or of the larger of the two where it has none.
std::int64_t apart(const Value& a, const Value& b, const ValueType& type);

}  // namespace assay
