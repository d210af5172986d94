// councils: the councils with adult social care duties, one a line, from the register of English local authorities.
// Makes each council, its other codes and names, its region and its population.
#include "evidence/import/layouts/layouts.h"

namespace assay {

namespace {

constexpr std::string_view kOtherNames[] = {"official_name", "register_code", "cassr_code"};

// A list such as "E06000048;E06000049".
void add_former_codes(TableReading& in, PublishedCell alias) {
  std::string_view codes = in.cell("former_gss_codes");
  alias.heading = "former_gss_codes";
  while (!codes.empty()) {
    const std::size_t end = std::min(codes.find_first_of(",; "), codes.size());
    alias.value = codes.substr(0, end);
    if (!alias.value.empty()) in.add(alias);
    codes.remove_prefix(std::min(end + 1, codes.size()));
  }
}

void add_other_names(TableReading& in, PublishedCell alias) {
  alias.field = "council.alias";
  for (const std::string_view heading : kOtherNames) {
    alias.heading = heading;
    alias.value = in.cell(heading);
    if (!alias.value.empty() && alias.value != in.cell("council_name")) in.add(alias);
  }
  add_former_codes(in, alias);
  // The code since 1 April 2025, where the statistics of the table still use the one before.
  alias.heading = "council_code_2025";
  alias.value = in.cell(alias.heading);
  alias.valid_from = "2025-04-01";
  alias.note = {};
  if (!alias.value.empty() && alias.value != in.cell("council_code")) in.add(alias);
}

}  // namespace

void read_councils(TableReading& in) {
  in.name_column(Column::Subject, "council_code");
  in.name_column(Column::ValidFrom, "register_start_date");
  while (in.next_line()) {
    const std::string subject = "council:" + std::string(in.cell("council_code"));
    const std::string_view start = in.cell("register_start_date");
    PublishedCell cell{.heading = "council_name", .subject = subject, .field = "council.register"};
    cell.value = in.cell("council_name");
    cell.valid_from = start.empty() ? kFirstDay : start;
    cell.note = start.empty() ? kNoStartNote : std::string_view();
    in.add(cell);
    add_other_names(in, cell);
    if (const std::string_view region = in.cell("region_name"); !region.empty()) {
      cell.heading = "region_name";
      cell.field = "england.geography.region";
      cell.value = region;
      in.add(cell);
    }
    if (const std::string_view people = in.cell("census_2021_population"); !people.empty()) {
      cell.heading = "census_2021_population";
      cell.field = "england.geography.population";
      cell.value = people;
      cell.valid_from = kCensusDay;
      cell.source = kCensusSource;
      cell.note = {};
      in.add(cell);
    }
  }
}

}  // namespace assay
