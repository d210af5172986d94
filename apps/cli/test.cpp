// assay test [PATH...]: the scenarios of rulesets, each failure with what was expected, what came, and why.
#include "apps/cli/command.h"
#include "apps/cli/lines.h"
#include "engine/session/scenarios.h"

namespace assay::cli {

namespace {

struct Options {
  std::vector<std::string> paths;
  bool quiet = false;
};

void print_failure(const Rulebook& book, const ScenarioFailure& failure) {
  fmt::print("    {}\n      expected: {}\n      got:      {}\n", book.sources.place(failure.span), failure.expected,
             failure.got);
  if (failure.why.empty()) return;
  fmt::print("      because:\n");
  for (std::size_t begin = 0; begin < failure.why.size();) {
    const std::size_t end = std::min(failure.why.find('\n', begin), failure.why.size());
    fmt::print("{}{}\n", end > begin ? "        " : "", failure.why.substr(begin, end - begin));
    begin = end + 1;
  }
}

int test_paths(const Options& options) {
  auto rules = rules_for(options.paths);
  if (!rules.loaded) return rules.exit;
  const Rulebook& book = rules.loaded->rulebook;
  std::string ruleset;
  std::int64_t scenarios = 0, expectations = 0, failed = 0;
  for (const ScenarioResult& result : run_scenarios(book)) {
    ++scenarios;
    expectations += result.expectations;
    failed += result.failures.empty() ? 0 : 1;
    if (result.failures.empty() && options.quiet) continue;
    if (result.ruleset != ruleset) fmt::print("{}\n", ruleset = result.ruleset);
    print_lines(result.failures.empty() ? "  ok   " : "  FAIL ", result.title);
    for (const ScenarioFailure& failure : result.failures) print_failure(book, failure);
  }
  fmt::print("{}, {}, {} failed\n", counted(scenarios, "scenario"), counted(expectations, "expectation"), failed);
  return failed == 0 ? kDone : kNo;
}

}  // namespace

void add_test(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand("test", "run the scenarios of rulesets (else the shipped ones)");
  command->add_option("path", options->paths, "[PATH...]");
  command->add_flag("--quiet", options->quiet, "failures only");
  command->callback([&program, options] { program.exit = test_paths(*options); });
}

}  // namespace assay::cli
