// One function per layout, each in a file of its own. Geography needs the kinds council and ics and the relations
// membership, ics_succession and council_succession; what the rules do not declare is passed over and counted.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evidence/import/table_reading.h"

namespace assay {

void read_tidy(TableReading& in);
void read_councils(TableReading& in);
void read_council_history(TableReading& in);
void read_council_aliases(TableReading& in);
void read_icbs(TableReading& in);
void read_icb_succession(TableReading& in);
void read_council_icb_lookup(TableReading& in);
void read_council_icb_registered(TableReading& in);
void read_council_deprivation(TableReading& in);
void read_cqc_assessments(TableReading& in);
void read_ascof_tidy(TableReading& in);
void read_oversight_wide(TableReading& in);
void read_ascof_workbook(TableReading& in);
void read_oflog(TableReading& in);
void read_lg_inform(TableReading& in);
void read_ons_local_statistics(TableReading& in);
void read_fingertips(TableReading& in);
void read_fingertips_next(TableReading& in);
void read_nhs_oversight(TableReading& in);
void read_nhs_oversight_league(TableReading& in);
void read_discharge_ready_date(TableReading& in);
void read_trust_monthly(TableReading& in);
void read_icb_emergency_monthly(TableReading& in);
void read_icb_discharge_monthly(TableReading& in);
void read_nhs_discharge(TableReading& in);
void read_nhs_emergency(TableReading& in);
void read_cqc_latest_ratings(TableReading& in);
void read_ons_lookup(TableReading& in);
void read_cqc_location(TableReading& in);
void read_ods_organisation(TableReading& in);

// For registers that give no start: the first day of the calendar, with kNoStartNote.
inline constexpr std::string_view kFirstDay = "0001-01-01";
inline constexpr std::string_view kNoStartNote = "the register gives no start date";
// The day of Census 2021 (Office for National Statistics).
inline constexpr std::string_view kCensusDay = "2021-03-21";
inline constexpr std::string_view kCensusSource = "census_2021";

// First and last day of "2025-26".
struct FinancialYear {
  std::string first, last;
};
std::optional<FinancialYear> financial_year(std::string_view text);
// "0.75848" as "75.848", exactly; nothing when it is no number.
std::optional<std::string> share_as_percent(std::string_view share);
// Adds the share in a column as a percent, or refuses it; nothing when the cell is empty.
void add_share(TableReading& in, PublishedCell cell);

}  // namespace assay
