// Numbers and dates of spreadsheet cells.
#include "evidence/import/spreadsheet/cell_text.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "evidence/core/decimal.h"
#include "evidence/core/imprecise_date.h"
#include "evidence/core/text.h"

namespace assay {

namespace {

std::optional<double> read_double(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

// Whole numbers of up to 15 digits, nearly all cells, are what they are.
bool is_short_whole(std::string_view text) {
  return !text.empty() && text.size() <= 15 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// The code without what it shows as it stands: "text", \x, _x, *x and [colour], but not [h].
std::string letters_of(std::string_view code) {
  std::string letters;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') break;  // the format of positive numbers alone
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size() - 1);
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      const std::size_t end = std::min(code.find(']', i), code.size() - 1);
      const std::string inside = lower_case(code.substr(i + 1, end - i - 1));
      if (inside.find_first_not_of("hms") == std::string::npos) letters += inside;
      i = end;
    } else {
      letters += c;
    }
  }
  return lower_case(letters);
}

}  // namespace

std::string number_text(std::string_view stored) {
  if (is_short_whole(stored)) return std::string(stored);
  const auto number = read_double(stored);
  if (!number) return std::string(stored);
  const auto shown = read_double(fmt::format("{:.14e}", *number));  // 15 digits
  std::array<char, 400> text{};
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), shown.value_or(*number), std::chars_format::fixed);
  if (error != std::errc()) return std::string(stored);
  const std::string_view plain(text.data(), static_cast<std::size_t>(end - text.data()));
  return plain == "-0" ? "0" : std::string(plain);
}

std::string percent_text(std::string_view stored) {
  std::string text = number_text(stored);
  const auto share = Decimal::parse(text);
  if (!share) return text;
  const auto percent = Decimal::multiply_divide(std::array{*share, Decimal::from_int(100)}, {});
  return percent ? percent->to_string() + "%" : text;
}

NumberFormat read_number_format(std::string_view code) {
  const std::string letters = letters_of(code);
  if (letters == "general") return NumberFormat::Number;
  const auto has = [&](char c) { return letters.find(c) != std::string::npos; };
  const bool time = has('h') || has('s');
  if (has('d') || (has('y') && time)) return time ? NumberFormat::DayAndTime : NumberFormat::Day;
  if (has('m') && !time) return NumberFormat::Month;
  if (has('y')) return NumberFormat::Year;
  return has('%') ? NumberFormat::Percent : NumberFormat::Number;
}

NumberFormat built_in_format(int id) {
  if (id == 9 || id == 10) return NumberFormat::Percent;
  if (id == 17) return NumberFormat::Month;
  if (id == 22) return NumberFormat::DayAndTime;
  if ((id >= 14 && id <= 16) || (id >= 27 && id <= 31) || (id >= 50 && id <= 58)) return NumberFormat::Day;
  return NumberFormat::Number;
}

std::string day_text(Date day, NumberFormat format) {
  const Date::Ymd ymd = day.ymd();
  if (format == NumberFormat::Year && ymd.month == 1 && ymd.day == 1) return fmt::format("{:04}", ymd.year);
  if (format == NumberFormat::Month && ymd.day == 1) return fmt::format("{:04}-{:02}", ymd.year, ymd.month);
  return day.to_string();
}

std::string serial_text(std::string_view stored, NumberFormat format, bool from_1904) {
  const auto number = read_double(stored);
  constexpr double kLastDay = 2'958'465;  // 31 December 9999
  if (!number || *number < 1 || *number > kLastDay) return number_text(stored);
  std::int32_t days = static_cast<std::int32_t>(*number);
  // Day 60 of the 1900 calendar is a 29 February that never was, so what comes before it is a day late.
  const Date start = from_1904 ? *Date::from_ymd(1904, 1, 1) : *Date::from_ymd(1899, 12, 30);
  if (!from_1904 && days < 60) ++days;
  const Date day{start.days + days};
  const std::int64_t seconds = std::llround((*number - std::floor(*number)) * 86'400);
  if (format != NumberFormat::DayAndTime || seconds == 0 || seconds == 86'400) return day_text(day, format);
  return fmt::format("{} {:02}:{:02}:{:02}", day.to_string(), seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string date_as_shown(std::string_view full, std::string_view shown) {
  constexpr std::size_t kDay = 10;  // "2025-03-01"
  const auto day = Date::parse(full.substr(0, kDay));
  if (!day) return std::string(full);
  const std::string_view time = full.size() > kDay ? full.substr(kDay + 1) : std::string_view();
  if (time.find_first_not_of("0:.Z") != std::string_view::npos) return fmt::format("{} {}", day->to_string(), time);
  const auto known = read_date_as_written(shown);
  if (!known || known->first != *day) return day->to_string();
  if (known->known_to == Step::Month) return day_text(*day, NumberFormat::Month);
  return day_text(*day, known->known_to == Step::Year ? NumberFormat::Year : NumberFormat::Day);
}

}  // namespace assay
