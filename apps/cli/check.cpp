// assay check [PATH...]: what is wrong in rulesets, or what a diagnostic means.
#include "apps/cli/command.h"
#include "apps/cli/lines.h"
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
  fmt::print("{} {} ({})\n\n", code_of(*kind), name_of(*kind),
             severity_of(*kind) == Severity::Error ? "error" : "warning");
  print_lines("", std::string(summary_of(*kind)));
  return kDone;
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
  const auto of = [](std::size_t count, const char* what) { return counted(static_cast<std::int64_t>(count), what); };
  fmt::print("{}, {}: {}, {}\n", of(book.sources.size(), "file"), of(book.rules.size(), "rule"),
             of(loaded->sink.error_count(), "error"), of(loaded->sink.warning_count(), "warning"));
  return loaded->sink.has_errors() ? kNo : kDone;
}

}  // namespace

void add_check(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand("check", "say what is wrong in rulesets (else the shipped ones)");
  command->add_option("path", options->paths, "[PATH...]");
  command->add_option("--explain", options->explain, "what a diagnostic means, by its code")->type_name("CODE");
  command->callback([&program, options] { program.exit = check_paths(*options); });
}

}  // namespace assay::cli
