// nhs_oversight: NHS England's oversight framework data, one trust, metric and period a line, by metric number
// ("OF0057"); nhs_oversight_league: its league table, one trust and quarter a line. Built from the column names that
// two public readers of the files use, and the rest from one reader's description of them: no file of either was to
// hand.
#include <fmt/format.h>

#include <array>

#include "evidence/core/text.h"
#include "evidence/import/layouts/measures.h"

namespace assay {

namespace {

constexpr std::string_view kQuarter = "Quarter|Quarter (reporting date)|Quarter (Reporting date)";

std::optional<Body> trust_of(TableReading& in) { return organisation_in(in, "trust", "Trust_code", "Trust_name"); }

// "Year to date 25/26" has no last day, so it is no reading of a period.
bool is_year_to_date(TableReading& in) {
  if (!lower_case(in.cell(kQuarter)).starts_with("year to date")) return false;
  in.pass_over("rows of the year to date, whose last day the file does not give");
  return true;
}

std::optional<Days> quarter_of(TableReading& in) {
  const auto period = published_period(in.cell(kQuarter));
  if (!period) {
    in.refuse("Quarter", fmt::format("`{}` is not a period", shown_text(in.cell(kQuarter))),
              "it is like Q1 2025/26, 2024-09, 2023 or Jul 24 - Jun 25");
  }
  return period;
}

// A metric may come as a rate and as a count. The rules' code may say which ("OF0048 Count"); without that, a percent
// is never the count.
bool fits_units(const Schema& schema, std::string_view metric, std::string_view units) {
  const auto id = schema.find_field(metric);
  if (!id) return true;
  const std::string words = lower_case(units);
  const bool count = words.starts_with("count") || words.starts_with("number");
  return !count || schema.field(*id).type.kind != TypeKind::Percent;
}

// OF1057 is a metric's score, OF4003 a domain's. Both run from 1 to 4: the framework's manual gives 0 to what is
// missing or suppressed.
bool is_zero_score(std::string_view metric, std::string_view value) {
  return (metric.starts_with("OF1") || metric.starts_with("OF40")) && (value == "0" || value == "0.0");
}

struct LeagueColumn {
  std::string_view heading, code;
};
constexpr std::array kLeague = {
    LeagueColumn{"Average_score", "NHS oversight league: average score"},
    LeagueColumn{"Segment", "NHS oversight league: segment"},
    LeagueColumn{"Trust_in_financial_deficit|Trust_in_financial_deficit (Yes/No)", "NHS oversight league: in deficit"},
    LeagueColumn{"Rank", "NHS oversight league: rank"},
};

}  // namespace

void read_nhs_oversight(TableReading& in) {
  in.name_column(Column::Subject, "Trust_code");
  in.name_column(Column::ValidFrom, "Quarter");
  while (in.next_line()) {
    const auto trust = trust_of(in);
    if (!trust || is_year_to_date(in)) continue;
    const auto period = quarter_of(in);
    if (!period) continue;
    const std::string metric(in.cell("Metric_ID"));
    const std::string_view units = in.cell("Units");
    const std::array codes = {fmt::format("{} {}", metric, units), metric};
    if (!in.schema().find_field(codes.front()) && !fits_units(in.schema(), metric, units)) {
      in.pass_over("counts of a metric that the rules ask for as a percent");
      continue;
    }
    PublishedCell cell{
        .heading = "Value", .value = in.cell("Value"), .valid_from = period->first, .valid_to = period->last};
    cell.note = units;
    if (cell.value.empty()) set_missing(cell, {});
    if (is_zero_score(metric, cell.value)) set_missing(cell, "published as 0, which stands for missing or suppressed");
    add_measure(in, *trust, codes, cell);
  }
}

void read_nhs_oversight_league(TableReading& in) {
  in.name_column(Column::Subject, "Trust_code");
  in.name_column(Column::ValidFrom, "Quarter");
  while (in.next_line()) {
    const auto trust = trust_of(in);
    if (!trust) continue;
    const auto period = quarter_of(in);
    if (!period) continue;
    for (const LeagueColumn& column : kLeague) {
      PublishedCell cell{.heading = column.heading.substr(0, column.heading.find('|')),
                         .value = in.cell(column.heading)};
      cell.valid_from = period->first;
      cell.valid_to = period->last;
      if (cell.value.empty()) set_missing(cell, {});
      add_measure(in, *trust, std::array{std::string(column.code)}, cell);
    }
  }
}

}  // namespace assay
