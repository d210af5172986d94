// Dates as a calendar that others subscribe to (RFC 5545): whole days, the same bytes for the same dates. Internal to
// apps/cli.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "evidence/core/date.h"

namespace assay::cli {

struct CalendarEvent {
  std::string uid;      // the same for the same event whenever it is written: what it is, and whose
  Date from, to;        // both included
  std::string summary;  // one line
  std::string description;
};

// `stamp` is the day on which the dates were known: there is no clock in it.
std::string icalendar(std::string_view name, std::span<const CalendarEvent> events, Date stamp);

}  // namespace assay::cli
