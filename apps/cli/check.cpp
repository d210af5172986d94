// assay check [PATH...]: what is wrong in rulesets, or what a diagnostic means.
#include <algorithm>

#include "apps/cli/command.h"
#include "apps/cli/lines.h"
#include "dsl/diagnostics/explanation.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

struct Options {
  std::vector<std::string> paths;
  std::string code;
  bool explain = false;
};

std::string_view word_for(DiagnosticKind kind) { return severity_of(kind) == Severity::Error ? "error" : "warning"; }

int list_codes() {
  for (const DiagnosticKind kind : all_diagnostic_kinds())
    print_lines(fmt::format("{}  ", code_of(kind)), std::string(explanation_of(kind).title));
  fmt::print("\n`assay check --explain CODE` says what one means\n");
  return kDone;
}

void print_example(std::string_view head, std::string_view text) {
  fmt::print("\n{}\n", head);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    fmt::print("{}{}\n", end > begin ? "    " : "", text.substr(begin, end - begin));
    begin = end + 1;
  }
}

int explain_code(const std::string& code) {
  const auto kind = find_diagnostic_kind(code);
  if (!kind) {
    std::vector<std::string> known;
    for (const DiagnosticKind each : all_diagnostic_kinds())
      known.insert(known.end(), {std::string(code_of(each)), std::string(name_of(each))});
    const auto near = near_name(code, known);
    return wrong_use(fmt::format("no diagnostic is called `{}`", code),
                     near ? fmt::format("did you mean `{}`?", *near) : "`assay check --explain` lists all of them");
  }
  const Explanation page = explanation_of(*kind);
  print_lines(fmt::format("{}  ", code_of(*kind)), std::string(page.title));
  fmt::print("       ({} {})\n", word_for(*kind), name_of(*kind));
  const auto paragraph = [](const std::string& before, std::string_view words) {
    std::string line = before + std::string(words);
    std::ranges::replace(line, '\n', ' ');
    fmt::print("\n");
    print_lines("", line);
  };
  paragraph("", page.meaning);
  paragraph("Why it matters: ", page.reason);
  if (page.wrong.empty()) return kDone;
  print_example("Wrong:", page.wrong);
  print_example("Right:", page.right);
  return kDone;
}

// Of the files that were named; those that an overlay makes again for its subjects set aside.
std::size_t rules_named(const LoadedRules& loaded) {
  const Rulebook& book = loaded.rulebook;
  return static_cast<std::size_t>(std::ranges::count_if(book.rules, [&](const Rule& rule) {
    return !rule.local_of && std::ranges::any_of(book.ruleset(rule.ruleset).files,
                                                 [&](FileId file) { return file.index < loaded.named; });
  }));
}

// What no run evaluates: editions that are drafts, and those only announced.
void print_waiting(const Rulebook& book) {
  for (const Ruleset& ruleset : book.rulesets) {
    const std::string name =
        ruleset.edition.empty() ? ruleset.name : fmt::format("{}, edition {}", ruleset.name, ruleset.edition);
    if (ruleset.upcoming)
      print_lines("upcoming: ", fmt::format("{}, announced on {} and evaluated by nothing", name,
                                            ruleset.announced->to_long_string()));
    else if (ruleset.draft)
      print_lines("draft: ", fmt::format("{}, which takes part only in `assay run --draft`", name));
  }
}

int check_paths(const Options& options) {
  if (options.explain) return options.code.empty() ? list_codes() : explain_code(options.code);
  const std::string shipped = shipped_rules();
  if (options.paths.empty() && shipped.empty())
    return wrong_use("the shipped rulesets were not found", "name a file or folder to check");
  auto loaded = load_rules(options.paths.empty() ? std::vector<std::string>{shipped} : options.paths, shipped);
  if (!loaded) return tell(loaded.error());
  const Rulebook& book = loaded->rulebook;
  std::fflush(stdout);
  fmt::print(stderr, "{}", render(loaded->sink, book.sources));
  const auto of = [](std::size_t count, const char* what) { return counted(static_cast<std::int64_t>(count), what); };
  fmt::print("{}, {}: {}, {}\n", of(loaded->named, "file"), of(rules_named(*loaded), "rule"),
             of(loaded->sink.error_count(), "error"), of(loaded->sink.warning_count(), "warning"));
  print_waiting(book);
  return loaded->sink.has_errors() ? kNo : kDone;
}

}  // namespace

void add_check(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand("check", "say what is wrong in rulesets (else the shipped ones)");
  command->add_option("path", options->paths, "[PATH...]");
  CLI::Option* explain =
      command->add_option("--explain", options->code, "what a code means; without one, all codes and their titles");
  explain->type_name("[CODE]")->expected(0, 1);
  command->callback([&program, options, explain] {
    options->explain = explain->count() > 0;
    program.exit = check_paths(*options);
  });
}

}  // namespace assay::cli
