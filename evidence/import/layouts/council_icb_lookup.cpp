// council_icb_lookup: which council's people live in which system, with the share of each. An edition that its own
// `basis` calls derived has a source of its own, so that no one takes it for the official table.
#include "evidence/import/layouts/layouts.h"

namespace assay {

void read_council_icb_lookup(TableReading& in) {
  in.name_column(Column::Subject, "council_code");
  while (in.next_line()) {
    const std::string link =
        "membership:" + std::string(in.cell("council_code")) + ">" + std::string(in.cell("icb_ods_code"));
    const std::string_view basis = in.cell("basis");
    const bool derived = basis.starts_with("DERIVED");
    const std::string document = "Council to ICB lookup: " + std::string(basis);
    PublishedCell cell{.heading = "icb_ods_code", .subject = link, .field = "membership.register"};
    cell.valid_from = in.cell("valid_from");
    cell.valid_to = in.cell("valid_to");
    cell.document = document;
    if (derived && !in.source_given()) cell.source = "census_2021_derived";
    in.add(cell);
    cell.heading = "share_of_council_population";
    cell.field = "england.geography.share_of_council";
    add_share(in, cell);
    cell.heading = "share_of_icb_population";
    cell.field = "england.geography.share_of_system";
    add_share(in, cell);
  }
}

}  // namespace assay
