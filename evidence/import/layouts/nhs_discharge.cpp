// nhs_discharge: NHS England's discharge statistics in long form (from 2025/26), one organisation, period and metric a
// line, by the metric's name and type ("NHS discharge Patients remaining in hospital, Daily average"). Built from the
// published column names; no file was to hand. Its dates have the day first.
#include <fmt/format.h>

#include <array>

#include "evidence/core/text.h"
#include "evidence/import/layouts/measures.h"

namespace assay {

namespace {

// "01/04/2025" is the first of April; another form is what it says.
std::optional<Days> period_in(TableReading& in) {
  const std::string_view text = in.cell("Period");
  if (text.size() == 10 && text[2] == '/' && text[5] == '/') {
    const auto day = Date::parse(fmt::format("{}-{}-{}", text.substr(6), text.substr(3, 2), text.substr(0, 2)));
    if (day) return Days{day->to_string(), day->to_string()};
    in.refuse("Period", fmt::format("`{}` is no day", shown_text(text)), "the day stands first, as in 31/03/2026");
    return std::nullopt;
  }
  return period_of(in, "Period");
}

}  // namespace

void read_nhs_discharge(TableReading& in) {
  in.name_column(Column::Subject, "Org Code");
  in.name_column(Column::ValidFrom, "Period");
  while (in.next_line()) {
    const std::string level = lower_case(in.cell("Level"));
    const bool trust = level == "trust" || level == "provider", board = level == "icb";
    if (!trust && !board) {
      in.pass_over("rows of regions, sites and other levels that are neither a trust's nor a care board's");
      continue;
    }
    const auto body = organisation_in(in, trust ? "trust" : "ics", "Org Code", trust ? "Org Name" : "");
    if (!body) continue;
    const auto period = period_in(in);
    if (!period) continue;
    const std::string metric = fmt::format("NHS discharge {}", in.cell("Metric"));
    const std::array codes = {fmt::format("{}, {}", metric, in.cell("Metric Type")), metric};
    PublishedCell cell{.heading = "Value", .value = in.cell("Value")};
    cell.valid_from = period->first;
    cell.valid_to = period->last;
    cell.note = in.cell("Metric Type");
    if (cell.value.empty() || cell.value == "-" || cell.value == "*") set_missing(cell, cell.value);
    add_measure(in, *body, codes, cell);
  }
}

}  // namespace assay
