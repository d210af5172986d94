// The table of units.
#include "dsl/check/units.h"

#include "dsl/check/types.h"

namespace assay::checking {
namespace {

bool is_duration(TypeKind kind) { return kind == TypeKind::Days || kind == TypeKind::Months; }

// Whole stays whole through + - *; a score that is added up is a whole number and no score any more.
TypeKind number_of(TypeKind a, TypeKind b) {
  return is_whole_number(a) && is_whole_number(b) ? TypeKind::Whole : TypeKind::Number;
}

std::optional<TypeKind> sum_kind(TypeKind a, TypeKind b) {
  if (is_plain_number(a) && is_plain_number(b)) return number_of(a, b);
  if (a == TypeKind::Date) return is_duration(b) ? std::optional(TypeKind::Date) : std::nullopt;
  if (a == TypeKind::Percent && b == TypeKind::Points) return TypeKind::Percent;
  if (a == TypeKind::Points && b == TypeKind::Percent) return TypeKind::Percent;
  // Two shares of one whole add up to a share of it.
  return a == b ? std::optional(a) : std::nullopt;
}

std::optional<TypeKind> difference_kind(TypeKind a, TypeKind b) {
  if (is_plain_number(a) && is_plain_number(b)) return number_of(a, b);
  if (a == TypeKind::Date && b == TypeKind::Date) return TypeKind::Days;
  if (a == TypeKind::Date) return is_duration(b) ? std::optional(TypeKind::Date) : std::nullopt;
  if (a == TypeKind::Percent && b == TypeKind::Percent) return TypeKind::Points;
  if (a == TypeKind::Percent && b == TypeKind::Points) return TypeKind::Percent;
  return a == b ? std::optional(a) : std::nullopt;
}

std::optional<TypeKind> product_kind(TypeKind a, TypeKind b) {
  if (a == TypeKind::Date || b == TypeKind::Date) return std::nullopt;
  if (is_plain_number(a) && is_plain_number(b)) return number_of(a, b);
  if (is_plain_number(a)) return b;
  if (is_plain_number(b)) return a;
  return std::nullopt;
}

std::optional<TypeKind> quotient_kind(TypeKind a, TypeKind b) {
  if (a == TypeKind::Date || b == TypeKind::Date) return std::nullopt;
  if (is_plain_number(b)) return is_plain_number(a) ? TypeKind::Number : a;
  return a == b ? std::optional(TypeKind::Number) : std::nullopt;
}

}  // namespace

bool calculates(TypeKind kind) { return is_numeric(kind) || kind == TypeKind::Date; }

std::optional<TypeKind> arithmetic_kind(ast::ArithmeticOp op, TypeKind a, TypeKind b) {
  if (!calculates(a) || !calculates(b)) return std::nullopt;
  switch (op) {
    case ast::ArithmeticOp::Add:
      return sum_kind(a, b);
    case ast::ArithmeticOp::Subtract:
      return difference_kind(a, b);
    case ast::ArithmeticOp::Multiply:
      return product_kind(a, b);
    case ast::ArithmeticOp::Divide:
      return quotient_kind(a, b);
  }
  return std::nullopt;
}

bool makes_percent(TypeKind part, TypeKind whole) {
  if (is_plain_number(part) && is_plain_number(whole)) return true;
  return part == whole && is_numeric(part);
}

bool adds_up(TypeKind kind) { return is_numeric(kind); }

TypeKind averaged(TypeKind kind) { return is_plain_number(kind) ? TypeKind::Number : kind; }

bool may_be_negated(TypeKind kind) { return is_numeric(kind); }

}  // namespace assay::checking
