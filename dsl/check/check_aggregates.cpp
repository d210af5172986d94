// count, share, sum, average, median, lowest, highest of lists and sets (docs/language.md 3.3, 4.6).
#include <fmt/format.h>

#include "dsl/check/expr_checker.h"
#include "dsl/check/units.h"

namespace assay::checking {
namespace {

std::string_view word(ast::AggregateOp op) {
  switch (op) {
    case ast::AggregateOp::Count:
      return "count";
    case ast::AggregateOp::Share:
      return "share";
    case ast::AggregateOp::Sum:
      return "sum";
    case ast::AggregateOp::Average:
      return "average";
    case ast::AggregateOp::Median:
      return "median";
    case ast::AggregateOp::Lowest:
      return "lowest";
    case ast::AggregateOp::Highest:
      return "highest";
    case ast::AggregateOp::LowerQuartile:
      return "lower quartile";
    case ast::AggregateOp::UpperQuartile:
      return "upper quartile";
  }
  return "";
}

bool counts_members(ast::AggregateOp op) { return op == ast::AggregateOp::Count || op == ast::AggregateOp::Share; }

}  // namespace

TypeId ExprChecker::aggregate_type(ast::AggregateOp op, TypeId type, Span at) {
  using enum ast::AggregateOp;
  if (op == Count) return plain(TypeKind::Whole);
  if (op == Share) return plain(TypeKind::Percent);
  if (type == kErrorType) return kErrorType;
  const TypeKind kind = the(type).kind;
  if (op == Lowest || op == Highest) {
    if (has_order(kind)) return type;
    checker_.report(DiagnosticKind::NoOrder, at,
                    fmt::format("{} is {}, of which none is more than another", checker_.quote(at), say(the(type))));
    return kErrorType;
  }
  if (!adds_up(kind)) {
    checker_.report(
        DiagnosticKind::OnlyCompares, at,
        fmt::format("{} is {}, of which there is no {}", checker_.quote(at), say(the(type)), word(op)),
        kind == TypeKind::Scale ? "scales only compare: take the lowest or highest, or count those at a value" : "");
    return kErrorType;
  }
  if (op != Sum) return plain(averaged(kind));
  return plain(kind == TypeKind::Score ? TypeKind::Whole : kind);
}

TypeId ExprChecker::aggregate_list(const ast::Aggregate& node, const ast::ListOf& list) {
  if (node.weighted_by) {
    return misplaced(
        span(*node.weighted_by), "weighted by",
        "it weighs the members of a set, as in `average of overall_percent of councils weighted by population`");
  }
  if (list.members.empty()) return kErrorType;  // did not parse
  if (counts_members(node.op)) {
    list_conditions(list.members, node.each);
    return aggregate_type(node.op, kErrorType, span(list.members.front()));
  }
  if (node.each)
    return misplaced(node.each->span, checker_.book.sources.words(node.each->span),
                     "`that are` stands after `count of` or `share of` a list");
  for (const auto& weight : list.weights) {
    if (!weight) continue;
    if (node.op != ast::AggregateOp::Average) return misplaced(span(*weight), "weight", "only an average is weighted");
    if (!number_of_member(*weight, "weight")) return kErrorType;
  }
  const TypeId type = join(list.members, {});
  if (type == kErrorType) return kErrorType;
  for (std::size_t i = 1; i < list.members.size(); ++i) same_steps(list.members.front(), list.members[i]);
  return aggregate_type(node.op, type, span(list.members.front()));
}

TypeId ExprChecker::aggregate_set(ast::ExprId id, const ast::Aggregate& node, const ast::SetOf& range) {
  if (node.weighted_by && node.op != ast::AggregateOp::Average) {
    return misplaced(span(*node.weighted_by), "weighted by", "only an average is weighted");
  }
  const auto found = enter(range, Asked{.weight = node.weighted_by, .place = {}});
  if (!found) return kErrorType;
  if (counts_members(node.op)) {
    if ((node.each || found->value) && !value_condition(*found, node.each, span(range.set))) return kErrorType;
    if (node.op == ast::AggregateOp::Count || range.meet || found->value)
      return aggregate_type(node.op, kErrorType, span(id));
    checker_.report(DiagnosticKind::NothingAsked, span(id),
                    fmt::format("a share of {} that do what?", quote(range.set)), "add `meet` and a condition");
    return kErrorType;
  }
  if (node.each)
    return misplaced(node.each->span, checker_.book.sources.words(node.each->span),
                     "it stands after `count of` or `share of`");
  if (range.meet)
    return misplaced(span(*range.meet), "meet",
                     fmt::format("`where` says of which members the {} is taken", word(node.op)));
  if (found->value) return aggregate_type(node.op, type_of(*found->value), span(range.set));
  checker_.report(DiagnosticKind::NothingAsked, span(range.set),
                  fmt::format("the {} of what of {}?", word(node.op), quote(range.set)),
                  fmt::format("say it before the set, as in `{} of overall_percent of {}`", word(node.op),
                              checker_.book.sources.words(span(range.set))));
  return kErrorType;
}

TypeId ExprChecker::type(ast::ExprId id, const ast::Aggregate& node, Expected) {
  if (const auto chain = matches_of(node.range)) {
    const auto& range = std::get<ast::SetOf>(node.range);
    if (node.op != ast::AggregateOp::Count || range.where || range.meet || range.as || node.each) {
      return misplaced(span(*chain), "matches", "only `count of matches`, or `matches` alone, can be printed");
    }
    const TypeId found = matches(*chain, span(*chain));
    checker_.book.expr_types[chain->index] = found;
    return found == kErrorType ? kErrorType : plain(TypeKind::Whole);
  }
  if (const auto* list = std::get_if<ast::ListOf>(&node.range)) return aggregate_list(node, *list);
  const auto& range = std::get<ast::SetOf>(node.range);
  return node.over ? aggregate_over(id, node, range) : aggregate_set(id, node, range);
}

}  // namespace assay::checking
