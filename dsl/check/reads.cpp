// Gathers what rules read from the names resolved in them.
#include "dsl/check/reads.h"

#include "dsl/syntax/children.h"

namespace assay::checking {
namespace {

struct DecidingExprs {
  std::vector<ast::ExprId> found;
  void operator()(const DefineRule& body) {
    found.push_back(body.value);
    for (const auto& but : body.buts) {
      found.push_back(but.value);
      found.push_back(but.condition);
    }
  }
  void operator()(const RatingRule& body) { found.push_back(body.from); }
  void operator()(const TableRule& body) {
    found.insert(found.end(), body.inputs.begin(), body.inputs.end());
    for (const auto& row : body.rows) {
      for (const auto& cell : row.cells)
        if (cell) found.insert(found.end(), cell->operands.begin(), cell->operands.end());
      if (row.value) found.push_back(*row.value);
    }
  }
  void operator()(const FlagRule& body) {
    if (body.when) found.push_back(*body.when);
    if (body.unless) found.push_back(*body.unless);
  }
  void operator()(const InteractionRule& body) {
    if (body.when) found.push_back(*body.when);
  }
  void operator()(const StageRule&) {}
  void operator()(const EnterRule& body) { criteria(body.criteria); }
  void operator()(const ExitRule& body) { criteria(body.criteria); }
  void operator()(const UnsupportedRule&) {}
  void criteria(const ast::Criteria& criteria) {
    for (const ast::Reason& reason : criteria.reasons) found.push_back(reason.condition);
  }
};

// Rows of a regime read its recorded stage, and one of them another.
struct ImpliedReads {
  const Rulebook& book;
  Span at;
  std::vector<Read>& reads;
  void operator()(const StageRule& body) { reads.push_back({book.regimes[body.regime.index].field, at}); }
  void operator()(const EnterRule& body) { stage(body.regime); }
  void operator()(const ExitRule& body) { stage(body.regime); }
  void operator()(const UnsupportedRule& body) {
    stage(body.regime);
    reads.push_back({body.enter, at});
  }
  template <class Other>
  void operator()(const Other&) {}
  void stage(RegimeId regime) { reads.push_back({book.regimes[regime.index].stage_rule, at}); }
};

// Rules form a graph by name: whichever edition may answer is read.
void add_editions(const Rulebook& book, RuleId rule, Span at, std::vector<Read>& reads) {
  if (book.rule(rule).editions.empty()) reads.push_back({rule, at});
  for (const RuleId each : book.rule(rule).editions) reads.push_back({each, at});
}

}  // namespace

std::vector<ast::ExprId> deciding_exprs(const Rule& rule) {
  DecidingExprs exprs;
  std::visit(exprs, rule.body);
  return exprs.found;
}

void add_reads(const Rulebook& book, ast::ExprId expr, std::vector<Read>& reads) {
  const Resolved& resolved = book.resolved[expr.index];
  const Span at = book.tree.span(expr);
  if (const auto* field = std::get_if<FieldOf>(&resolved)) reads.push_back({field->field, at});
  if (const auto* rule = std::get_if<RuleOf>(&resolved)) add_editions(book, rule->rule, at, reads);
  if (const auto* set = std::get_if<SetRef>(&resolved); set != nullptr && set->value) {
    if (const auto* field = std::get_if<FieldOf>(&*set->value)) reads.push_back({field->field, at});
    if (const auto* rule = std::get_if<RuleOf>(&*set->value)) add_editions(book, rule->rule, at, reads);
  }
  ast::for_each_child(book.tree.expr(expr), [&](ast::ExprId child) { add_reads(book, child, reads); });
}

std::vector<std::vector<Read>> rule_reads(const Checker& checker) {
  const Rulebook& book = checker.book;
  std::vector<std::vector<Read>> reads(book.rules.size());
  for (std::size_t i = 0; i < book.rules.size(); ++i) {
    for (const ast::ExprId expr : deciding_exprs(book.rules[i])) add_reads(book, expr, reads[i]);
    std::visit(ImpliedReads{book, checker.rule_named[i], reads[i]}, book.rules[i].body);
  }
  for (const auto& raised : checker.raised) reads[raised.flag.index].push_back({raised.interaction, raised.at});
  return reads;
}

}  // namespace assay::checking
