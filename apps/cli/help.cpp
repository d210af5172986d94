// CLI11's formatter, with usage lines of our own and descriptions that end with the screen.
#include "apps/cli/help.h"

#include <fmt/format.h>

#include "apps/cli/lines.h"
#include "engine/explain/wrap.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

constexpr std::size_t kNames = 24;  // columns in which options and subcommands stand

std::string in_column(const std::string& text) {
  std::string out;
  for (const std::string_view line : wrap(text, kColumns - kNames))
    out += (out.empty() ? "" : "\n") + std::string(line);
  return out;
}

class Help : public CLI::Formatter {
 public:
  Help() { column_width(kNames); }

  std::string make_usage(const CLI::App* command, std::string) const override {
    if (!command->get_parent()) return "Usage: assay SUBCOMMAND ...   (assay SUBCOMMAND --help says more)\n";
    std::string words = command->get_name();
    for (const CLI::App* above = command->get_parent(); above->get_parent(); above = above->get_parent())
      words = above->get_name() + " " + words;
    if (!command->get_subcommands({}).empty()) words += " SUBCOMMAND";
    for (const CLI::Option* option : command->get_options())
      if (option->get_positional()) words += " " + option->get_description();
    return "Usage: assay " + words + " [OPTIONS]\n";
  }
  std::string make_positionals(const CLI::App*) const override { return {}; }
  std::string make_option_desc(const CLI::Option* option) const override {
    return in_column(option->get_description());
  }
  std::string make_subcommand(const CLI::App* command) const override {
    std::stringstream out;
    CLI::detail::format_help(out, command->get_name(), in_column(command->get_description()), column_width_);
    return out.str();
  }
};

}  // namespace

std::shared_ptr<CLI::FormatterBase> help_format() { return std::make_shared<Help>(); }

CLI::Validator one_of(std::vector<std::string> names) {
  CLI::Validator validator(
      [names](std::string& text) {
        if (std::find(names.begin(), names.end(), text) != names.end()) return std::string();
        return fmt::format("`{}` is not one of {}", text, join_words(names, "or"));
      },
      "", "");
  return validator;
}

std::optional<std::string> option_refused(const CLI::ParseError& error) {
  if (error.get_exit_code() != static_cast<int>(CLI::ExitCodes::ExtrasError)) return std::nullopt;
  const std::string said = error.what();
  const std::size_t colon = said.find(": ");
  if (colon == std::string::npos || !said.substr(colon + 2).starts_with("--")) return std::nullopt;
  const std::string words = said.substr(colon + 2);
  return words.substr(0, words.find_first_of(" ="));
}

std::string misuse_in_words(const CLI::ParseError& error) {
  const std::string said = error.what();
  const std::size_t colon = said.find(": ");
  const std::string after = colon == std::string::npos ? said : said.substr(colon + 2);
  const auto is = [&](CLI::ExitCodes code) { return error.get_exit_code() == static_cast<int>(code); };
  if (is(CLI::ExitCodes::ExtrasError)) {
    const bool option = after.starts_with('-');
    return fmt::format("`{}` is {} here", after, option ? "no option" : "a word too many");
  }
  if (is(CLI::ExitCodes::ArgumentMismatch)) return fmt::format("`{}` wants a value", said.substr(0, colon));
  if (is(CLI::ExitCodes::ConversionError)) {
    const std::size_t equals = after.find(" = ");
    if (equals != std::string::npos)
      return fmt::format("{}: `{}` is not a number", after.substr(0, equals), after.substr(equals + 3));
  }
  if (is(CLI::ExitCodes::RequiredError)) return "no subcommand was given";
  if (is(CLI::ExitCodes::ExcludesError)) {
    // "--withdraws excludes --corrects"
    std::string both = said;
    if (const auto at = both.find(" excludes "); at != std::string::npos) both.replace(at, 10, " and ");
    return fmt::format("of {} only one can be said", both);
  }
  return said;
}

}  // namespace assay::cli
