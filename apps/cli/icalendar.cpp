// Lines end with CR and LF and are folded at 75 bytes, between characters (RFC 5545, section 3.1).
#include "apps/cli/icalendar.h"

#include <fmt/format.h>

namespace assay::cli {

namespace {

constexpr std::size_t kLine = 75;  // bytes, the line end not among them

bool within_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

void add_line(std::string& out, std::string_view line) {
  std::size_t room = kLine;
  while (line.size() > room) {
    std::size_t end = room;
    while (end > 0 && within_character(line[end])) --end;
    out.append(line.substr(0, end)).append("\r\n ");
    line.remove_prefix(end);
    room = kLine - 1;  // the blank counts
  }
  out.append(line).append("\r\n");
}

// Section 3.3.11.
std::string text(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (static_cast<unsigned char>(c) >= ' ') out += c;
  }
  return out;
}

std::string digits(Date day) {
  const Date::Ymd ymd = day.ymd();
  return fmt::format("{:04}{:02}{:02}", ymd.year, ymd.month, ymd.day);
}

}  // namespace

std::string icalendar(std::string_view name, std::span<const CalendarEvent> events, Date stamp) {
  std::string out;
  add_line(out, "BEGIN:VCALENDAR");
  add_line(out, "VERSION:2.0");
  add_line(out, "PRODID:-//Assay//Assay//EN");
  add_line(out, "CALSCALE:GREGORIAN");
  add_line(out, fmt::format("X-WR-CALNAME:{}", text(name)));
  for (const CalendarEvent& event : events) {
    add_line(out, "BEGIN:VEVENT");
    add_line(out, fmt::format("UID:{}", text(event.uid)));
    add_line(out, fmt::format("DTSTAMP:{}T000000Z", digits(stamp)));
    add_line(out, fmt::format("DTSTART;VALUE=DATE:{}", digits(event.from)));
    // The end of whole days is the day after the last of them.
    add_line(out, fmt::format("DTEND;VALUE=DATE:{}", digits({event.to.days + 1})));
    add_line(out, fmt::format("SUMMARY:{}", text(event.summary)));
    if (!event.description.empty()) add_line(out, fmt::format("DESCRIPTION:{}", text(event.description)));
    add_line(out, "TRANSP:TRANSPARENT");
    add_line(out, "END:VEVENT");
  }
  add_line(out, "END:VCALENDAR");
  return out;
}

}  // namespace assay::cli
