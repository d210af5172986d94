// assay test [PATH...]: the scenarios of rulesets, each failure with what was expected, what came, and why; and what
// the scenarios show of the rules.
#include "apps/cli/test.h"

#include <algorithm>

#include "apps/cli/command.h"
#include "apps/cli/lines.h"
#include "engine/session/scenarios.h"

namespace assay::cli {

std::string line_of(const Rulebook& book, Span span) {
  const std::string place = book.sources.place(span);
  return place.substr(0, place.find_last_of(':'));
}

namespace {

struct Options {
  std::vector<std::string> paths;
  bool quiet = false, coverage = false, require_coverage = false, mutate = false, boundaries = false;
  std::string output;
};

void print_failure(const Rulebook& book, const ScenarioFailure& failure) {
  print_lines("    ", line_of(book, failure.span));
  print_lines("      expected  ", failure.expected.substr(std::string_view("expect ").size()));
  print_lines("      got       ", failure.got);
  if (!failure.why.empty()) print_lines("      why       ", failure.why);
}

int run(const RulesAsked& asked, bool quiet) {
  const Rulebook& book = asked.book;
  std::string ruleset;
  std::int64_t scenarios = 0, expectations = 0, failed = 0;
  for (const ScenarioResult& result : run_scenarios(book)) {
    if (!asked.rulesets[result.ruleset.index]) continue;
    ++scenarios;
    expectations += result.expectations;
    failed += result.failures.empty() ? 0 : 1;
    if (result.failures.empty() && quiet) continue;
    const std::string& of = book.ruleset(result.ruleset).name;
    if (of != ruleset) fmt::print("{}\n", ruleset = of);
    print_lines(result.failures.empty() ? "  ok   " : "  FAIL ", result.title);
    for (const ScenarioFailure& failure : result.failures) print_failure(book, failure);
  }
  fmt::print("{}, {}, {} failed\n", counted(scenarios, "scenario"), counted(expectations, "expectation"), failed);
  return failed == 0 ? kDone : kNo;
}

// The rulesets that were named: those that they merely use are not asked about.
std::vector<bool> named(const LoadedRules& rules) {
  std::vector<bool> out;
  for (const Ruleset& ruleset : rules.rulebook.rulesets)
    out.push_back(std::ranges::any_of(ruleset.files, [&](FileId file) { return file.index < rules.named; }));
  return out;
}

int test_paths(const Options& options) {
  if (!options.output.empty() && !options.boundaries)
    return wrong_use("--output is where --boundaries are written", "add --boundaries");
  auto rules = rules_for(options.paths);
  if (!rules.loaded) return rules.exit;
  const RulesAsked asked{rules.loaded->rulebook, named(*rules.loaded)};
  if (options.boundaries) return print_boundaries(asked, options.output);
  const bool more = options.coverage || options.require_coverage || options.mutate;
  int exit = run(asked, options.quiet || more);
  if (options.coverage || options.require_coverage)
    exit = std::max(exit, print_coverage(asked, options.require_coverage));
  if (options.mutate) exit = std::max(exit, print_mutants(asked));
  return exit;
}

}  // namespace

void add_test(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand("test", "run the scenarios of rulesets (else the shipped ones)");
  command->add_option("path", options->paths, "[PATH...]");
  command->add_flag("--quiet", options->quiet, "failures only");
  command->add_flag("--coverage", options->coverage, "list the conditions that the scenarios do not show to matter");
  command->add_flag("--require-coverage", options->require_coverage, "the same, and exit 1 if there is one");
  command->add_flag("--mutate", options->mutate,
                    "change the rules one thing at a time, and list the changes that no scenario notices");
  command->add_flag("--boundaries", options->boundaries,
                    "write scenarios on either side of every limit, to look over and keep");
  command->add_option("--output", options->output, "with --boundaries: a file for each ruleset in this folder")
      ->type_name("FOLDER");
  command->callback([&program, options] { program.exit = test_paths(*options); });
}

}  // namespace assay::cli
