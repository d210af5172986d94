// The table of layouts, and how a file's is found.
#include "evidence/import/layout.h"

#include <fmt/format.h>

#include "evidence/core/text.h"
#include "evidence/import/import.h"
#include "evidence/import/layouts/layouts.h"

namespace assay {

namespace {

std::size_t headings_present(const Layout& layout, const CsvReader& csv) {
  std::size_t present = 0;
  for (const std::string_view heading : layout.headings) present += csv.find_heading(heading) ? 1U : 0U;
  return present;
}

std::string missing_headings(const Layout& layout, const CsvReader& csv) {
  std::vector<std::string> missing;
  for (const std::string_view heading : layout.headings) {
    if (!csv.find_heading(heading)) missing.push_back(fmt::format("`{}`", heading));
  }
  return join_words(missing);
}

Error not_recognised(const CsvReader& csv) {
  Error error{ErrorCode::BadInput, "the headings are those of no layout known", csv.place({}), {}};
  const std::string& first = csv.headings().front();
  if (csv.headings().size() == 1 && first.find_first_of(";\t|") != std::string::npos) {
    error.message = fmt::format("there is one heading, `{}`", shown_text(first));
    error.help = "cells are parted by commas: save the file as CSV with commas";
    return error;
  }
  const Layout* nearest = &layouts().front();
  for (const Layout& layout : layouts()) {
    if (headings_present(layout, csv) > headings_present(*nearest, csv)) nearest = &layout;
  }
  error.help = headings_present(*nearest, csv) > 0
                   ? fmt::format("`{}` comes nearest; it also needs {}", nearest->name, missing_headings(*nearest, csv))
                   : "tidy evidence has the columns `subject`, `field` and `value`; --layout names another";
  return error;
}

}  // namespace

std::span<const Layout> layouts() {
  static const std::vector<Layout> known = {
      {"tidy", {"subject", "field", "value"}, "", read_tidy},
      {"councils", {"council_code", "council_name", "register_start_date"}, "council_register", read_councils},
      {"council_history",
       {"gss-code", "official-name", "local-authority-code", "start-date", "end-date", "replaced-by"},
       "council_register",
       read_council_history},
      {"council_aliases", {"la-name", "local-authority-code"}, "council_register", read_council_aliases},
      {"icbs",
       {"icb_ods_code", "icb_ons_code", "icb_name", "nhs_region", "valid_from", "valid_to"},
       "icb_register",
       read_icbs},
      {"icb_succession",
       {"predecessor_ods", "successor_ods", "effective_date", "census_2021_share_of_predecessor"},
       "icb_register",
       read_icb_succession},
      {"council_icb_lookup",
       {"council_code", "icb_ods_code", "share_of_council_population", "share_of_icb_population", "valid_from",
        "valid_to", "basis"},
       kCensusSource,
       read_council_icb_lookup},
      {"council_icb_registered",
       {"financial_year", "council_code", "icb_ods_code", "share_of_council_registered"},
       "gp_registration",
       read_council_icb_registered},
      {"council_deprivation",
       {"code", "share_population_most_deprived_quintile1", "population_weighted_imd_score"},
       "deprivation_2025",
       read_council_deprivation},
      {"cqc_assessments",
       {"council_code", "overall_rating", "percent_as_cqc_displays", "qs1", "qs2", "qs3", "qs4", "qs5", "qs6", "qs7",
        "qs8", "qs9", "assessed_month"},
       "cqc_collected",
       read_cqc_assessments},
      {"ascof_tidy", {"metric", "period", "level", "area_code", "outcome", "markers"}, "dhsc_ascof", read_ascof_tidy},
      {"oversight_wide",
       {"quarter", "ods_code", "trust_name", "OF5002", "OF5003", "OF5005"},
       "nhs_england_oversight",
       read_oversight_wide},
  };
  return known;
}

std::vector<std::string> layout_names() {
  std::vector<std::string> names;
  for (const Layout& layout : layouts()) names.emplace_back(layout.name);
  return names;
}

Result<const Layout*> choose_layout(std::string_view name, const CsvReader& csv) {
  for (const Layout& layout : layouts()) {
    if (!name.empty() && layout.name != name) continue;
    if (headings_present(layout, csv) == layout.headings.size()) return &layout;
    if (!name.empty()) {
      return fail(ErrorCode::BadInput,
                  fmt::format("the layout `{}` also needs {}", name, missing_headings(layout, csv)), csv.place({}),
                  "name another layout, or none to have it recognised");
    }
  }
  if (name.empty()) return tl::unexpected<Error>(not_recognised(csv));
  const std::vector<std::string> names = layout_names();
  const auto near = near_name(name, names);
  return fail(ErrorCode::WrongUse, fmt::format("there is no layout `{}`", name), {},
              near ? fmt::format("did you mean `{}`?", *near) : fmt::format("there are {}", join_words(names)));
}

}  // namespace assay
