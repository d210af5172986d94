// What a spreadsheet's cell says, as text: numbers as the program shows them in full, dates as far as they are known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/core/date.h"

namespace assay {

// "18.600000000000001" as "18.6": spreadsheets keep binary numbers and show 15 digits of them. Text that is no number
// stays as it is.
std::string number_text(std::string_view stored);
// "0.391" as "39.1%".
std::string percent_text(std::string_view stored);

// How a number format of SpreadsheetML ("mmm-yy", "0.0%") has a number read.
enum class NumberFormat : std::uint8_t { Number, Percent, Day, Month, Year, DayAndTime };
NumberFormat read_number_format(std::string_view code);
// The formats that have numbers instead of codes (ECMA-376 part 1, 18.8.30).
NumberFormat built_in_format(int id);
// A day as far as the format shows it; what its day or month says beyond the first is kept too.
std::string day_text(Date day, NumberFormat format);
// A date by a spreadsheet's number, in text; the number itself where it stands for no day.
std::string serial_text(std::string_view stored, NumberFormat format, bool from_1904);
// A date that stands in full beside the text shown of it: "2025-03-01" shown as "Mar-25" is "2025-03".
std::string date_as_shown(std::string_view full, std::string_view shown);

}  // namespace assay
