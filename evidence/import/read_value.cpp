// Cells of one field, typed. The plain way must agree with parse_value, which a unit test checks.
#include "evidence/import/read_value.h"

#include <fmt/format.h>

#include <limits>

#include "evidence/core/check.h"

namespace assay {

namespace {

constexpr std::size_t kLongestPlainNumber = 12;  // digits: with six places still within 64 bits
constexpr std::size_t kLongestValue = 200;       // of anything but text: enough for every name and number
constexpr std::int64_t kPowers[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string shown_text(std::string_view text) {
  constexpr std::size_t kMost = 60;
  if (text.size() <= kMost) return std::string(text);
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not within a character
  return std::string(text.substr(0, end)) + "...";
}

ValueReader::ValueReader(const ValueType& type, std::uint32_t number, Catalogue& catalogue)
    : type_(&type),
      field_(number),
      catalogue_(&catalogue),
      storage_(storage_of(type.kind)),
      places_(stored_places(type.kind)),
      low_(std::numeric_limits<std::int64_t>::min()),
      high_(std::numeric_limits<std::int64_t>::max()),
      label_numbers_(type.labels.size()) {
  // An end of the range that is no whole count of places sends every number the long way round.
  const auto count = [this](const Decimal& end) { return end.to_scaled(places_); };
  if (type.low) low_ = count(*type.low).value_or(std::numeric_limits<std::int64_t>::max());
  if (type.high) high_ = count(*type.high).value_or(std::numeric_limits<std::int64_t>::min());
}

bool ValueReader::has_label(std::string_view name) const {
  for (const LabelDef& label : type_->labels) {
    if (label.name == name) return true;
  }
  return false;
}

Result<void> ValueReader::read(std::string_view text, TypedRow& row) {
  if (storage_ == Storage::Number && read_plain_number(text, row)) return {};
  if (storage_ == Storage::Label && read_plain_label(text, row)) return {};
  if (storage_ != Storage::Text && text.size() > kLongestValue) {
    return fail(ErrorCode::BadInput, fmt::format("`{}` cannot be read as {}", shown_text(text), describe(*type_)));
  }
  return read_any(text, row);
}

// "3", "-12", "66.7": digits with at most one point and no more places than are kept.
bool ValueReader::read_plain_number(std::string_view text, TypedRow& row) const {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > kLongestPlainNumber || !is_digit(text.front()) || !is_digit(text.back()))
    return false;
  std::int64_t number = 0;
  int places = -1;  // of the number; -1 before its point
  for (const char c : text) {
    if (c == '.' && places < 0) {
      places = 0;
      continue;
    }
    if (!is_digit(c)) return false;
    number = number * 10 + (c - '0');
    if (places >= 0) ++places;
  }
  if (places > places_) return false;
  number *= kPowers[places_ - std::max(places, 0)];
  if (negative) number = -number;
  if (number < low_ || number > high_) return false;
  row.number = number;
  return true;
}

bool ValueReader::read_plain_label(std::string_view text, TypedRow& row) {
  for (std::size_t i = 0; i < type_->labels.size(); ++i) {
    if (type_->labels[i].name != text) continue;
    row.number = label_number(i);
    return true;
  }
  return false;
}

std::uint32_t ValueReader::label_number(std::size_t index) {
  std::uint32_t& number = label_numbers_[index];
  if (number == 0) number = catalogue_->label(field_, type_->labels[index].name);
  return number;
}

Result<void> ValueReader::read_any(std::string_view text, TypedRow& row) {
  const Result<Value> value = parse_value(text, *type_);
  if (!value) return tl::unexpected<Error>(value.error());
  if (const auto* yes = std::get_if<bool>(&*value)) {
    row.number = *yes ? 1 : 0;
  } else if (const auto* date = std::get_if<Date>(&*value)) {
    row.number = date->days;
  } else if (const auto* open = std::get_if<ImpreciseDate>(&*value)) {
    row.number = open->stored();
  } else if (const auto* label = std::get_if<Label>(&*value)) {
    row.number = label_number(label->index);
  } else if (const auto* number = std::get_if<Decimal>(&*value)) {
    if (type_->kind == TypeKind::Score && !number->is_whole()) {
      return fail(ErrorCode::BadInput, fmt::format("`{}` is not a whole score", text));
    }
    const auto count = number->to_scaled(places_);
    if (count) row.number = *count;
    row.has_text = !count;
    if (!count) row.text = number->to_string();
  } else {
    row.has_text = true;
    row.text = std::get<std::string>(*value);
  }
  return {};
}

}  // namespace assay
