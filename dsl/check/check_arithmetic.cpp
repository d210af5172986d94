// + - * /, as percent of, rounded: what units give.
#include <fmt/format.h>

#include "dsl/check/expr_checker.h"
#include "dsl/check/units.h"

namespace assay::checking {
namespace {

std::string_view verb(ast::ArithmeticOp op) {
  switch (op) {
    case ast::ArithmeticOp::Add:
      return "added";
    case ast::ArithmeticOp::Subtract:
      return "taken from one another";
    case ast::ArithmeticOp::Multiply:
      return "multiplied";
    case ast::ArithmeticOp::Divide:
      return "divided";
  }
  return "";
}

bool needs_like_units(ast::ArithmeticOp op) {
  return op == ast::ArithmeticOp::Add || op == ast::ArithmeticOp::Subtract;
}

}  // namespace

TypeId ExprChecker::type(ast::ExprId id, const ast::Arithmetic& node, Expected) {
  const TypeId lhs = check(node.lhs), rhs = check(node.rhs);
  if (lhs == kErrorType || rhs == kErrorType) return kErrorType;
  const TypeKind a = the(lhs).kind, b = the(rhs).kind;
  if (const auto kind = arithmetic_kind(node.op, a, b)) {
    same_steps(node.lhs, node.rhs);
    return plain(*kind);
  }
  for (const ast::ExprId side : {node.lhs, node.rhs}) {
    const TypeId type = side == node.lhs ? lhs : rhs;
    if (calculates(the(type).kind)) continue;
    std::string help = the(type).kind == TypeKind::Scale ? "scales only compare; give the numbers behind them" : "";
    checker_.report(DiagnosticKind::OnlyCompares, span(side),
                    fmt::format("{} is {}, which is not calculated with", quote(side), say(the(type))),
                    std::move(help));
    return kErrorType;
  }
  if (needs_like_units(node.op) && a == TypeKind::Date && is_bare_number(node.rhs)) {
    checker_.report(DiagnosticKind::BareNumber, span(node.rhs),
                    fmt::format("{} what: days, weeks, months?", quote(node.rhs)));
  } else if (needs_like_units(node.op) && is_bare_number(node.rhs)) {
    units_differ(node.rhs, rhs, quote(node.lhs), lhs);
  } else if (needs_like_units(node.op) && is_bare_number(node.lhs)) {
    units_differ(node.lhs, lhs, quote(node.rhs), rhs);
  } else {
    std::string help;
    if (b == TypeKind::Date && needs_like_units(node.op) && a != TypeKind::Date)
      help = "write the date first, then what is added to it";
    checker_.report(DiagnosticKind::UnitsDiffer, span(id),
                    fmt::format("{} is {}, {} is {}: the two cannot be {}", quote(node.lhs), say(the(lhs)),
                                quote(node.rhs), say(the(rhs)), verb(node.op)),
                    std::move(help));
  }
  return kErrorType;
}

TypeId ExprChecker::type(ast::ExprId, const ast::PercentOf& node, Expected) {
  const TypeId part = check(node.part), whole = check(node.whole);
  if (part == kErrorType || whole == kErrorType) return kErrorType;
  if (makes_percent(the(part).kind, the(whole).kind)) {
    same_steps(node.part, node.whole);
    return plain(TypeKind::Percent);
  }
  for (const ast::ExprId side : {node.part, node.whole}) {
    const TypeId type = side == node.part ? part : whole;
    if (is_numeric(the(type).kind)) continue;
    checker_.report(DiagnosticKind::OnlyCompares, span(side),
                    fmt::format("{} is {}, of which there is no percent", quote(side), say(the(type))));
    return kErrorType;
  }
  units_differ(node.whole, whole, quote(node.part), part);
  return kErrorType;
}

TypeId ExprChecker::type(ast::ExprId, const ast::Rounded& node, Expected) {
  const TypeId operand = check(node.operand);
  if (operand == kErrorType) return kErrorType;
  const TypeKind kind = the(operand).kind;
  if (is_plain_number(kind)) return plain(node.places == 0 ? TypeKind::Whole : TypeKind::Number);
  if (is_numeric(kind)) return plain(kind);
  checker_.report(DiagnosticKind::OnlyCompares, span(node.operand),
                  fmt::format("{} is {}, which is not rounded", quote(node.operand), say(the(operand))));
  return kErrorType;
}

}  // namespace assay::checking
