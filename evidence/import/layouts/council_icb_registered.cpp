// council_icb_registered: the share of people registered with a council's practices that each system has: a second
// basis beside the census for the links that the lookup makes. It makes no links of its own.
#include <fmt/format.h>

#include "evidence/import/layouts/layouts.h"

namespace assay {

void read_council_icb_registered(TableReading& in) {
  in.name_column(Column::Subject, "council_code");
  in.name_column(Column::ValidFrom, "financial_year");
  while (in.next_line()) {
    const auto year = financial_year(in.cell("financial_year"));
    if (!year) {
      in.refuse("financial_year", fmt::format("`{}` is not a financial year", shown_text(in.cell("financial_year"))),
                "write it as 2025-26");
      continue;
    }
    const std::string link =
        "membership:" + std::string(in.cell("council_code")) + ">" + std::string(in.cell("icb_ods_code"));
    if (in.catalogue().find_subject(link) == 0) {
      in.pass_over("practices of a council in a system that it is not joined to by membership");
      continue;
    }
    PublishedCell cell{.heading = "share_of_council_registered", .subject = link};
    cell.field = "england.geography.registered_share_of_council";
    cell.valid_from = year->first;
    cell.valid_to = year->last;
    add_share(in, cell);
  }
}

}  // namespace assay
