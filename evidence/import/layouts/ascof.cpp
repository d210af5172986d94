// Readings of the Adult Social Care Outcomes Framework.
#include "evidence/import/layouts/ascof.h"

#include <fmt/format.h>

namespace assay {

namespace {

struct Marker {
  std::string_view mark;
  Standing standing;
  std::string_view note;
};

// As the workbook explains its markers.
constexpr Marker kMarkers[] = {
    {"[x]", Standing::NotAvailable, "[x]: published as not available"},
    {"[c]", Standing::Suppressed, "[c]: published as suppressed"},
    {"[z]", Standing::NotApplicable, "[z]: published as not applicable"},
};

// "109 of 19648"; nothing for measures that are no count of something.
std::string note_of(const AscofReading& reading) {
  std::string note;
  if (!reading.numerator.empty() && !reading.denominator.empty()) {
    note = fmt::format("{} of {}", reading.numerator, reading.denominator);
  }
  if (!reading.on_earlier_basis.empty()) {
    note += fmt::format("{}{} on the basis of before 2016-17", note.empty() ? "" : "; ", reading.on_earlier_basis);
  }
  return note;
}

}  // namespace

void add_england(TableReading& in, std::string_view heading, std::string_view name) {
  in.add(PublishedCell{.heading = heading,
                       .subject = "country:E92000001",
                       .field = "country.register",
                       .value = name,
                       .valid_from = kFirstDay});
}

void add_ascof(TableReading& in, const AscofReading& reading) {
  const std::string field = fmt::format("ASCOF {}{}", reading.metric, reading.england ? " England" : "");
  const std::string subject = fmt::format("{}:{}", reading.england ? "country" : "council", reading.area_code);
  const std::string note = note_of(reading);
  PublishedCell cell{.heading = reading.heading, .subject = subject, .field = field, .value = reading.outcome};
  cell.valid_from = reading.year.first;
  cell.valid_to = reading.year.last;
  cell.note = note;
  for (const Marker& marker : kMarkers) {
    if (marker.mark != reading.outcome) continue;
    cell.standing = marker.standing;
    cell.note = marker.note;
  }
  if (cell.value.empty()) cell.note = "blank in the published table";
  in.add(cell);
}

}  // namespace assay
