// The words readers see for values, bases, distances and parts.
#include <catch2/catch.hpp>

#include "engine/explain/words.h"

namespace assay {
namespace {

Value number(const char* text) { return *Decimal::parse(text); }

ValueType type(TypeKind kind) {
  ValueType out;
  out.kind = kind;
  return out;
}

TEST_CASE("words: cells") {
  const ValueType percent = type(TypeKind::Percent);
  CHECK(cell_in_words(Cell::of(number("34")), percent) == "34%");
  CHECK(cell_in_words(Cell::not_applicable(), percent) == "does not apply");
  Cell open = Cell::unknown_between(number("53"), number("56"), {});
  CHECK(cell_in_words(open, percent) == "unknown, 53% to 56%");
  open.may_not_apply = true;
  CHECK(cell_in_words(open, percent) == "unknown, 53% to 56%, or does not apply");
  CHECK(cell_in_words(Cell::unknown_between(std::nullopt, std::nullopt, {}), type(TypeKind::Text)) == "unknown");
  CHECK(truth_in_words(Cell::of(Truth::Unknown)) == "unknown");
  CHECK(trigger_in_words(Cell::of(Truth::Unknown)) == "undetermined");
  CHECK(trigger_in_words(Cell::not_applicable()) == "clear, does not apply");
}

TEST_CASE("words: a percent is points away from a percent") {
  CHECK(distance_in_words(number("34"), number("39"), type(TypeKind::Percent)) == "5 points");
  CHECK(distance_in_words(number("39"), number("38"), type(TypeKind::Percent)) == "1 point");
  CHECK(distance_in_words(number("31"), number("28"), type(TypeKind::Days)) == "3 days");
  CHECK(distance_in_words(number("2500"), number("0"), type(TypeKind::Money)) == "£2,500");
  CHECK(distance_in_words(Label{1}, Label{3}, type(TypeKind::Scale)) == "2 steps");
  CHECK(distance_in_words(*Date::parse("2025-01-01"), *Date::parse("2025-03-01"), type(TypeKind::Date)) == "59 days");
  CHECK(distance_in_words(std::string("a"), std::string("b"), type(TypeKind::Text)).empty());
}

TEST_CASE("words: what nobody published says so") {
  CHECK(basis_in_words("proposed", "no floor is published") ==
        "proposed by us, not published: \"no floor is published\"");
  CHECK(basis_in_words("inferred", "") == "inferred");
  CHECK(basis_in_words("published", "") == "published");
}

TEST_CASE("words: periods") {
  const Date from = *Date::parse("2025-08-06");
  CHECK(period_in_words(from, std::nullopt) == "from 6 August 2025");
  CHECK(period_in_words(from, from) == "on 6 August 2025");
  CHECK(period_in_words(from, *Date::parse("2026-08-05")) == "from 6 August 2025 to 5 August 2026");
}

}  // namespace
}  // namespace assay
