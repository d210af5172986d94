// oflog: the adult social care table of the Office for Local Government, one council, measure and year a line, by the
// table's own code ("Oflog ASC1"). The office has closed: the table is history.
#include <array>

#include "evidence/import/layouts/measures.h"

namespace assay {

void read_oflog(TableReading& in) {
  in.name_column(Column::Subject, "Local authority code");
  in.name_column(Column::ValidFrom, "Financial year");
  while (in.next_line()) {
    const auto year = period_of(in, "Financial year");
    if (!year) continue;
    const std::array codes = {"Oflog " + std::string(in.cell("Code"))};
    PublishedCell cell{
        .heading = "Value", .value = in.cell("Value"), .valid_from = year->first, .valid_to = year->last};
    cell.note = in.cell("Measure");
    if (cell.value.empty()) set_missing(cell, {});
    add_area_measure(in, "Local authority code", codes, cell);
  }
}

}  // namespace assay
