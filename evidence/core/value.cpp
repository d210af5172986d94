// Comparing values, and types in words.
#include "evidence/core/value.h"

#include <fmt/format.h>

#include "evidence/core/check.h"
#include "evidence/core/text.h"

namespace assay {
namespace {

std::string_view noun(TypeKind kind) {
  switch (kind) {
    case TypeKind::YesNo:
      return "yes or no";
    case TypeKind::Whole:
      return "whole number";
    case TypeKind::Number:
      return "decimal";
    case TypeKind::Percent:
      return "percent";
    case TypeKind::Points:
      return "points";
    case TypeKind::Money:
      return "money";
    case TypeKind::Days:
      return "days";
    case TypeKind::Months:
      return "months";
    case TypeKind::Date:
      return "date";
    case TypeKind::Text:
      return "text";
    case TypeKind::Score:
      return "score";
    case TypeKind::Choice:
    case TypeKind::Scale:
      return "one of a list";
    case TypeKind::Event:
      return "event";
  }
  return "";
}

// An end of a range, with the sign of its unit.
std::string range_end(Decimal end, TypeKind kind) {
  ValueType bare;
  if (kind == TypeKind::Percent || kind == TypeKind::Money) bare.kind = kind;
  return to_words(Value(end), bare);
}

}  // namespace

bool is_numeric(TypeKind kind) {
  switch (kind) {
    case TypeKind::Whole:
    case TypeKind::Number:
    case TypeKind::Percent:
    case TypeKind::Points:
    case TypeKind::Money:
    case TypeKind::Days:
    case TypeKind::Months:
    case TypeKind::Score:
      return true;
    case TypeKind::YesNo:
    case TypeKind::Date:
    case TypeKind::Text:
    case TypeKind::Choice:
    case TypeKind::Scale:
    case TypeKind::Event:
      break;
  }
  return false;
}

bool is_ordered(TypeKind kind) { return kind != TypeKind::Text && kind != TypeKind::Choice && kind != TypeKind::Event; }

bool same(const Value& a, const Value& b) {
  if (const auto* x = std::get_if<Decimal>(&a), *y = std::get_if<Decimal>(&b); x != nullptr && y != nullptr) {
    return x->compare(*y) == std::strong_ordering::equal;
  }
  return a == b;
}

std::strong_ordering order(const Value& a, const Value& b) {
  CHECK(a.index() == b.index() && !std::holds_alternative<std::string>(a));
  if (const auto* number = std::get_if<Decimal>(&a)) return number->compare(std::get<Decimal>(b));
  if (const auto* date = std::get_if<Date>(&a)) return *date <=> std::get<Date>(b);
  if (const auto* label = std::get_if<Label>(&a)) return *label <=> std::get<Label>(b);
  return std::get<bool>(a) <=> std::get<bool>(b);
}

std::string describe(const ValueType& type) {
  if (type.kind == TypeKind::Choice || type.kind == TypeKind::Scale) {
    if (!type.name.empty()) return "one of " + type.name;
    std::vector<std::string> names;
    for (const LabelDef& label : type.labels) names.push_back(label.name);
    return "one of " + join_words(names, "or");
  }
  std::string text(noun(type.kind));
  if (type.low && type.high) {
    text += fmt::format(" {} to {}", range_end(*type.low, type.kind), range_end(*type.high, type.kind));
  } else if (type.low) {
    text += fmt::format(" of at least {}", range_end(*type.low, type.kind));
  } else if (type.high) {
    text += fmt::format(" of at most {}", range_end(*type.high, type.kind));
  }
  return text;
}

}  // namespace assay
