// icbs: integrated care boards by ODS code, one line for each ONS code a board has had. Makes each system (the area of
// its board), its ONS codes and short name, its region and its population.
#include "evidence/import/layouts/layouts.h"

namespace assay {

namespace {

// "NHS Frimley Integrated Care Board" is Frimley to everyone.
std::string_view short_name(std::string_view name) {
  constexpr std::string_view kBefore = "NHS ", kAfter = " Integrated Care Board";
  if (name.starts_with(kBefore)) name.remove_prefix(kBefore.size());
  if (name.ends_with(kAfter)) name.remove_suffix(kAfter.size());
  return name;
}

void add_if_given(TableReading& in, PublishedCell cell, std::string_view heading, std::string_view field) {
  cell.heading = heading;
  cell.field = field;
  cell.value = in.cell(heading);
  if (!cell.value.empty()) in.add(cell);
}

}  // namespace

void read_icbs(TableReading& in) {
  in.name_column(Column::Subject, "icb_ods_code");
  while (in.next_line()) {
    const std::string subject = "ics:" + std::string(in.cell("icb_ods_code"));
    PublishedCell cell{.subject = subject, .valid_from = in.cell("valid_from"), .valid_to = in.cell("valid_to")};
    add_if_given(in, cell, "icb_name", "ics.register");
    add_if_given(in, cell, "icb_ons_code", "ics.alias");
    if (in.cell("ons_code_july_2022") != in.cell("icb_ons_code")) {
      add_if_given(in, cell, "ons_code_july_2022", "ics.alias");
    }
    PublishedCell alias = cell;
    alias.heading = "icb_name";
    alias.field = "ics.alias";
    alias.value = short_name(in.cell("icb_name"));
    alias.note = "short form of the board's name";
    in.add(alias);
    add_if_given(in, cell, "nhs_region", "england.geography.nhs_region");
    cell.source = kCensusSource;
    add_if_given(in, cell, "census_2021_population", "england.geography.system_population");
  }
}

}  // namespace assay
