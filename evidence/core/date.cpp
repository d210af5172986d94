// Calendar arithmetic over std::chrono's civil dates (proleptic Gregorian). Months follow the corresponding date rule.
#include "evidence/core/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "evidence/core/check.h"
#include "evidence/core/text.h"

namespace assay {
namespace {

namespace chrono = std::chrono;

constexpr std::array<std::string_view, 12> kMonthNames = {"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

constexpr std::int32_t to_days(chrono::year_month_day ymd) {
  return static_cast<std::int32_t>(chrono::sys_days(ymd).time_since_epoch().count());
}

constexpr chrono::year_month_day civil(Date date) {
  return chrono::year_month_day(chrono::sys_days(chrono::days(date.days)));
}

constexpr Date kFirst{to_days(chrono::year(1) / 1 / 1)};
constexpr Date kLast{to_days(chrono::year(9999) / 12 / 31)};

Date clamped(std::int64_t days) {
  return Date{static_cast<std::int32_t>(std::clamp<std::int64_t>(days, kFirst.days, kLast.days))};
}

// Months since January of year 0.
std::int64_t month_number(chrono::year_month_day ymd) {
  return std::int64_t{int{ymd.year()}} * 12 + static_cast<int>(unsigned{ymd.month()}) - 1;
}

// The day of that month, or its last day where it has none; clamped to years 1 to 9999.
Date in_month(std::int64_t month_number, unsigned day) {
  if (month_number < 12) return kFirst;
  if (month_number >= 10000 * 12) return kLast;
  const chrono::year_month month{chrono::year(static_cast<int>(month_number / 12)),
                                 chrono::month(static_cast<unsigned>(month_number % 12) + 1)};
  const chrono::day last = chrono::year_month_day_last(month / chrono::last).day();
  return Date{to_days(month / std::min(chrono::day(day), last))};
}

Date add_months(Date date, std::int64_t months) {
  const chrono::year_month_day ymd = civil(date);
  return in_month(month_number(ymd) + months, unsigned{ymd.day()});
}

std::string_view month_name(unsigned month) { return kMonthNames[month - 1]; }

// How many months a step has; 0 for those of days.
int step_months(Step step) {
  switch (step) {
    case Step::Day:
    case Step::Week:
      return 0;
    case Step::Month:
      return 1;
    case Step::Quarter:
      return 3;
    case Step::Year:
    case Step::FinancialYear:
      return 12;
  }
  return 0;
}

// Digits only, all of them.
std::optional<int> whole_number(std::string_view digits) {
  int number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace

std::optional<Date> Date::from_ymd(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const chrono::year_month_day ymd{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                   chrono::day(static_cast<unsigned>(day))};
  if (!ymd.ok()) return std::nullopt;
  return Date{to_days(ymd)};
}

std::optional<Date> Date::parse(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto year = whole_number(iso.substr(0, 4));
  const auto month = whole_number(iso.substr(5, 2));
  const auto day = whole_number(iso.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return from_ymd(*year, *month, *day);
}

Date::Ymd Date::ymd() const {
  const chrono::year_month_day civil_date = civil(*this);
  return {int{civil_date.year()}, static_cast<int>(unsigned{civil_date.month()}),
          static_cast<int>(unsigned{civil_date.day()})};
}

std::string Date::to_string() const {
  const Ymd parts = ymd();
  return fmt::format("{:04}-{:02}-{:02}", parts.year, parts.month, parts.day);
}

std::string Date::to_long_string() const {
  const Ymd parts = ymd();
  return fmt::format("{} {} {}", parts.day, month_name(static_cast<unsigned>(parts.month)), parts.year);
}

std::string Duration::to_string() const {
  const std::string_view noun = unit == Unit::Days ? "day" : "month";
  return fmt::format("{} {}{}", count, noun, count == 1 || count == -1 ? "" : "s");
}

Date add(Date date, Duration duration) {
  if (duration.unit == Duration::Unit::Days) return clamped(std::int64_t{date.days} + duration.count);
  return add_months(date, duration.count);
}

std::int32_t months_between(Date earlier, Date later) {
  if (later < earlier) return -months_between(later, earlier);
  const auto months = static_cast<std::int32_t>(month_number(civil(later)) - month_number(civil(earlier)));
  return add_months(earlier, months) <= later ? months : months - 1;
}

std::string_view to_string(Step step) {
  switch (step) {
    case Step::Day:
      return "day";
    case Step::Week:
      return "week";
    case Step::Month:
      return "month";
    case Step::Quarter:
      return "quarter";
    case Step::Year:
      return "year";
    case Step::FinancialYear:
      return "financial year";
  }
  return "";
}

Date step_start(Date date, Step step) {
  if (step == Step::Day) return date;
  if (step == Step::Week) {  // Monday to Sunday, as ISO 8601 counts weeks
    const chrono::weekday weekday{chrono::sys_days(chrono::days(date.days))};
    return clamped(std::int64_t{date.days} - (static_cast<int>(weekday.iso_encoding()) - 1));
  }
  const std::int64_t number = month_number(civil(date));
  const std::int64_t first = step == Step::FinancialYear ? 3 : 0;  // April, counted from January
  return in_month(number - (number - first) % step_months(step), 1);
}

Date step_end(Date date, Step step) {
  if (step == Step::Day) return date;
  if (step == Step::Week) {
    const chrono::weekday weekday{chrono::sys_days(chrono::days(date.days))};
    return clamped(std::int64_t{date.days} + 7 - static_cast<int>(weekday.iso_encoding()));
  }
  const std::int64_t number = month_number(civil(date));
  const std::int64_t first = step == Step::FinancialYear ? 3 : 0;
  return in_month(number - (number - first) % step_months(step) + step_months(step) - 1, 31);
}

Date step_end_back(Date end, Step step, int k) {
  if (step == Step::Day) return clamped(std::int64_t{end.days} - k);
  if (step == Step::Week) return step_end(clamped(std::int64_t{end.days} - std::int64_t{7} * k), step);
  return step_end(add_months(step_start(end, step), -std::int64_t{k} * step_months(step)), step);
}

std::optional<int> month_by_name(std::string_view word) {
  const std::string wanted = lower_case(word);
  for (std::size_t i = 0; i < kMonthNames.size(); ++i) {
    const std::string name = lower_case(kMonthNames[i]);
    const bool shortened = wanted.size() == 3 || wanted == "sept";
    if (wanted == name || (shortened && name.starts_with(wanted))) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

std::string step_name(Date end, Step step) {
  const Date::Ymd last = end.ymd();
  const auto month = static_cast<unsigned>(last.month);
  switch (step) {
    case Step::Day:
      return end.to_long_string();
    case Step::Week:
      return "week to " + end.to_long_string();
    case Step::Month:
      return fmt::format("{} {}", month_name(month), last.year);
    case Step::Quarter: {
      const unsigned first = (month - 1) / 3 * 3 + 1;
      return fmt::format("{} to {} {}", month_name(first), month_name(first + 2), last.year);
    }
    case Step::Year:
      return fmt::format("{}", last.year);
    case Step::FinancialYear: {
      const int year = step_start(end, step).ymd().year;
      // 1999-2000 in full: "1999-00" reads as going backwards.
      return (year + 1) % 100 == 0 ? fmt::format("{}-{}", year, year + 1)
                                   : fmt::format("{}-{:02}", year, (year + 1) % 100);
    }
  }
  return {};
}

}  // namespace assay
