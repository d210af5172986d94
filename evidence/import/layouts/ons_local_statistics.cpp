// ons_local_statistics: the Office for National Statistics' Explore Local Statistics, one area, indicator and period a
// line; the indicator's name is its code ("ONS Male healthy life expectancy"). Status `x` is missing, `u` unreliable:
// the value stands and the note says so. The order of the columns differs between its files.
#include <fmt/format.h>

#include <array>

#include "evidence/import/layouts/measures.h"

namespace assay {

namespace {

std::string note_of(TableReading& in) {
  std::string note;
  if (in.cell("status") == "u") note = "status u: published as unreliable";
  if (!in.cell("lci_95").empty() && !in.cell("uci_95").empty()) {
    note += fmt::format("{}95% interval {} to {}", note.empty() ? "" : "; ", in.cell("lci_95"), in.cell("uci_95"));
  }
  if (!in.cell("notes").empty()) note += fmt::format("{}{}", note.empty() ? "" : "; ", in.cell("notes"));
  return note;
}

}  // namespace

void read_ons_local_statistics(TableReading& in) {
  in.name_column(Column::Subject, "areacd");
  in.name_column(Column::ValidFrom, "period");
  while (in.next_line()) {
    const auto period = period_of(in, "period");
    if (!period) continue;
    const std::string_view status = in.cell("status");
    if (!status.empty() && status != "x" && status != "u") {
      in.refuse("status", fmt::format("`{}` is no status of this table", shown_text(status)), "it has x and u");
      continue;
    }
    const std::array codes = {"ONS " + std::string(in.cell("indicator"))};
    const std::string note = note_of(in);
    PublishedCell cell{.heading = "observation", .value = in.cell("observation")};
    cell.valid_from = period->first;
    cell.valid_to = period->last;
    cell.note = note;
    if (status == "x") {
      set_missing(cell, "status x: published as missing");
    } else if (cell.value.empty()) {
      set_missing(cell, note);
    }
    add_area_measure(in, "areacd", codes, cell);
  }
}

}  // namespace assay
