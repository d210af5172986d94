// The table of layouts.
#include "evidence/import/import.h"
#include "evidence/import/layout.h"
#include "evidence/import/layouts/layouts.h"

namespace assay {

namespace {

using enum Manner;

std::vector<Layout> all() {
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
       read_council_deprivation},
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
      {"ascof_workbook",
       Tolerant,
       {"#### to #### metric code|Local authority code", "Year of change|ONS area code"},
       "dhsc_ascof",
       read_ascof_workbook},
  };
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
