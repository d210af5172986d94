// The program `assay`: words on the command line to one of the subcommands, and its exit code back.
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "apps/cli/command.h"
#include "apps/cli/help.h"
#include "evidence/core/text.h"

namespace {

using assay::cli::Program;

constexpr void (*kSubcommands[])(Program&) = {
    assay::cli::add_init,     assay::cli::add_import,  assay::cli::add_record,   assay::cli::add_check,
    assay::cli::add_prove,    assay::cli::add_fmt,     assay::cli::add_test,     assay::cli::add_run,
    assay::cli::add_flags,    assay::cli::add_show,    assay::cli::add_why,      assay::cli::add_whynot,
    assay::cli::add_whatif,   assay::cli::add_missing, assay::cli::add_timeline, assay::cli::add_changed,
    assay::cli::add_diff,     assay::cli::add_trail,   assay::cli::add_report,   assay::cli::add_rules,
    assay::cli::add_burden,   assay::cli::add_matrix,  assay::cli::add_balance,  assay::cli::add_accountability,
    assay::cli::add_calendar, assay::cli::add_map,     assay::cli::add_library,  assay::cli::add_return,
    assay::cli::add_export,
};

// The option that was meant by one that the subcommand does not have, if one is near.
std::optional<std::string> near_option(const Program& program, const CLI::ParseError& error, int argc, char** argv) {
  const auto written = assay::cli::option_refused(error);
  if (!written) return std::nullopt;
  const CLI::App* command = &program.app;
  for (int i = 1; i < argc; ++i)
    for (const CLI::App* below : command->get_subcommands({}))
      if (below->get_name() == argv[i]) {
        command = below;
        break;
      }
  std::vector<std::string> names;
  for (const CLI::Option* option : command->get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return assay::near_name(*written, names);
}

// `assay help WORD...` is `assay WORD... --help`.
std::vector<std::string> words_of(int argc, char** argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  if (!words.empty() && words.front() == "help") {
    words.erase(words.begin());
    words.emplace_back("--help");
  }
  return words;
}

std::vector<std::string> subcommands(const Program& program) {
  std::vector<std::string> names;
  for (const CLI::App* command : program.app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

// The exit code where the word is no subcommand; the near name is offered.
std::optional<int> no_subcommand(const Program& program, const std::string& word) {
  const std::vector<std::string> names = subcommands(program);
  if (word.starts_with('-') || std::find(names.begin(), names.end(), word) != names.end()) return std::nullopt;
  const auto near = assay::near_name(word, names);
  return assay::cli::wrong_use(fmt::format("there is no subcommand `{}`", word),
                               near ? fmt::format("did you mean `{}`?", *near) : "`assay --help` lists them");
}

// A mistaken subcommand gets the near name; anything else CLI11's own sentence.
int misused(const Program& program, const CLI::ParseError& error, int argc, char** argv) {
  if (argc > 1)
    if (const auto exit = no_subcommand(program, argv[1])) return *exit;
  const bool known = argc > 1 && argv[1][0] != '-';
  if (const auto near = near_option(program, error, argc, argv))
    return assay::cli::wrong_use(assay::cli::misuse_in_words(error), fmt::format("did you mean `{}`?", *near));
  return assay::cli::wrong_use(
      assay::cli::misuse_in_words(error),
      known ? fmt::format("`assay {} --help` says how", argv[1]) : "`assay --help` lists them");
}

// Ctrl-C: an act is one transaction, so one that was not finished leaves nothing; then the end that was asked for.
void stopped(int signal) {
  constexpr char kWords[] = "\nassay: stopped; what was not finished is not recorded\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kWords, sizeof kWords - 1);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

}  // namespace

int main(int argc, char** argv) {
  // A reader who closes the pipe early (`| head`) has seen enough: end quietly.
  std::signal(SIGPIPE, SIG_DFL);
  std::signal(SIGINT, stopped);
  Program program;
  program.app.formatter(assay::cli::help_format());
  program.app.set_help_flag("-h,--help", "how this is used");
  program.app.set_version_flag("--version", "assay " ASSAY_VERSION, "which version this is");
  program.app.require_subcommand(1);
  for (auto* add : kSubcommands) add(program);
  if (argc > 2 && std::string_view(argv[1]) == "help")
    if (const auto exit = no_subcommand(program, argv[2])) return *exit;
  try {
    std::vector<std::string> words = words_of(argc, argv);
    std::reverse(words.begin(), words.end());  // as CLI11 takes them
    program.app.parse(std::move(words));
  } catch (const CLI::Success& done) {
    return program.app.exit(done);
  } catch (const CLI::ParseError& error) {
    return misused(program, error, argc, argv);
  }
  if (std::fflush(stdout) != 0 || std::ferror(stdout))
    return assay::cli::tell({assay::ErrorCode::Io, "the answer could not be written out", {}, "is the disk full?"});
  return program.exit;
}
