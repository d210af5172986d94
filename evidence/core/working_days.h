// Working days in England: not Saturdays, Sundays or bank holidays. The holidays are data, for the years below; outside
// them there is no answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/date.h"
#include "evidence/core/result.h"

namespace assay {

inline constexpr int kFirstHolidayYear = 2024, kLastHolidayYear = 2028;

// Its name, where the day is a bank holiday in England.
std::optional<std::string_view> bank_holiday(Date day);

struct HolidayLeftOut {
  Date day;
  std::string_view name;
};
struct WorkingDays {
  Date end;
  std::vector<HolidayLeftOut> left_out;  // bank holidays between that fall on a weekday
};
// The last of so many working days after a day, which itself does not count. BadInput outside the years.
Result<WorkingDays> working_days_after(Date day, int count);

}  // namespace assay
