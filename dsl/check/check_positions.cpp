// A subject's place among others: rank, quartile, quintile, decile, percentile, and scores spread by rank
// (docs/language.md 4.6, 4.7).
#include <fmt/format.h>

#include "dsl/check/expr_checker.h"
#include "dsl/check/units.h"

namespace assay::checking {

std::optional<TypeId> ExprChecker::placed_by(ast::ExprId value, const ast::SetOf& among) {
  if (among.meet) {
    misplaced(span(*among.meet), "meet", "`where` says among which members the subject stands");
    return std::nullopt;
  }
  const auto found = enter(among, Asked{.weight = {}, .place = value});
  if (!found) return std::nullopt;
  if (found->value) {
    checker_.report(
        DiagnosticKind::SetNeeded, span(among.set),
        fmt::format("{} are values, where those are needed among whom the subject stands", quote(among.set)),
        fmt::format("write `among {}`", kind(found->members).plural));
    return std::nullopt;
  }
  const TypeId type = checker_.book.expr_types[value.index];
  if (has_order(the(type).kind)) return type;
  checker_.report(DiagnosticKind::NoOrder, span(value),
                  fmt::format("{} is {}, of which none is more than another", quote(value), say(the(type))));
  return std::nullopt;
}

bool ExprChecker::has_better(ast::ExprId value) {
  if (better_direction(checker_.book, value) != Direction::None) return true;
  checker_.report(DiagnosticKind::NoDirection, span(value),
                  fmt::format("nothing says whether more of {} is better or worse", quote(value)),
                  "say `from lowest` or `from highest`, or give the evidence `higher is better` or `lower is better`");
  return false;
}

TypeId ExprChecker::type(ast::ExprId, const ast::Position& node, Expected) {
  if (!placed_by(node.value, node.among)) return kErrorType;
  const bool by_merit = node.from == ast::ScaleEnd::Best || node.from == ast::ScaleEnd::Worst;
  if (by_merit && !has_better(node.value)) return kErrorType;
  ValueType type;
  type.kind = TypeKind::Whole;
  type.low = Decimal::from_int(1);
  if (node.op == ast::PositionOp::Rank) {
    // Halves stand between two ranks.
    if (node.ties == ast::Ties::Middle) type.kind = TypeKind::Number;
  } else {
    type.high = Decimal::from_int(parts_of(node.op));
  }
  return intern(checker_.book, type);
}

TypeId ExprChecker::type(ast::ExprId, const ast::Spread& node, Expected) {
  const TypeId best = check(node.best), worst = check(node.worst);
  if (best == kErrorType || worst == kErrorType) return kErrorType;
  if (!meets(the(best), the(worst))) {
    units_differ(node.worst, worst, quote(node.best), best);
    return kErrorType;
  }
  if (!adds_up(the(best).kind)) {
    checker_.report(DiagnosticKind::OnlyCompares, span(node.best),
                    fmt::format("{} is {}, which cannot be spread out", quote(node.best), say(the(best))));
    return kErrorType;
  }
  if (!placed_by(node.value, node.among) || !has_better(node.value)) return kErrorType;
  return plain(averaged(the(best).kind));
}

}  // namespace assay::checking
