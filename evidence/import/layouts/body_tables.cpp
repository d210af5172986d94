// Tables of one body a line and a measure a column: what NHS England publishes of trusts and systems, as collected into
// one table each. A measure's code is the table's word and the column's heading: "Discharge ready date
// delayed_bed_days", "RTT and A&E rtt_pct_within_18_weeks".
#include <fmt/format.h>

#include <array>

#include "evidence/import/layouts/measures.h"

namespace assay {

namespace {

struct BodyTable {
  std::string_view word;
  std::string_view kind, code, name;  // of the body: its kind, and the headings of its code and name
  std::string_view period;            // heading; empty where the table gives none
  std::vector<std::string_view> measures;
  std::string_view note;
};

void read_table(TableReading& in, const BodyTable& table) {
  in.name_column(Column::Subject, table.code);
  if (!table.period.empty()) in.name_column(Column::ValidFrom, table.period);
  while (in.next_line()) {
    const auto body = organisation_in(in, table.kind, table.code, table.name);
    if (!body) continue;
    // A table that gives no period is true from the day it counts as recorded.
    Days days{std::string(in.recorded_on()), {}};
    if (!table.period.empty()) {
      const auto period = period_of(in, table.period);
      if (!period) continue;
      days = *period;
    }
    for (const std::string_view heading : table.measures) {
      PublishedCell cell{
          .heading = heading, .value = in.cell(heading), .valid_from = days.first, .valid_to = days.last};
      cell.note = table.note;
      if (cell.value.empty()) set_missing(cell, {});
      add_measure(in, *body, std::array{fmt::format("{} {}", table.word, heading)}, cell);
    }
  }
}

}  // namespace

void read_discharge_ready_date(TableReading& in) {
  read_table(in,
             {"Discharge ready date",
              "trust",
              "ods_code",
              "trust_name",
              "",
              {"patients_discharged", "delayed_bed_days", "mean_delay_days_incl_zero", "pct_discharged_on_ready_date"},
              "the table gives no period"});
}

void read_trust_monthly(TableReading& in) {
  read_table(in, {"RTT and A&E",
                  "trust",
                  "trust_ods_code",
                  "trust_name",
                  "period",
                  {"rtt_pct_within_18_weeks", "ae_attendances", "ae_over_4hrs", "ae_pct_within_4hrs",
                   "ae_emergency_admissions", "ae_over_12hrs_from_dta"},
                  ""});
}

void read_icb_emergency_monthly(TableReading& in) {
  read_table(in, {"A&E",
                  "ics",
                  "icb_ods_code",
                  "",
                  "period",
                  {"total_attendances", "attendances_over_4hours", "pct_attendances_over_4hours", "pct_within_4hours",
                   "total_emergency_admissions", "emergency_admissions_over_4hours"},
                  ""});
}

void read_icb_discharge_monthly(TableReading& in) {
  read_table(in, {"Discharge",
                  "ics",
                  "icb_ods_code",
                  "",
                  "period",
                  {"mean_daily_not_meeting_criteria_to_reside", "mean_daily_discharged_total", "total_discharged"},
                  ""});
}

}  // namespace assay
