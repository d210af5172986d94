// assay check [PATH...]: what is wrong in rulesets, or what a diagnostic means.
#include "apps/cli/command.h"
#include "dsl/diagnostics/diagnostic.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

struct Options {
  std::vector<std::string> paths;
  std::string explain;
};

int explain_code(const std::string& code) {
  const auto kind = find_diagnostic_kind(code);
  if (!kind) {
    std::vector<std::string> codes;
    for (DiagnosticKind known : all_diagnostic_kinds()) codes.emplace_back(code_of(known));
    const auto near = near_name(code, codes);
    return wrong_use(fmt::format("no diagnostic is called `{}`", code),
                     near ? fmt::format("did you mean `{}`?", *near) : "codes look like E0203");
  }
  fmt::print("{} {} ({})\n\n{}\n", code_of(*kind), name_of(*kind),
             severity_of(*kind) == Severity::Error ? "error" : "warning", summary_of(*kind));
  return kDone;
}

std::string counted(std::size_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

int check_paths(const Options& options) {
  if (!options.explain.empty()) return explain_code(options.explain);
  const std::string shipped = shipped_rules();
  if (options.paths.empty() && shipped.empty())
    return wrong_use("the shipped rulesets were not found", "name a file or folder to check");
  auto loaded = load_rules(options.paths.empty() ? std::vector<std::string>{shipped} : options.paths, shipped);
  if (!loaded) return tell(loaded.error());
  const Rulebook& book = loaded->rulebook;
  std::fflush(stdout);
  fmt::print(stderr, "{}", render(loaded->sink, book.sources));
  fmt::print("{}, {}: {}, {}\n", counted(book.sources.size(), "file"), counted(book.rules.size(), "rule"),
             counted(loaded->sink.error_count(), "error"), counted(loaded->sink.warning_count(), "warning"));
  return loaded->sink.has_errors() ? kNo : kDone;
}

}  // namespace

void add_check(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand("check", "say what is wrong in rulesets");
  command->add_option("path", options->paths, "files or folders (else the shipped rulesets)");
  command->add_option("--explain", options->explain, "what a diagnostic means, by its code");
  command->callback([&program, options] { program.exit = check_paths(*options); });
}

}  // namespace assay::cli
