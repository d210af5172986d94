// ascof_tidy: the Adult Social Care Outcomes Framework, one measure, year and area a line. Councils' rows of the
// measures that the rules have a field for, by published code ("ASCOF 1A"); regions, council types and England are
// passed over.
#include <fmt/format.h>

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

}  // namespace

void read_ascof_tidy(TableReading& in) {
  in.name_column(Column::Subject, "area_code");
  in.name_column(Column::ValidFrom, "period");
  while (in.next_line()) {
    if (in.cell("level") != "council") {
      in.pass_over("rows of areas other than councils");
      continue;
    }
    if (in.cell("area_code").empty()) {
      in.pass_over("rows of councils taken together, which have no code");
      continue;
    }
    const std::string field = "ASCOF " + std::string(in.cell("metric"));
    const auto year = financial_year(in.cell("period"));
    if (!year) {
      in.refuse("period", fmt::format("`{}` is not a financial year", shown_text(in.cell("period"))),
                "write it as 2024-25");
      continue;
    }
    const std::string subject = "council:" + std::string(in.cell("area_code"));
    PublishedCell cell{.heading = "outcome", .subject = subject, .field = field, .value = in.cell("outcome")};
    cell.valid_from = year->first;
    cell.valid_to = year->last;
    mark(cell, in.cell("markers"));
    in.add(cell);
  }
}

}  // namespace assay
