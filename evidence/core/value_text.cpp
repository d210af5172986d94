// Values written as text: for machines, and for people.
#include <fmt/format.h>

#include "evidence/core/check.h"
#include "evidence/core/value.h"

namespace assay {
namespace {

const LabelDef& label_of(const Value& value, const ValueType& type) {
  const std::size_t index = std::get<Label>(value).index;
  CHECK(index < type.labels.size());
  return type.labels[index];
}

// As a rule would compare it: a sentence shows no more places than count.
Decimal shown(Decimal number) {
  return number.rounded(Rounding::HalfAwayFromZero, Decimal::kComparedPlaces).value_or(number);
}

std::string counted(Decimal number, std::string_view noun) {
  const bool one = number == Decimal::from_int(1) || number == Decimal::from_int(-1);
  return fmt::format("{} {}{}", number.to_grouped_string(), noun, one ? "" : "s");
}

// £2,500; £2,500.50; -£3.
std::string pounds(Decimal amount) {
  const bool negative = amount.units() < 0;
  std::string digits = (negative ? amount.negated() : amount).to_grouped_string();
  if (digits.size() >= 2 && digits[digits.size() - 2] == '.') digits += '0';
  return fmt::format("{}£{}", negative ? "-" : "", digits);
}

std::string number_in_words(Decimal number, TypeKind kind) {
  switch (kind) {
    case TypeKind::Percent:
      return number.to_grouped_string() + "%";
    case TypeKind::Points:
      return counted(number, "point");
    case TypeKind::Money:
      return pounds(number);
    case TypeKind::Days:
      return counted(number, "day");
    case TypeKind::Months:
      return counted(number, "month");
    default:
      return number.to_grouped_string();
  }
}

std::string title_of(const LabelDef& label) {
  if (!label.title.empty()) return label.title;
  std::string title = label.name;
  for (char& c : title) {
    if (c == '_') c = ' ';
  }
  if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') title[0] = static_cast<char>(title[0] - 'a' + 'A');
  return title;
}

}  // namespace

std::string to_plain(const Value& value, const ValueType& type) {
  if (const auto* yes = std::get_if<bool>(&value)) return *yes ? "yes" : "no";
  if (const auto* number = std::get_if<Decimal>(&value)) return number->to_string();
  if (const auto* date = std::get_if<Date>(&value)) return date->to_string();
  if (const auto* date = std::get_if<ImpreciseDate>(&value)) return date->to_string();
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return label_of(value, type).name;
}

std::string to_words(const Value& value, const ValueType& type) {
  if (const auto* number = std::get_if<Decimal>(&value)) return number_in_words(shown(*number), type.kind);
  if (const auto* date = std::get_if<Date>(&value)) return date->to_long_string();
  if (const auto* date = std::get_if<ImpreciseDate>(&value)) return date->to_long_string();
  if (std::holds_alternative<Label>(value)) return title_of(label_of(value, type));
  return to_plain(value, type);
}

}  // namespace assay
