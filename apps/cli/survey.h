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

// A subcommand that says what it finds in rules, as text, CSV or JSON.
template <typename Found>
struct SurveyCommand {
  const char *name, *help;
  Found (*find)(const Rulebook&, const EditionAsked&);
  void (*print_text)(const Found&, const Rulebook&);
  void (*print_csv)(const Found&, const Rulebook&);
};

template <typename Found>
int print_survey(const SurveyCommand<Found>& command, const SurveyOptions& options) {
  const Surveyed surveyed = survey(options);
  if (!surveyed.loaded) return surveyed.exit;
  const Found found = command.find(surveyed.book(), surveyed.asked);
  if (options.format == "json")
    fmt::print("{}\n", to_json(found, surveyed.book()));
  else
    (options.format == "csv" ? command.print_csv : command.print_text)(found, surveyed.book());
  return kDone;
}

template <typename Found>
void add_survey(Program& program, const SurveyCommand<Found>& command) {
  auto options = std::make_shared<SurveyOptions>();
  CLI::App* subcommand = program.app.add_subcommand(command.name, command.help);
  add_survey_options(*subcommand, *options);
  subcommand->callback([&program, options, command] { program.exit = print_survey(command, *options); });
}

// A line of CSV, with quotes where a cell needs them.
std::string csv_row(const std::vector<std::string>& cells);
// Blanks up to so many columns.
std::string padded(std::string_view text, std::size_t columns);
// "a; b", and nothing where there is nothing.
std::string joined(const std::vector<std::string>& texts);

}  // namespace assay::cli
