// Source: GOV.UK, UK bank holidays, England and Wales (https://www.gov.uk/bank-holidays), Open Government Licence v3.0.
#include "evidence/core/working_days.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay {

namespace {

struct Holiday {
  int year, month, day;
  std::string_view name;
};

constexpr std::array kHolidays = {
    Holiday{2024, 1, 1, "New Year's Day"},
    Holiday{2024, 3, 29, "Good Friday"},
    Holiday{2024, 4, 1, "Easter Monday"},
    Holiday{2024, 5, 6, "Early May bank holiday"},
    Holiday{2024, 5, 27, "Spring bank holiday"},
    Holiday{2024, 8, 26, "Summer bank holiday"},
    Holiday{2024, 12, 25, "Christmas Day"},
    Holiday{2024, 12, 26, "Boxing Day"},
    Holiday{2025, 1, 1, "New Year's Day"},
    Holiday{2025, 4, 18, "Good Friday"},
    Holiday{2025, 4, 21, "Easter Monday"},
    Holiday{2025, 5, 5, "Early May bank holiday"},
    Holiday{2025, 5, 26, "Spring bank holiday"},
    Holiday{2025, 8, 25, "Summer bank holiday"},
    Holiday{2025, 12, 25, "Christmas Day"},
    Holiday{2025, 12, 26, "Boxing Day"},
    Holiday{2026, 1, 1, "New Year's Day"},
    Holiday{2026, 4, 3, "Good Friday"},
    Holiday{2026, 4, 6, "Easter Monday"},
    Holiday{2026, 5, 4, "Early May bank holiday"},
    Holiday{2026, 5, 25, "Spring bank holiday"},
    Holiday{2026, 8, 31, "Summer bank holiday"},
    Holiday{2026, 12, 25, "Christmas Day"},
    Holiday{2026, 12, 28, "Boxing Day (substitute day)"},
    Holiday{2027, 1, 1, "New Year's Day"},
    Holiday{2027, 3, 26, "Good Friday"},
    Holiday{2027, 3, 29, "Easter Monday"},
    Holiday{2027, 5, 3, "Early May bank holiday"},
    Holiday{2027, 5, 31, "Spring bank holiday"},
    Holiday{2027, 8, 30, "Summer bank holiday"},
    Holiday{2027, 12, 27, "Christmas Day (substitute day)"},
    Holiday{2027, 12, 28, "Boxing Day (substitute day)"},
    Holiday{2028, 1, 3, "New Year's Day (substitute day)"},
    Holiday{2028, 4, 14, "Good Friday"},
    Holiday{2028, 4, 17, "Easter Monday"},
    Holiday{2028, 5, 1, "Early May bank holiday"},
    Holiday{2028, 5, 29, "Spring bank holiday"},
    Holiday{2028, 8, 28, "Summer bank holiday"},
    Holiday{2028, 12, 25, "Christmas Day"},
    Holiday{2028, 12, 26, "Boxing Day"},
};

// 1970-01-01 was a Thursday; Saturday and Sunday give 5 and 6.
bool is_weekend(Date day) { return ((day.days + 3) % 7 + 7) % 7 >= 5; }

bool in_years(Date day) {
  const int year = day.ymd().year;
  return year >= kFirstHolidayYear && year <= kLastHolidayYear;
}

}  // namespace

std::optional<std::string_view> bank_holiday(Date day) {
  const Date::Ymd sought = day.ymd();
  const auto found = std::find_if(kHolidays.begin(), kHolidays.end(), [&](const Holiday& holiday) {
    return holiday.year == sought.year && holiday.month == sought.month && holiday.day == sought.day;
  });
  return found == kHolidays.end() ? std::nullopt : std::optional(found->name);
}

Result<WorkingDays> working_days_after(Date day, int count) {
  WorkingDays out{day, {}};
  while (count > 0) {
    ++out.end.days;
    if (!in_years(out.end))
      return fail(ErrorCode::BadInput,
                  fmt::format("the bank holidays of {} are not held here, so its working days cannot be counted",
                              out.end.ymd().year),
                  {}, fmt::format("they are held for {} to {}", kFirstHolidayYear, kLastHolidayYear));
    if (is_weekend(out.end)) continue;
    if (const auto name = bank_holiday(out.end))
      out.left_out.push_back({out.end, *name});
    else
      --count;
  }
  return out;
}

}  // namespace assay
