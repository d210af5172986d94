// The table of units, as a table: what each pair of kinds gives, and nothing where the two do not meet.
#include <array>

#include <catch2/catch.hpp>

#include "dsl/check/units.h"

using namespace assay;
using checking::arithmetic_kind;

namespace {

constexpr std::array kAll = {TypeKind::YesNo, TypeKind::Whole,  TypeKind::Number, TypeKind::Percent, TypeKind::Points,
                             TypeKind::Money, TypeKind::Days,   TypeKind::Months, TypeKind::Date,    TypeKind::Text,
                             TypeKind::Score, TypeKind::Choice, TypeKind::Scale,  TypeKind::Event};

using enum ast::ArithmeticOp;
using Kind = std::optional<TypeKind>;

}  // namespace

TEST_CASE("percents, points and dates differ as people say they do") {
  CHECK(arithmetic_kind(Subtract, TypeKind::Percent, TypeKind::Percent) == Kind(TypeKind::Points));
  CHECK(arithmetic_kind(Add, TypeKind::Percent, TypeKind::Points) == Kind(TypeKind::Percent));
  CHECK(arithmetic_kind(Subtract, TypeKind::Points, TypeKind::Percent) == Kind());
  CHECK(arithmetic_kind(Subtract, TypeKind::Date, TypeKind::Date) == Kind(TypeKind::Days));
  CHECK(arithmetic_kind(Add, TypeKind::Date, TypeKind::Months) == Kind(TypeKind::Date));
  CHECK(arithmetic_kind(Add, TypeKind::Date, TypeKind::Date) == Kind());
  CHECK(arithmetic_kind(Add, TypeKind::Days, TypeKind::Months) == Kind());
}

TEST_CASE("like by like is a number, unit times unit is nothing, and whole numbers stay whole but in a quotient") {
  for (const TypeKind unit : {TypeKind::Percent, TypeKind::Points, TypeKind::Money, TypeKind::Days, TypeKind::Months}) {
    CHECK(arithmetic_kind(Divide, unit, unit) == Kind(TypeKind::Number));
    CHECK(arithmetic_kind(Multiply, unit, unit) == Kind());
    CHECK(arithmetic_kind(Multiply, unit, TypeKind::Whole) == Kind(unit));
    CHECK(arithmetic_kind(Divide, unit, TypeKind::Number) == Kind(unit));
    CHECK(arithmetic_kind(Divide, TypeKind::Number, unit) == Kind());
    CHECK(arithmetic_kind(Add, unit, TypeKind::Number) == Kind());
  }
  CHECK(arithmetic_kind(Add, TypeKind::Score, TypeKind::Score) == Kind(TypeKind::Whole));
  CHECK(arithmetic_kind(Divide, TypeKind::Whole, TypeKind::Whole) == Kind(TypeKind::Number));
}

TEST_CASE("whatever is not calculated with gives nothing on either side") {
  for (const TypeKind a : kAll) {
    for (const TypeKind b : kAll) {
      for (const auto op : {Add, Subtract, Multiply, Divide}) {
        if (checking::calculates(a) && checking::calculates(b)) continue;
        CHECK(arithmetic_kind(op, a, b) == Kind());
      }
    }
  }
}

TEST_CASE("addition and multiplication do not care which comes first, but that a date does") {
  for (const TypeKind a : kAll) {
    for (const TypeKind b : kAll) {
      CHECK(arithmetic_kind(Multiply, a, b) == arithmetic_kind(Multiply, b, a));
      if (a == TypeKind::Date || b == TypeKind::Date) continue;
      CHECK(arithmetic_kind(Add, a, b) == arithmetic_kind(Add, b, a));
    }
  }
}
