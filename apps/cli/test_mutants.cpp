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

std::string noticed(int scenarios) {
  if (scenarios == 0) return "by none: no scenario expects anything of it";
  if (scenarios == 1) return "not by the one scenario that reaches it";
  return fmt::format("by none of the {} scenarios that reach it", scenarios);
}

void print_change(const Rulebook& book, const MutantResult& result) {
  const Mutant& mutant = result.mutant;
  fmt::print("  {}\n", kind_words(mutant.kind));
  print_lines("    ", line_of(book, mutant.span));
  print_lines("      the rule says  ", mutant.words);
  print_lines("      changed to     ", mutant.changed_to);
  if (!mutant.no_difference) print_lines("      noticed        ", noticed(result.reached_by));
}

}  // namespace

int print_mutants(const RulesAsked& asked) {
  const Rulebook& book = asked.book;
  const Picked picked{[&](RuleId rule) { return asked.counts(rule); },
                      [&](ParameterId id) { return asked.rulesets[book.parameters[id.index].ruleset.index]; }};
  const auto results = try_mutants(book, mutants_of(book, picked));
  std::int64_t noticed = 0, thresholds = 0;
  std::vector<const MutantResult*> survive, cannot_show;
  for (const MutantResult& result : results) {
    if (!result.killed_by.empty())
      ++noticed;
    else
      (result.mutant.no_difference ? cannot_show : survive).push_back(&result);
  }
  const auto list = [&](std::string_view heading, const std::vector<const MutantResult*>& some) {
    if (!some.empty()) fmt::print("\n{}\n", heading);
    for (const MutantResult* result : some) print_change(book, *result);
  };
  list("Changes that no scenario notices", survive);
  list("Changes that none could notice: no value lies between", cannot_show);
  for (const MutantResult* result : survive) thresholds += result->mutant.kind == Mutant::Kind::Threshold ? 1 : 0;
  if (!results.empty()) fmt::print("\n");
  print_lines("", fmt::format("{}: {} noticed, {} not ({} of a threshold), {} that none could notice",
                              counted(static_cast<std::int64_t>(results.size()), "change"), noticed, survive.size(),
                              thresholds, cannot_show.size()));
  return thresholds > 0 ? kNo : kDone;
}

}  // namespace assay::cli
