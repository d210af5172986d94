// How the command line explains itself: help within 80 columns, and one sentence for each wrong use. Internal to
// apps/cli.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace assay::cli {

// The names of the words that commands take stand in capitals in their first line.
std::shared_ptr<CLI::FormatterBase> help_format();

// "`xml` is not one of table, ndjson, json or csv".
CLI::Validator one_of(std::vector<std::string> names);

// The option that the subcommand does not have, as it was written: `--rule`.
std::optional<std::string> option_refused(const CLI::ParseError& error);
// The sentence for what CLI11 could not read.
std::string misuse_in_words(const CLI::ParseError& error);

}  // namespace assay::cli
