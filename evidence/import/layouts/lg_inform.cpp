// lg_inform: LG Inform's metrics in long form, one area, period and metric a line. The long form gives a metric's name
// and not its number, so the name is its code: "LG Inform Percentage of care homes rated overall as good or
// outstanding".
#include <array>

#include "evidence/import/layouts/measures.h"

namespace assay {

void read_lg_inform(TableReading& in) {
  in.name_column(Column::Subject, "area_code");
  in.name_column(Column::ValidFrom, "period");
  while (in.next_line()) {
    const auto period = period_of(in, "period");
    if (!period) continue;
    const std::array codes = {"LG Inform " + std::string(in.cell("indicator"))};
    PublishedCell cell{
        .heading = "value", .value = in.cell("value"), .valid_from = period->first, .valid_to = period->last};
    cell.note = in.cell("measure");
    if (cell.value.empty()) set_missing(cell, {});
    add_area_measure(in, "area_code", codes, cell);
  }
}

}  // namespace assay
