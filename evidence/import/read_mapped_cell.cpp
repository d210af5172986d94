// Cells as people write them: days first, choices in their own words, several statements in one.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "evidence/core/text.h"
#include "evidence/import/quality_statements.h"
#include "evidence/import/read_mapped.h"
#include "evidence/import/read_value.h"

namespace assay {

namespace {

constexpr std::size_t kLongestText = 20'000;
constexpr std::array<std::string_view, 8> kNotAvailable = {"tbc", "tba",           "to be confirmed", "to be advised",
                                                           "n/k", "not available", "not known",       "unknown"};

// Letters and digits alone.
std::string bare(std::string_view text) {
  std::string out;
  for (const char c : lower_case(text))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  return out;
}

std::optional<int> small_number(std::string_view digits) {
  if (digits.empty() || digits.size() > 4 || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  int out = 0;
  for (const char c : digits) out = out * 10 + (c - '0');
  return out;
}

// "12/03/2025", "12.3.25", "1 April 2025", "1st Apr 25": the day first, as in England.
std::optional<Date> read_day_first(std::string_view text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    const bool between = c == '/' || c == '.' || c == '-' || c == ' ' || c == ',';
    if (!between)
      parts.back() += c;
    else if (!parts.back().empty())
      parts.emplace_back();
  }
  if (parts.back().empty()) parts.pop_back();
  if (parts.size() != 3) return std::nullopt;
  for (const std::string_view ending : {"st", "nd", "rd", "th"})
    if (parts[0].size() > 2 && lower_case(parts[0]).ends_with(ending)) parts[0].resize(parts[0].size() - 2);
  const auto day = small_number(parts[0]);
  const auto month = small_number(parts[1]) ? small_number(parts[1]) : month_by_name(parts[1]);
  const auto year = small_number(parts[2]);
  if (!day || !month || !year || parts[0].size() > 2 || (parts[2].size() != 2 && parts[2].size() != 4))
    return std::nullopt;
  const int full = parts[2].size() == 4 ? *year : *year + (*year < 70 ? 2000 : 1900);
  return Date::from_ymd(full, *month, *day);
}

// A month goes by its name: `2011-12` might be a financial year.
std::string plain_date(const ImpreciseDate& date) {
  return date.known_to == Step::Month ? date.to_long_string() : date.to_string();
}

Result<std::string> read_date(std::string_view written) {
  if (const auto day = read_day_first(written)) return day->to_string();
  const auto date = read_date_as_written(written);
  if (!date) return tl::unexpected(date.error());
  return plain_date(*date);
}

// The one value whose words the cell has: "Feedback from partners" is partners.
Result<std::string> read_choice(std::string_view written, const ValueType& type) {
  const std::string cell = bare(written);
  std::vector<std::string> found, names;
  for (const LabelDef& label : type.labels) {
    names.push_back(label.name);
    if (cell == bare(label.name) || cell == bare(label.title)) return label.name;
    const std::string words = bare(label.name);
    if (cell.find(words) != std::string::npos) found.push_back(label.name);
  }
  if (found.size() == 1) return found.front();
  return fail(ErrorCode::BadInput,
              found.empty() ? fmt::format("`{}` is none of its values", shown_text(written))
                            : fmt::format("`{}` may be {}", shown_text(written), join_words(found, "or")),
              {}, fmt::format("write one of {}", join_words(names, "or")));
}

bool holds_statements(const FieldDef& field) {
  return field.type.kind == TypeKind::Text && (field.name.ends_with(".serves") || field.name.ends_with(".asks_about"));
}

Result<std::string> plain_text(std::string_view written, const FieldDef& field) {
  if (field.type.kind == TypeKind::Date) return read_date(written);
  if (field.type.kind == TypeKind::Choice || field.type.kind == TypeKind::Scale)
    return read_choice(written, field.type);
  if (!holds_statements(field)) return std::string(written);
  const auto numbers = read_statements(written);
  if (!numbers) return tl::unexpected(numbers.error());
  return statements_text(*numbers);
}

}  // namespace

Result<std::optional<MappedCell>> read_mapped_cell(std::string_view written, const FieldDef& field) {
  written = trim(written);
  if (written.empty()) return std::optional<MappedCell>();
  if (written.size() > kLongestText)
    return fail(ErrorCode::BadInput,
                fmt::format("the text is {} bytes long, more than {}", written.size(), kLongestText));
  MappedCell cell;
  const std::string small = lower_case(written);
  if (std::find(kNotAvailable.begin(), kNotAvailable.end(), small) != kNotAvailable.end()) {
    cell.available = false;
    cell.note = written;
    return std::optional(std::move(cell));
  }
  auto text = plain_text(written, field);
  if (!text) return tl::unexpected(text.error());
  auto value = parse_value(*text, field.type);
  if (!value) return tl::unexpected(value.error());
  cell.text = std::move(*text);
  cell.value = std::move(*value);
  if (cell.text != written) cell.note = fmt::format("written `{}`", shown_text(written));
  return std::optional(std::move(cell));
}

}  // namespace assay
