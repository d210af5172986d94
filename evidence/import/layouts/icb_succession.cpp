// icb_succession: which board followed which, with the share of the predecessor's people on two bases: Census 2021, and
// the weights that NHS England's own script uses where it has any.
#include "evidence/import/layouts/layouts.h"

namespace assay {

void read_icb_succession(TableReading& in) {
  in.name_column(Column::Subject, "predecessor_ods");
  in.name_column(Column::ValidFrom, "effective_date");
  while (in.next_line()) {
    const std::string link =
        "ics_succession:" + std::string(in.cell("predecessor_ods")) + ">" + std::string(in.cell("successor_ods"));
    const std::string note = std::string(in.cell("succession_type")) + ": " + std::string(in.cell("note"));
    PublishedCell cell{.heading = "successor_ods", .subject = link, .field = "ics_succession.register"};
    cell.valid_from = in.cell("effective_date");
    cell.note = note;
    in.add(cell);
    cell.note = {};
    cell.heading = "census_2021_share_of_predecessor";
    cell.field = "england.geography.succession_share";
    cell.source = kCensusSource;
    add_share(in, cell);
    cell.heading = "population_weight_published_code";
    cell.field = "england.geography.succession_share_published";
    cell.source = "nhs_england";
    add_share(in, cell);
  }
}

}  // namespace assay
