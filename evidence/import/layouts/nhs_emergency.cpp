// nhs_emergency: NHS England's monthly A&E statistics as it publishes them since its last change of headings, one
// organisation a line and a measure a column, each by its heading ("A&E monthly A&E attendances Type 1"). Built from
// the published column names; no file was to hand. Its last line is the total of the others.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "evidence/import/layouts/measures.h"

namespace assay {

namespace {

constexpr std::array<std::string_view, 4> kOfWhom = {"Period", "Org Code", "Parent Org", "Org name"};

// "MSitAE-MARCH-2026".
std::optional<Days> month_in(TableReading& in) {
  constexpr std::string_view kPrefix = "MSitAE-";
  std::string month(in.cell("Period"));
  if (month.starts_with(kPrefix)) {
    month.erase(0, kPrefix.size());
    std::replace(month.begin(), month.end(), '-', ' ');
  }
  const auto period = published_period(month);
  if (!period) {
    in.refuse("Period", fmt::format("`{}` is not a month", shown_text(in.cell("Period"))),
              "it is like MSitAE-MARCH-2026");
  }
  return period;
}

}  // namespace

void read_nhs_emergency(TableReading& in) {
  in.name_column(Column::Subject, "Org Code");
  in.name_column(Column::ValidFrom, "Period");
  while (in.next_line()) {
    if (in.cell("Period") == "TOTAL" || in.cell("Parent Org") == "TOTAL") {
      in.pass_over("totals of other rows");
      continue;
    }
    const auto trust = organisation_in(in, "trust", "Org Code", "Org name");
    if (!trust) continue;
    const auto month = month_in(in);
    if (!month) continue;
    for (const std::string& heading : in.table().headings()) {
      if (heading.empty() || std::find(kOfWhom.begin(), kOfWhom.end(), heading) != kOfWhom.end()) continue;
      PublishedCell cell{.heading = heading, .value = in.cell(heading)};
      cell.valid_from = month->first;
      cell.valid_to = month->last;
      if (cell.value.empty() || cell.value == "-") set_missing(cell, cell.value);
      add_measure(in, *trust, std::array{fmt::format("A&E monthly {}", heading)}, cell);
    }
  }
}

}  // namespace assay
