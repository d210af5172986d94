// assay prove [PATH...]: what holds of rules whatever the evidence says. Exit code 1 when something does not.
#include "dsl/prove/prove.h"

#include "apps/cli/command.h"
#include "apps/cli/lines.h"

namespace assay::cli {

namespace {

constexpr std::size_t kModel = 16;  // pieces of evidence that show a claim
constexpr std::size_t kFree = 4;

struct Options {
  std::vector<std::string> paths;
  bool examples = false;
};

struct Tally {
  std::size_t proved = 0, failed = 0, undecided = 0;
};

const char* word_for(Claim::Result result) {
  switch (result) {
    case Claim::Result::Proved:
      return "proved";
    case Claim::Result::Failed:
      return "fails";
    case Claim::Result::Undecided:
      return "not decided";
  }
  return "";
}

void print_claim(const Claim& claim, bool examples) {
  const bool proved = claim.result == Claim::Result::Proved;
  const bool by_example = proved && claim.why.empty() && !claim.model.empty();
  print_lines(fmt::format("    {:<12}", word_for(claim.result)),
              claim.says + (by_example && !claim.taken_free.empty() ? ", as far as it was taken apart" : ""), 16);
  if (!claim.why.empty()) print_lines("                ", claim.why);
  if (claim.result == Claim::Result::Failed && !claim.model.empty())
    fmt::print("                evidence that does it:\n");
  if (claim.result == Claim::Result::Failed || examples)
    for (std::size_t i = 0; i < std::min(claim.model.size(), kModel); ++i)
      print_lines("                - ", claim.model[i], 18);
  if (!examples && (claim.result == Claim::Result::Proved)) return;
  for (std::size_t i = 0; i < std::min(claim.taken_free.size(), kFree); ++i)
    print_lines("                taken as free: ", claim.taken_free[i], 18);
  if (claim.taken_free.size() > kFree) fmt::print("                and {} more\n", claim.taken_free.size() - kFree);
}

// What was taken as free anywhere in a ruleset: so much was not looked into.
void print_free(const std::vector<Claim>& claims) {
  std::vector<std::string> all;
  for (const Claim& claim : claims)
    for (const std::string& one : claim.taken_free)
      if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
  if (all.empty()) return;
  fmt::print("  taken as free, since no formula was made of it: {}\n", all.size());
  for (std::size_t i = 0; i < std::min(all.size(), kFree); ++i) print_lines("    - ", all[i], 6);
  if (all.size() > kFree) fmt::print("    and {} more: --examples shows them beside each claim\n", all.size() - kFree);
}

void print_ruleset(const Rulebook& book, RulesetId id, const Options& options, Tally& tally) {
  const std::vector<Claim> claims = prove(book, id);
  if (claims.empty()) return;
  const Ruleset& ruleset = book.ruleset(id);
  fmt::print("\n{} (edition {})\n", ruleset.name, ruleset.edition);
  std::size_t raised = 0;
  RuleId last{static_cast<std::uint32_t>(book.rules.size())};
  for (const Claim& claim : claims) {
    ++(claim.result == Claim::Result::Proved   ? tally.proved
       : claim.result == Claim::Result::Failed ? tally.failed
                                               : tally.undecided);
    // A flag that can be raised is as it should be: they are counted.
    if (claim.what == Claim::What::CanBeRaised && claim.result == Claim::Result::Proved && !options.examples) {
      ++raised;
      continue;
    }
    if (claim.rule != last) print_lines("  ", book.rule(claim.rule).name);
    last = claim.rule;
    print_claim(claim, options.examples);
  }
  if (raised > 0)
    fmt::print("  {}\n", raised == 1 ? "1 flag or interaction: it can be raised"
                                     : fmt::format("{} flags and interactions: each can be raised", raised));
  print_free(claims);
}

int prove_rules(const Options& options) {
  const Rules rules = rules_for(options.paths);
  if (!rules.loaded) return rules.exit;
  const Rulebook& book = rules.loaded->rulebook;
  fmt::print("Taking evidence as known and applying, parameters at the values that began last\n");
  Tally tally;
  for (std::uint32_t index = 0; index < book.rulesets.size(); ++index) {
    const Ruleset& ruleset = book.rulesets[index];
    const bool named = std::any_of(ruleset.files.begin(), ruleset.files.end(),
                                   [&](FileId file) { return file.index < rules.loaded->named; });
    if (named && !ruleset.upcoming) print_ruleset(book, {index}, options, tally);
  }
  fmt::print("\n{} proved, {} failed, {} not decided\n", tally.proved, tally.failed, tally.undecided);
  return tally.failed > 0 ? kNo : kDone;
}

}  // namespace

void add_prove(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand(
      "prove",
      "what holds of rules whatever the evidence: stages that can be reached and left, flags that can be raised");
  command->add_option("paths", options->paths, "[PATH ...]");
  command->add_flag("--examples", options->examples, "show evidence for every claim, and what was taken as free");
  command->callback([&program, options] { program.exit = prove_rules(*options); });
}

}  // namespace assay::cli
