// Calendar dates, durations and the steps of a series (docs/language.md 3.4, 3.5). No clock: today is always an
// argument.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

// A day of the Gregorian calendar, counted from 1970-01-01.
struct Date {
  std::int32_t days = 0;

  // Nothing for a day that does not exist. Years 1 to 9999.
  static std::optional<Date> from_ymd(int year, int month, int day);
  // "2025-12-05" and nothing else.
  static std::optional<Date> parse(std::string_view iso);
  struct Ymd {
    int year, month, day;
  };
  Ymd ymd() const;
  std::string to_string() const;       // 2025-12-05
  std::string to_long_string() const;  // 5 December 2025
  friend auto operator<=>(Date, Date) = default;
};

// Days, or months; the two never compare.
struct Duration {
  enum class Unit { Days, Months };
  Unit unit = Unit::Days;
  std::int32_t count = 0;
  std::string to_string() const;  // "28 days", "3 months"
  friend bool operator==(Duration, Duration) = default;
};

// Months are counted from the earlier date all at once; a month without the day number gives its last day
// (the corresponding date rule, Dodds v Walker [1981]). Negative counts go back. Clamped to years 1 to 9999.
Date add(Date date, Duration duration);
// Whole months from `earlier` to `later`, counted as above; less than 0 when they stand the other way round.
std::int32_t months_between(Date earlier, Date later);

// How often a series has a reading, and the unit of "N quarters ago". A financial year starts on 1 April.
// Weeks run from Monday to Sunday, quarters are those of the calendar.
// DO NOT CHANGE THE NUMBERS: they say in stores how far a date is known (docs/formats/store.md).
enum class Step : std::uint8_t { Day = 0, Week = 1, Month = 2, Quarter = 3, Year = 4, FinancialYear = 5 };
std::string_view to_string(Step step);
// First and last day of the step that holds the date.
Date step_start(Date date, Step step);
Date step_end(Date date, Step step);
// The end of the step k before the one that ends on `end`.
Date step_end_back(Date end, Step step, int k);
// "April to June 2025", "2024-25" (financial year), "March 2025", "2025", "week to 7 December 2025".
std::string step_name(Date end, Step step);
// Place of a month in the year, from 1: "March", "Mar", "sept", whatever the case. Nothing for any other word.
std::optional<int> month_by_name(std::string_view word);

// From and to, both included; no `to`: open.
struct Period {
  Date from;
  std::optional<Date> to;
  bool contains(Date date) const { return from <= date && (!to || date <= *to); }
  friend bool operator==(const Period&, const Period&) = default;
};

}  // namespace assay
