// The table of layouts.
#include "evidence/import/import.h"
#include "evidence/import/layout.h"
#include "evidence/import/layouts/layouts.h"

namespace assay {

namespace {

using enum Manner;

// What people write to be imported, and tables collected for this program.
std::vector<Layout> strict_layouts() {
  return {
      {"tidy", Strict, {"subject", "field", "value"}, "", read_tidy},
      {"councils", Strict, {"council_code", "council_name", "register_start_date"}, "council_register", read_councils},
      {"council_history",
       Strict,
       {"gss-code", "official-name", "local-authority-code", "start-date", "end-date", "replaced-by"},
       "council_register",
       read_council_history},
      {"council_aliases", Strict, {"la-name", "local-authority-code"}, "council_register", read_council_aliases},
      {"icbs",
       Strict,
       {"icb_ods_code", "icb_ons_code", "icb_name", "nhs_region", "valid_from", "valid_to"},
       "icb_register",
       read_icbs},
      {"icb_succession",
       Strict,
       {"predecessor_ods", "successor_ods", "effective_date", "census_2021_share_of_predecessor"},
       "icb_register",
       read_icb_succession},
      {"council_icb_lookup",
       Strict,
       {"council_code", "icb_ods_code", "share_of_council_population", "share_of_icb_population", "valid_from",
        "valid_to", "basis"},
       kCensusSource,
       read_council_icb_lookup},
      {"council_icb_registered",
       Strict,
       {"financial_year", "council_code", "icb_ods_code", "share_of_council_registered"},
       "gp_registration",
       read_council_icb_registered},
      {"council_deprivation",
       Strict,
       {"code", "share_population_most_deprived_quintile1", "population_weighted_imd_score"},
       "deprivation_2025",
       read_council_deprivation,
       {"name"}},
      {"cqc_assessments",
       Strict,
       {"council_code", "overall_rating", "percent_as_cqc_displays", "qs1", "qs2", "qs3", "qs4", "qs5", "qs6", "qs7",
        "qs8", "qs9", "assessed_month"},
       "cqc_collected",
       read_cqc_assessments},
      {"ascof_tidy",
       Strict,
       {"metric", "period", "level", "area_code", "outcome", "markers"},
       "dhsc_ascof",
       read_ascof_tidy},
      {"oversight_wide",
       Strict,
       {"quarter", "ods_code", "trust_name", "OF5002", "OF5003", "OF5005"},
       "nhs_england_oversight",
       read_oversight_wide},
  };
}

// Tables as others publish them.
std::vector<Layout> published_layouts() {
  return {
      {"ascof_workbook",
       Tolerant,
       {"#### to #### metric code|Local authority code", "Year of change|ONS area code"},
       "dhsc_ascof",
       read_ascof_workbook},
      {"oflog", Tolerant, {"Financial year", "Local authority code", "Measure", "Code", "Value"}, "oflog", read_oflog},
      {"lg_inform",
       Tolerant,
       {"area_code", "area_name", "period", "indicator", "measure", "unit", "value"},
       "lg_inform",
       read_lg_inform},
      {"ons_local_statistics",
       Tolerant,
       {"areacd", "indicator", "period", "observation", "lci_95", "uci_95", "status"},
       "ons_local_statistics",
       read_ons_local_statistics},
      {"fingertips",
       Tolerant,
       {"Indicator ID", "Area Code", "Sex", "Age", "Category", "Time period", "Value", "Value note"},
       "fingertips",
       read_fingertips},
      {"fingertips_next",
       Tolerant,
       {"IndicatorId", "Year", "AreaCode", "Value", "Sex", "Age", "CategoryType|category_type_as_published"},
       "fingertips",
       read_fingertips_next},
      {"cqc_latest_ratings",
       Tolerant,
       {"Location ID", "Location Name", "Location Local Authority", "Service / Population Group", "Domain",
        "Latest Rating", "Publication Date", "Report Type", "Provider ID", "Provider Name"},
       "cqc",
       read_cqc_latest_ratings,
       {"Location Name", "Location Street Address", "Location Address Line 2", "Location City", "Location Post Code",
        "Provider Name", "Brand Name", "URL"}},
      {"ons_lookup", Tolerant, {"ICB##CDH", "LAD##CD|UTLA##CD|CTYUA##CD"}, "ons_lookup", read_ons_lookup},
      {"cqc_location", Document, {"locationId", "currentRatings"}, "cqc", read_cqc_location},
      {"ods_organisation", Document, {"Organisation"}, "ods", read_ods_organisation},
  };
}

// What NHS England publishes of trusts and systems.
std::vector<Layout> nhs_layouts() {
  return {
      {"nhs_oversight",
       Tolerant,
       {"Trust_code", "Trust_name", "Metric_ID", "Units", "Value",
        "Quarter|Quarter (reporting date)|Quarter (Reporting date)"},
       "nhs_england_oversight",
       read_nhs_oversight},
      {"nhs_oversight_league",
       Tolerant,
       {"Trust_code", "Trust_name", "Average_score", "Segment", "Rank",
        "Quarter|Quarter (reporting date)|Quarter (Reporting date)"},
       "nhs_england_oversight",
       read_nhs_oversight_league},
      {"discharge_ready_date",
       Tolerant,
       {"ods_code", "trust_name", "patients_discharged", "delayed_bed_days", "mean_delay_days_incl_zero",
        "pct_discharged_on_ready_date"},
       "nhs_england",
       read_discharge_ready_date},
      {"trust_monthly",
       Tolerant,
       {"trust_ods_code", "trust_name", "period", "rtt_pct_within_18_weeks", "ae_attendances", "ae_pct_within_4hrs"},
       "nhs_england",
       read_trust_monthly},
      {"icb_emergency_monthly",
       Tolerant,
       {"icb_ods_code", "period", "total_attendances", "pct_within_4hours", "total_emergency_admissions"},
       "nhs_england",
       read_icb_emergency_monthly},
      {"icb_discharge_monthly",
       Tolerant,
       {"icb_ods_code", "period", "mean_daily_not_meeting_criteria_to_reside", "mean_daily_discharged_total"},
       "nhs_england",
       read_icb_discharge_monthly},
      {"nhs_discharge",
       Tolerant,
       {"Level", "Period", "Org Code", "Org Name", "Metric", "Metric Type", "Value"},
       "nhs_england",
       read_nhs_discharge},
      {"nhs_emergency",
       Tolerant,
       {"Period", "Org Code", "Parent Org", "Org name", "A&E attendances Type 1"},
       "nhs_england",
       read_nhs_emergency},
  };
}

std::vector<Layout> all() {
  std::vector<Layout> known = strict_layouts();
  for (Layout& layout : published_layouts()) known.push_back(std::move(layout));
  for (Layout& layout : nhs_layouts()) known.push_back(std::move(layout));
  return known;
}

}  // namespace

std::span<const Layout> layouts() {
  static const std::vector<Layout> known = all();
  return known;
}

std::vector<std::string> layout_names() {
  std::vector<std::string> names;
  for (const Layout& layout : layouts()) names.emplace_back(layout.name);
  return names;
}

}  // namespace assay
