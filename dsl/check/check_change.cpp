// Change and average over time (docs/language.md 5.7): a value less what it was, and a value at each of so many steps.
#include <fmt/format.h>

#include "dsl/check/expr_checker.h"
#include "dsl/check/time_steps.h"
#include "dsl/check/units.h"

namespace assay::checking {

TypeId ExprChecker::type(ast::ExprId id, const ast::Change& node, Expected) {
  if (!node.over && !scope_.in_regime)
    return misplaced(span(id), "since entering",
                     "it stands in the criteria of a regime; elsewhere say `over 4 quarters`");
  const TypeId found = within_time(id, node.operand, {});
  if (found == kErrorType) return kErrorType;
  const TypeKind kind = the(found).kind;
  const auto apart = arithmetic_kind(ast::ArithmeticOp::Subtract, kind, kind);
  if (!apart) {
    checker_.report(
        DiagnosticKind::OnlyCompares, span(node.operand),
        fmt::format("{} is {}, of which there is no change to work out", quote(node.operand), say(the(found))),
        kind == TypeKind::Scale ? "scales only compare: ask whether it is better than it was, as in `x is better than "
                                  "x 4 quarters ago`"
                                : "");
    return kErrorType;
  }
  if (node.over) {
    for (const FieldId series : series_in(checker_.book, node.operand)) steps_of(node.operand, *node.over, series);
  }
  return plain(*apart);
}

// `average of X over 4 quarters`: X is one value, which the parser could not tell from a set.
TypeId ExprChecker::aggregate_over(ast::ExprId id, const ast::Aggregate& node, const ast::SetOf& range) {
  if (node.op == ast::AggregateOp::Count || node.op == ast::AggregateOp::Share)
    return misplaced(span(id), "over", "a sum, average, median, lowest or highest is taken over time");
  const bool narrowed = range.as || range.where || range.meet || range.nearest || range.expecting ||
                        !range.with_same.empty() || node.weighted_by || node.each;
  if (narrowed) {
    return misplaced(span(id), "over",
                     "a value over time is one subject's: put what is taken of the members in a define of its own");
  }
  if (!steps_within(node.over->count, span(id))) return kErrorType;
  const TypeId found = within_time(id, range.set, {});
  if (found == kErrorType) return kErrorType;
  checker_.asked_every.push_back({range.set, node.over->unit, true});
  return aggregate_type(node.op, found, span(range.set));
}

}  // namespace assay::checking
