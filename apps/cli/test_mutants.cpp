// assay test --mutate: small changes to the rules that no scenario notices.
#include "apps/cli/command.h"
#include "apps/cli/lines.h"
#include "apps/cli/test.h"
#include "engine/trial/mutant.h"

namespace assay::cli {

namespace {

std::string_view kind_words(Mutant::Kind kind) {
  switch (kind) {
    case Mutant::Kind::Threshold:
      return "threshold moved";
    case Mutant::Kind::Comparison:
      return "comparison turned";
    case Mutant::Kind::Condition:
      return "condition left out";
    case Mutant::Kind::Consecutive:
      return "one reading fewer";
    case Mutant::Kind::Count:
      return "count moved";
    case Mutant::Kind::Exception:
      return "exception left out";
    case Mutant::Kind::Number:
      return "number moved";
  }
  return {};
}

void print_survivor(const Rulebook& book, const MutantResult& result) {
  const Mutant& mutant = result.mutant;
  fmt::print("  {}\n", kind_words(mutant.kind));
  print_lines("    ", line_of(book, mutant.span));
  print_lines("      the rule says  ", mutant.words);
  print_lines("      changed to     ", mutant.changed_to);
  if (mutant.no_difference)
    print_lines("      no value lies  ", "between the two, so nothing can show it");
  else if (result.reached_by == 0)
    print_lines("      noticed by     ", "none: no scenario expects anything of it");
  else
    print_lines("      noticed by     ", fmt::format("none of the {} that reach it", counted(result.reached_by, "scenario")));
}

}  // namespace

int print_mutants(const RulesAsked& asked) {
  const Rulebook& book = asked.book;
  const Picked picked{[&](RuleId rule) { return asked.counts(rule); },
                      [&](ParameterId id) { return asked.rulesets[book.parameters[id.index].ruleset.index]; }};
  const auto results = try_mutants(book, mutants_of(book, picked));
  std::int64_t killed = 0, survived = 0, thresholds = 0, no_difference = 0;
  for (const MutantResult& result : results) {
    const bool lives = result.killed_by.empty();
    killed += lives ? 0 : 1;
    no_difference += lives && result.mutant.no_difference ? 1 : 0;
    if (!lives || result.mutant.no_difference) continue;
    if (survived++ == 0) fmt::print("\nChanges that no scenario notices\n");
    thresholds += result.mutant.kind == Mutant::Kind::Threshold ? 1 : 0;
    print_survivor(book, result);
  }
  fmt::print("{}{}: {} noticed, {} not ({} of a threshold); {} make no difference to any value\n",
             results.empty() ? "" : "\n", counted(static_cast<std::int64_t>(results.size()), "change"), killed, survived,
             thresholds, no_difference);
  return thresholds > 0 ? kNo : kDone;
}

}  // namespace assay::cli
