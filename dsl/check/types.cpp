// The table of types, and their names in messages.
#include "dsl/check/types.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checking {
namespace {

bool same_labels(const ValueType& a, const ValueType& b) {
  return std::equal(a.labels.begin(), a.labels.end(), b.labels.begin(), b.labels.end(),
                    [](const LabelDef& x, const LabelDef& y) { return x.name == y.name; });
}

}  // namespace

bool same_type(const ValueType& a, const ValueType& b) {
  return a.kind == b.kind && a.low == b.low && a.high == b.high && a.name == b.name && same_labels(a, b);
}

TypeId intern(Rulebook& book, const ValueType& type) {
  // types[0] is the error type and never found.
  for (std::size_t i = 1; i < book.types.size(); ++i) {
    if (same_type(book.types[i], type)) return TypeId{static_cast<std::uint32_t>(i)};
  }
  book.types.push_back(type);
  return TypeId{static_cast<std::uint32_t>(book.types.size() - 1)};
}

TypeId intern(Rulebook& book, TypeKind kind) {
  ValueType type;
  type.kind = kind;
  return intern(book, type);
}

bool is_plain_number(TypeKind kind) {
  return kind == TypeKind::Whole || kind == TypeKind::Number || kind == TypeKind::Score;
}
bool is_whole_number(TypeKind kind) { return kind == TypeKind::Whole || kind == TypeKind::Score; }
bool has_labels(TypeKind kind) { return kind == TypeKind::Choice || kind == TypeKind::Scale; }
bool has_order(TypeKind kind) { return is_numeric(kind) || kind == TypeKind::Date || kind == TypeKind::Scale; }

bool meets(const ValueType& a, const ValueType& b) {
  if (is_plain_number(a.kind) && is_plain_number(b.kind)) return true;
  if (a.kind != b.kind) return false;
  if (a.kind == TypeKind::Scale) return a.name == b.name && same_labels(a, b);
  if (a.kind == TypeKind::Choice) return same_labels(a, b);
  return true;
}

std::string say(const ValueType& type) {
  switch (type.kind) {
    case TypeKind::YesNo:
      return "yes or no";
    case TypeKind::Whole:
      return "a whole number";
    case TypeKind::Number:
      return "a number";
    case TypeKind::Percent:
      return "a percent";
    case TypeKind::Points:
      return "percentage points";
    case TypeKind::Money:
      return "money";
    case TypeKind::Days:
      return "a duration in days";
    case TypeKind::Months:
      return "a duration in months";
    case TypeKind::Date:
      return "a date";
    case TypeKind::Text:
      return "a text";
    case TypeKind::Score:
      return type.low && type.high ? fmt::format("a score {} to {}", type.low->to_string(), type.high->to_string())
                                   : "a score";
    case TypeKind::Choice:
      return "a choice";
    case TypeKind::Scale:
      return fmt::format("one of `{}`", type.name);
    case TypeKind::Event:
      return "an event";
  }
  return "";
}

std::string unit_question(TypeKind kind, std::string_view number) {
  switch (kind) {
    case TypeKind::Percent:
      return fmt::format("`{0}` what: {0}%?", number);
    case TypeKind::Points:
      return fmt::format("`{0}` what: {0} points?", number);
    case TypeKind::Money:
      return fmt::format("`{0}` what: £{0}?", number);
    case TypeKind::Days:
      return fmt::format("`{}` what: days, weeks?", number);
    case TypeKind::Months:
      return fmt::format("`{}` what: months, quarters, years?", number);
    default:
      return "";
  }
}

std::string title_from_name(std::string_view name) {
  std::string title(name);
  std::replace(title.begin(), title.end(), '_', ' ');
  if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') title[0] = static_cast<char>(title[0] - 'a' + 'A');
  return title;
}

}  // namespace assay::checking
