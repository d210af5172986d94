// What the commands that look at rules alone share: their options, the rules in force on a date, and rows of CSV.
// Internal to apps/cli.
#pragma once

#include "apps/cli/command.h"

namespace assay::cli {

struct SurveyOptions {
  std::vector<std::string> rules;
  std::string as_at, format = "text";
};
void add_survey_options(CLI::App& command, SurveyOptions& options);

// The rules, and the date as at which and as known on which they are looked at: all that had been published by then.
struct Surveyed {
  std::optional<LoadedRules> loaded;
  EditionAsked asked;
  int exit = kDone;
  const Rulebook& book() const { return loaded->rulebook; }
};
Surveyed survey(const SurveyOptions& options);

// A line of CSV, with quotes where a cell needs them.
std::string csv_row(const std::vector<std::string>& cells);
// Blanks up to so many columns.
std::string padded(std::string_view text, std::size_t columns);
// "a; b", and nothing where there is nothing.
std::string joined(const std::vector<std::string>& texts);

}  // namespace assay::cli
