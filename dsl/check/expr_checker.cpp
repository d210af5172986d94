// The door to the typing of expressions, and the constructs that only pass types on.
#include "dsl/check/expr_checker.h"

#include <fmt/format.h>

#include "dsl/check/units.h"

namespace assay::checking {

TypeId ExprChecker::check(ast::ExprId id, Expected expected) {
  const TypeId found =
      std::visit([&](const auto& node) { return type(id, node, expected); }, checker_.book.tree.expr(id));
  checker_.book.expr_types[id.index] = found;
  return found;
}

void ExprChecker::condition(ast::ExprId id) {
  const TypeId found = check(id);
  if (found == kErrorType || the(found).kind == TypeKind::YesNo) return;
  if (the(found).kind == TypeKind::Event) {
    checker_.report(
        DiagnosticKind::EventAlone, span(id), fmt::format("{} is an event, which alone is no condition", quote(id)),
        fmt::format("say how recent, as in {} within the last 12 months`", quote(id).substr(0, quote(id).size() - 1)));
    return;
  }
  checker_.report(DiagnosticKind::NotACondition, span(id),
                  fmt::format("{} is {}, not a condition", quote(id), say(the(found))),
                  fmt::format("say what of it, as in {} is ...`", quote(id).substr(0, quote(id).size() - 1)));
}

void ExprChecker::value(ast::ExprId id, TypeId declared, std::string_view what) {
  const TypeId found = check(id, declared == kErrorType ? Expected{} : Expected{declared});
  if (found == kErrorType || declared == kErrorType) return;
  const ValueType& want = the(declared);
  const ValueType& have = the(found);
  if (have.kind == TypeKind::Event) {
    checker_.report(DiagnosticKind::EventAlone, span(id), fmt::format("{} is an event, which is no value", quote(id)),
                    "ask `within the last` or `days since` of it");
  } else if (!meets(want, have)) {
    const std::string question =
        is_bare_number(id) ? unit_question(want.kind, checker_.book.sources.words(span(id))) : "";
    if (!question.empty()) {
      checker_.report(DiagnosticKind::BareNumber, span(id), question);
    } else {
      checker_.report(DiagnosticKind::WrongType, span(id),
                      fmt::format("{} is {}, {} is {}", quote(id), say(have), what, say(want)));
    }
  } else if (is_whole_number(want.kind) && have.kind == TypeKind::Number) {
    checker_.report(DiagnosticKind::MayHaveDecimals, span(id),
                    fmt::format("{} may have decimals, {} is {}", quote(id), what, say(want)),
                    "say how it is rounded, as in `... rounded to whole`");
  } else {
    literal_in_range(id, want);
  }
}

void ExprChecker::text(const ast::Template& text) {
  for (const auto& piece : text.pieces) {
    const auto* id = std::get_if<ast::ExprId>(&piece);
    if (id == nullptr) continue;
    const TypeId found = check(*id);
    if (found == kErrorType || the(found).kind != TypeKind::Event) continue;
    checker_.report(DiagnosticKind::EventAlone, span(*id), fmt::format("{} is an event, which is no value", quote(*id)),
                    "print `days since` it");
  }
}

TypeId ExprChecker::type(ast::ExprId, const ast::Literal& node, Expected) {
  const auto* number = std::get_if<Decimal>(&node.value);
  if (node.kind == TypeKind::Number && number != nullptr && number->is_whole()) return plain(TypeKind::Whole);
  return plain(node.kind);
}

TypeId ExprChecker::type(ast::ExprId, const ast::Negate& node, Expected) {
  const TypeId operand = check(node.operand);
  if (operand == kErrorType) return kErrorType;
  const TypeKind kind = the(operand).kind;
  if (may_be_negated(kind)) return plain(kind == TypeKind::Score ? TypeKind::Whole : kind);
  checker_.report(DiagnosticKind::OnlyCompares, span(node.operand),
                  fmt::format("{} is {}, which has no minus", quote(node.operand), say(the(operand))));
  return kErrorType;
}

TypeId ExprChecker::type(ast::ExprId, const ast::Not& node, Expected) {
  condition(node.operand);
  return plain(TypeKind::YesNo);
}

TypeId ExprChecker::type(ast::ExprId, const ast::Logic& node, Expected) {
  for (const ast::ExprId operand : node.operands) condition(operand);
  return plain(TypeKind::YesNo);
}

TypeId ExprChecker::type(ast::ExprId, const ast::When& node, Expected expected) {
  condition(node.condition);
  return join({node.value, node.otherwise}, expected);
}

TypeId ExprChecker::type(ast::ExprId id, const ast::TheAbove&, Expected) {
  if (scope_.above) return *scope_.above;
  return misplaced(span(id), "the above", "`the above` stands in a `but`, for what stands above it");
}

TypeId ExprChecker::type(ast::ExprId, const ast::FirstKnownOf& node, Expected expected) {
  return join(node.operands, expected);
}

TypeId ExprChecker::type(ast::ExprId, const ast::ErrorExpr&, Expected) { return kErrorType; }

bool ExprChecker::is_bare_number(ast::ExprId id) const {
  const auto* literal = std::get_if<ast::Literal>(&checker_.book.tree.expr(id));
  return literal != nullptr && is_plain_number(literal->kind);
}

TypeId ExprChecker::misplaced(Span at, std::string_view words, std::string help) {
  checker_.report(DiagnosticKind::Misplaced, at, fmt::format("`{}` means nothing here", words), std::move(help));
  return kErrorType;
}

void ExprChecker::units_differ(ast::ExprId found, TypeId found_type, std::string_view other, TypeId other_type) {
  if (is_bare_number(found)) {
    const std::string question = unit_question(the(other_type).kind, checker_.book.sources.words(span(found)));
    if (!question.empty()) {
      checker_.report(DiagnosticKind::BareNumber, span(found), question);
      return;
    }
  }
  std::string help;
  const auto is = [&](TypeKind a, TypeKind b) {
    const TypeKind x = the(found_type).kind, y = the(other_type).kind;
    return (x == a && y == b) || (x == b && y == a);
  };
  if (is(TypeKind::Days, TypeKind::Months))
    help = "a month has no fixed number of days: give both in days, or both in months";
  if (is(TypeKind::Percent, TypeKind::Points)) help = "points are the difference of two percents";
  checker_.report(DiagnosticKind::UnitsDiffer, span(found),
                  fmt::format("{} is {}, {} is {}", quote(found), say(the(found_type)), other, say(the(other_type))),
                  std::move(help));
}

bool ExprChecker::literal_in_range(ast::ExprId id, const ValueType& type) {
  const auto* literal = std::get_if<ast::Literal>(&checker_.book.tree.expr(id));
  const auto* number = literal == nullptr ? nullptr : std::get_if<Decimal>(&literal->value);
  if (number == nullptr || !is_numeric(type.kind)) return true;
  const bool below = type.low && number->compare(*type.low) == std::strong_ordering::less;
  const bool above = type.high && number->compare(*type.high) == std::strong_ordering::greater;
  if (!below && !above) return true;
  checker_.report(DiagnosticKind::OutOfRange, span(id), fmt::format("{} lies outside {}", quote(id), describe(type)));
  return false;
}

TypeId ExprChecker::join(const std::vector<ast::ExprId>& values, Expected expected) {
  TypeId joined = kErrorType;
  ast::ExprId first{};
  bool broken = false;
  for (const ast::ExprId id : values) {
    const TypeId found = check(id, joined == kErrorType ? expected : Expected{joined});
    if (found == kErrorType) {
      broken = true;
    } else if (joined == kErrorType) {
      joined = found;
      first = id;
    } else if (!meets(the(joined), the(found))) {
      units_differ(id, found, quote(first), joined);
      broken = true;
    } else if (joined != found && is_numeric(the(found).kind)) {
      const bool whole = is_whole_number(the(joined).kind) && is_whole_number(the(found).kind);
      joined = plain(whole ? TypeKind::Whole : is_plain_number(the(found).kind) ? TypeKind::Number : the(found).kind);
    }
  }
  return broken ? kErrorType : joined;
}

}  // namespace assay::checking
