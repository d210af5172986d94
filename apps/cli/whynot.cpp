// assay whynot RULE SUBJECT: which conditions failed, nearest first, and by how much. It shows reasons; it gives no
// verdict.
#include "engine/whatif/whynot.h"

#include "apps/cli/help.h"
#include "apps/cli/lines.h"
#include "apps/cli/why.h"

namespace assay::cli {

namespace {

constexpr std::size_t kParts = 8;  // of one condition
constexpr std::size_t kDepth = 4;

struct Options {
  CommonOptions common;
  std::string format = "text";
};

const char* state_of(const Gap& gap) {
  if (gap.answered) return "met, but answered by an earlier stay";
  return gap.truth == Truth::Yes ? "met" : gap.truth == Truth::Unknown ? "undetermined" : "not met";
}

void print_parts(const std::vector<Gap>& parts, std::size_t depth) {
  const std::string before(4 + 2 * depth, ' ');
  for (std::size_t i = 0; i < std::min(parts.size(), kParts); ++i) {
    const Gap& part = parts[i];
    const std::string title = part.title.empty() || part.title == part.words ? "" : part.title + ": ";
    print_lines(before + "- ", fmt::format("{}{}: {}", title, part.words, part.found), before.size() + 4);
    if (depth < kDepth) print_parts(part.parts, depth + 1);
  }
  if (parts.size() > kParts) fmt::print("{}and {} more\n", before, parts.size() - kParts);
}

void print_gap(const Gap& gap, std::size_t number) {
  const std::string name = gap.title.empty() ? gap.words : gap.title;
  print_lines(fmt::format("  {}. ", number), fmt::format("{} - {}", name, state_of(gap)), 5);
  const std::string words = gap.title.empty() ? "" : gap.words;
  if (!words.empty()) print_lines("     ", words, 7);
  if (!gap.found.empty()) print_lines("     ", gap.found, 7);
  print_parts(gap.parts, 1);
}

void print_answer(const WhyNot& one) {
  print_lines("", fmt::format("{} ({})", one.title, one.name), 2);
  print_lines("  ", fmt::format("{}: {}", one.subject_name, one.says), 4);
  if (!one.stage.empty()) print_lines("  ", one.stage, 4);
  if (one.raised) {
    fmt::print("  nothing stands in the way: `assay why` says what it rests on\n");
  } else {
    print_lines("  ", one.needed.empty()
                          ? "what stands in the way, nearest first"
                          : fmt::format("needed: {}; those that are not met, nearest first", one.needed));
    for (std::size_t i = 0; i < one.gaps.size(); ++i) print_gap(one.gaps[i], i + 1);
    if (one.gaps.empty() && !one.stage.empty())
      fmt::print("  every reason is met; it is the recorded stage that is another\n");
  }
  if (!one.basis.empty()) print_lines("  basis: ", one.basis, 4);
  for (const std::string& cite : one.cites) print_lines("  cite: ", cite, 4);
  for (const std::string& parameter : one.parameters) print_lines("  parameter: ", parameter, 4);
}

int whynot(Options& options) {
  Asked asked;
  if (const int exit = ask(options.common, asked); exit != kDone) return exit;
  const auto& words = options.common.words;
  if (words.size() < 2 || words.size() > 3)
    return wrong_use("a rule and a subject are wanted",
                     "for instance: assay whynot STORE asc.intervention.support council:E06000009");
  const auto question = question_of(asked.book(), *asked.snapshot, asked.as_at, words);
  if (!question) return tell(question.error());
  Evaluation evaluation(asked.book(), *asked.snapshot);
  std::vector<RuleId> rules = {question->rule};
  if (std::holds_alternative<StageRule>(asked.book().rule(question->rule).body))
    rules = criteria_from(evaluation, question->rule, question->subject, asked.as_at);
  std::vector<WhyNot> answers;
  for (RuleId rule : rules)
    if (auto one = why_not(evaluation, outcome(evaluation, rule, question->subject, asked.as_at)))
      answers.push_back(std::move(*one));
  if (answers.empty())
    return wrong_use(
        fmt::format("{} is neither raised nor clear, and in no band", asked.book().rule(question->rule).name),
        "`assay why` says how it is worked out");
  if (options.format == "json") {
    fmt::print("{}\n", to_json(answers));
    return kDone;
  }
  fmt::print("As at {}, known on {}\n", asked.as_at.to_long_string(), asked.known_on.to_long_string());
  for (const WhyNot& one : answers) {
    fmt::print("\n");
    print_answer(one);
  }
  return kDone;
}

}  // namespace

void add_whynot(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      program.app.add_subcommand("whynot", "what stands in the way of an outcome, nearest first, and by how much");
  add_common(*command, options->common, "STORE RULE SUBJECT [OTHER_END]", true);
  command->add_option("--format", options->format, "text or json")->check(one_of({"text", "json"}));
  command->callback([&program, options] { program.exit = whynot(*options); });
}

}  // namespace assay::cli
