// Walks the expressions inside an expression, in the order written.
#pragma once

#include "dsl/syntax/ast.h"

namespace assay::ast {

namespace children {

template <class Visit>
void of_relation(const Relation& relation, Visit& visit) {
  for (ExprId operand : relation.operands) visit(operand);
}

template <class Visit>
void of_set(const SetOf& set, Visit& visit) {
  visit(set.set);
  if (set.nearest) visit(set.nearest->by);
  if (set.where) visit(*set.where);
  if (set.meet) visit(*set.meet);
  for (ExprId same : set.with_same) visit(same);
  if (set.expecting) visit(*set.expecting);
}

template <class Visit>
void of_range(const Range& range, Visit& visit) {
  if (const auto* list = std::get_if<ListOf>(&range)) {
    for (std::size_t i = 0; i < list->members.size(); ++i) {
      visit(list->members[i]);
      if (!list->weights.empty() && list->weights[i]) visit(*list->weights[i]);
    }
    return;
  }
  of_set(std::get<SetOf>(range), visit);
}

// One overload a construct; a new one does not compile until it is here.
template <class Visit>
struct Of {
  Visit& visit;
  void operator()(const Literal&) {}
  void operator()(const Chain&) {}
  void operator()(const Arithmetic& node) { visit(node.lhs), visit(node.rhs); }
  void operator()(const Negate& node) { visit(node.operand); }
  void operator()(const Not& node) { visit(node.operand); }
  void operator()(const Logic& node) {
    for (ExprId operand : node.operands) visit(operand);
  }
  void operator()(const Compare& node) { visit(node.lhs), of_relation(node.relation, visit); }
  void operator()(const WithinLast& node) { visit(node.event); }
  void operator()(const Consecutive& node) { visit(node.test); }
  void operator()(const PercentOf& node) { visit(node.part), visit(node.whole); }
  void operator()(const Rounded& node) { visit(node.operand); }
  void operator()(const When& node) { visit(node.value), visit(node.condition), visit(node.otherwise); }
  void operator()(const TheAbove&) {}
  void operator()(const FirstKnownOf& node) {
    for (ExprId operand : node.operands) visit(operand);
  }
  void operator()(const DaysSince& node) { visit(node.event); }
  void operator()(const SinceEntering&) {}
  void operator()(const Previous& node) { visit(node.operand); }
  void operator()(const Ago& node) { visit(node.operand); }
  void operator()(const Change& node) { visit(node.operand); }
  void operator()(const Call& node) {
    if (node.body) return visit(*node.body);  // in which the arguments stand
    for (ExprId argument : node.arguments) visit(argument);
  }
  void operator()(const Quantified& node) {
    of_range(node.range, visit);
    if (node.each) of_relation(*node.each, visit);
  }
  void operator()(const Aggregate& node) {
    if (node.value) visit(*node.value);
    of_range(node.range, visit);
    if (node.each) of_relation(*node.each, visit);
    if (node.weighted_by) visit(*node.weighted_by);
  }
  void operator()(const Position& node) { visit(node.value), of_set(node.among, visit); }
  void operator()(const Spread& node) {
    visit(node.value), visit(node.best), visit(node.worst);
    of_set(node.among, visit);
  }
  void operator()(const ErrorExpr&) {}
};

}  // namespace children

template <class Visit>
void for_each_child(const Expr& expr, Visit visit) {
  std::visit(children::Of<Visit>{visit}, expr);
}

}  // namespace assay::ast
