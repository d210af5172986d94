// A date as far as it is known: the day, or only its month, quarter, year or financial year (docs/language.md 3.6). As
// a value it is a range of dates, unknown within it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/core/date.h"
#include "evidence/core/result.h"

namespace assay {

struct ImpreciseDate {
  Date first;                 // the earliest day it may be: the first of its step
  Step known_to = Step::Day;  // Day: nothing is left open. Never Week
  ImpreciseDate() = default;
  ImpreciseDate(Date day) : first(day) {}
  // The step that holds the day.
  ImpreciseDate(Date day, Step step) : first(step_start(day, step)), known_to(step) {}

  bool exact() const { return known_to == Step::Day; }
  Date last() const { return exact() ? first : step_end(first, known_to); }  // the latest day it may be
  // For machines: "2025-03-05", "2025-03", "2025-Q1" (of the calendar), "2025", "2024/25".
  std::string to_string() const;
  // For sentences: "5 March 2025", "March 2025", "January to March 2025", "2025", "2024-25".
  std::string to_long_string() const;
  // "known only to the month, March 2025".
  std::string in_doubt() const;
  // What happened then happened "on 5 March 2025", or "on a day of March 2025".
  std::string on_a_day() const;

  // As stores hold it: days since 1970-01-01, and 10,000,000 times the number of its step unless it is a day
  // (docs/formats/store.md). Nothing for what stored() does not give.
  std::int32_t stored() const;
  static std::optional<ImpreciseDate> from_stored(std::int32_t stored);
  friend bool operator==(const ImpreciseDate&, const ImpreciseDate&) = default;
};

// Reads the plain form, and what people write in a spreadsheet cell: "2025-03-05", 45717 (a spreadsheet's number of a
// day), "Mar-25", "March 2025", "03/2025", "2025-Q1", "Q4 24/25" (of a financial year), "2025", "2024/25", "2024-25".
// A year of two digits is one from 1970 to 2069. BadInput for what is none, or may be one of two: "Q1 2025", "2011-12".
Result<ImpreciseDate> read_date_as_written(std::string_view text);

}  // namespace assay
