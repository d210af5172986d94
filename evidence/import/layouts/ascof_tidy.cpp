// ascof_tidy: the Adult Social Care Outcomes Framework, one measure, year and area a line. Rows of councils, by
// published code ("ASCOF 1A"), and of England ("ASCOF 1A England"), of the measures that the rules have a field for;
// regions and council types are passed over.
#include <fmt/format.h>

#include <utility>

#include "evidence/import/layouts/layouts.h"

namespace assay {

namespace {

struct Marker {
  std::string_view mark;
  Standing standing;
  std::string_view note;
};

// As the workbook explains its markers.
constexpr Marker kMarkers[] = {
    {"outcome=[x]", Standing::NotAvailable, "[x]: published as not available"},
    {"outcome=[c]", Standing::Suppressed, "[c]: published as suppressed"},
    {"outcome=[z]", Standing::NotApplicable, "[z]: published as not applicable"},
};

void mark(PublishedCell& cell, std::string_view markers) {
  for (const Marker& marker : kMarkers) {
    if (markers.find(marker.mark) == std::string_view::npos) continue;
    cell.standing = marker.standing;
    cell.note = marker.note;
  }
  if (cell.value.empty() && !cell.standing) cell.note = "blank in the published table";
}

// "109 of 19648"; nothing for measures that are no count of something.
std::string of_how_many(std::string_view numerator, std::string_view denominator) {
  if (numerator.empty() || denominator.empty()) return {};
  return fmt::format("{} of {}", numerator, denominator);
}

}  // namespace

void read_ascof_tidy(TableReading& in) {
  in.name_column(Column::Subject, "area_code");
  in.name_column(Column::ValidFrom, "period");
  bool named_england = false;
  while (in.next_line()) {
    const bool england = in.cell("level") == "England";
    if (!england && in.cell("level") != "council") {
      in.pass_over("rows of regions and council types");
      continue;
    }
    if (in.cell("area_code").empty()) {
      in.pass_over("rows of councils taken together, which have no code");
      continue;
    }
    const std::string field = fmt::format("ASCOF {}{}", in.cell("metric"), england ? " England" : "");
    const auto year = financial_year(in.cell("period"));
    if (!year) {
      in.refuse("period", fmt::format("`{}` is not a financial year", shown_text(in.cell("period"))),
                "write it as 2024-25");
      continue;
    }
    const std::string subject = fmt::format("{}:{}", england ? "country" : "council", in.cell("area_code"));
    if (england && !std::exchange(named_england, true)) {
      in.add(PublishedCell{.heading = "area_name",
                           .subject = subject,
                           .field = "country.register",
                           .value = in.cell("area_name"),
                           .valid_from = kFirstDay});
    }
    const std::string counts = of_how_many(in.cell("numerator"), in.cell("denominator"));
    PublishedCell cell{.heading = "outcome", .subject = subject, .field = field, .value = in.cell("outcome")};
    cell.valid_from = year->first;
    cell.valid_to = year->last;
    cell.note = counts;
    mark(cell, in.cell("markers"));
    in.add(cell);
  }
}

}  // namespace assay
