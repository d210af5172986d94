// council_deprivation: the Indices of Deprivation 2025 by council, from small areas: the share of a council's people
// who live in the most deprived fifth of England's neighbourhoods. True from the day it counts as recorded: the indices
// describe no single day.
#include "evidence/import/layouts/layouts.h"

namespace assay {

void read_council_deprivation(TableReading& in) {
  in.name_column(Column::Subject, "code");
  while (in.next_line()) {
    const std::string subject = "council:" + std::string(in.cell("code"));
    PublishedCell cell{.heading = "share_population_most_deprived_quintile1",
                       .subject = subject,
                       .field = "england.geography.most_deprived_fifth"};
    cell.valid_from = in.recorded_on();
    add_share(in, cell);
  }
}

}  // namespace assay
