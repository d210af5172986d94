// The rules in force on a date, without a store.
#include "apps/cli/survey.h"

#include "apps/cli/help.h"

namespace assay::cli {

void add_survey_options(CLI::App& command, SurveyOptions& options) {
  command.add_option("--rules", options.rules, "rule files or folders (else the shipped rulesets)")
      ->type_name("PATH")
      ->allow_extra_args(false);
  command.add_option("--as-at", options.as_at, "the rules in force on this date (else today)")->type_name("DATE");
  command.add_option("--format", options.format, "text, csv or json")->check(one_of({"text", "csv", "json"}));
}

Surveyed survey(const SurveyOptions& options) {
  Surveyed out;
  const auto as_at = options.as_at.empty() ? Result<Date>(today()) : read_date(options.as_at, "--as-at");
  if (!as_at) {
    out.exit = tell(as_at.error());
    return out;
  }
  Rules rules = rules_for(options.rules);
  out.exit = rules.exit;
  out.loaded = std::move(rules.loaded);
  out.asked = {.as_at = *as_at, .known_on = *as_at};
  return out;
}

std::string csv_row(const std::vector<std::string>& cells) {
  std::string out;
  for (const std::string& cell : cells) {
    if (!out.empty() || &cell != &cells.front()) out += ',';
    if (cell.find_first_of(",\"\n") == std::string::npos) {
      out += cell;
      continue;
    }
    out += '"';
    for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    out += '"';
  }
  return out + "\n";
}

std::string padded(std::string_view text, std::size_t columns) {
  const std::size_t taken = columns_of(text);
  return std::string(text) + std::string(taken < columns ? columns - taken : 0, ' ');
}

std::string joined(const std::vector<std::string>& texts) { return fmt::format("{}", fmt::join(texts, "; ")); }

}  // namespace assay::cli
