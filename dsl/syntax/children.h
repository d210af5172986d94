// Walks the expressions inside an expression, in the order written; of one that is being made, each may be exchanged.
#pragma once

#include <type_traits>

#include "dsl/syntax/ast.h"

namespace assay::ast {

namespace children {

template <class SomeRelation, class Visit>
void of_relation(SomeRelation& relation, Visit& visit) {
  for (auto& operand : relation.operands) visit(operand);
}

template <class SomeSet, class Visit>
void of_set(SomeSet& set, Visit& visit) {
  visit(set.set);
  if (set.nearest) visit(set.nearest->by);
  if (set.where) visit(*set.where);
  if (set.meet) visit(*set.meet);
  for (auto& same : set.with_same) visit(same);
  if (set.expecting) visit(*set.expecting);
}

template <class SomeRange, class Visit>
void of_range(SomeRange& range, Visit& visit) {
  if (auto* list = std::get_if<ListOf>(&range)) {
    for (std::size_t i = 0; i < list->members.size(); ++i) {
      visit(list->members[i]);
      if (!list->weights.empty() && list->weights[i]) visit(*list->weights[i]);
    }
    return;
  }
  of_set(std::get<SetOf>(range), visit);
}

// One overload a construct; a new one does not compile until it is here.
template <class Visit, bool kConst>
struct Of {
  template <class Node>
  using In = std::conditional_t<kConst, const Node, Node>;
  Visit& visit;
  void operator()(In<Literal>&) {}
  void operator()(In<Chain>&) {}
  void operator()(In<Arithmetic>& node) { visit(node.lhs), visit(node.rhs); }
  void operator()(In<Negate>& node) { visit(node.operand); }
  void operator()(In<Not>& node) { visit(node.operand); }
  void operator()(In<Logic>& node) {
    for (auto& operand : node.operands) visit(operand);
  }
  void operator()(In<Compare>& node) { visit(node.lhs), of_relation(node.relation, visit); }
  void operator()(In<WithinLast>& node) { visit(node.event); }
  void operator()(In<Consecutive>& node) { visit(node.test); }
  void operator()(In<PercentOf>& node) { visit(node.part), visit(node.whole); }
  void operator()(In<Rounded>& node) { visit(node.operand); }
  void operator()(In<When>& node) { visit(node.value), visit(node.condition), visit(node.otherwise); }
  void operator()(In<TheAbove>&) {}
  void operator()(In<FirstKnownOf>& node) {
    for (auto& operand : node.operands) visit(operand);
  }
  void operator()(In<DaysSince>& node) { visit(node.event); }
  void operator()(In<SinceEntering>&) {}
  void operator()(In<Previous>& node) { visit(node.operand); }
  void operator()(In<Ago>& node) { visit(node.operand); }
  void operator()(In<Change>& node) { visit(node.operand); }
  void operator()(In<Call>& node) {
    if (node.body) return visit(*node.body);  // in which the arguments stand
    for (auto& argument : node.arguments) visit(argument);
  }
  void operator()(In<Quantified>& node) {
    of_range(node.range, visit);
    if (node.each) of_relation(*node.each, visit);
  }
  void operator()(In<Aggregate>& node) {
    if (node.value) visit(*node.value);
    of_range(node.range, visit);
    if (node.each) of_relation(*node.each, visit);
    if (node.weighted_by) visit(*node.weighted_by);
  }
  void operator()(In<Position>& node) { visit(node.value), of_set(node.among, visit); }
  void operator()(In<Spread>& node) {
    visit(node.value), visit(node.best), visit(node.worst);
    of_set(node.among, visit);
  }
  void operator()(In<ErrorExpr>&) {}
};

}  // namespace children

template <class Visit>
void for_each_child(const Expr& expr, Visit visit) {
  std::visit(children::Of<Visit, true>{visit}, expr);
}

template <class Visit>
void for_each_child(Expr& expr, Visit visit) {
  std::visit(children::Of<Visit, false>{visit}, expr);
}

}  // namespace assay::ast
