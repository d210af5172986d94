// assay flags: what is raised, what is undetermined and for want of what, and how much is clear. The three never mix.
#include <map>

#include "apps/cli/command.h"
#include "apps/cli/run_table.h"
#include "engine/eval/words.h"

namespace assay::cli {

namespace {

struct Options {
  CommonOptions common;
  std::string severity, subject;
};

const char* severity_of(const Rule& rule) {
  const auto* flag = std::get_if<FlagRule>(&rule.body);
  if (!flag) return "";
  switch (flag->severity) {
    case ast::FlagSeverity::Low:
      return "low";
    case ast::FlagSeverity::Medium:
      return "medium";
    case ast::FlagSeverity::High:
      return "high";
    case ast::FlagSeverity::Commend:
      return "commend";
  }
  return "";
}

std::string basis_words(const Rule& rule) {
  return rule.grounds.basis ? std::string(to_string(*rule.grounds.basis)) : std::string("no basis stated");
}

// Interactions and criteria have no severity; asked for one, they are left out.
bool wanted(const Rule& rule, const Options& options) {
  return is_trigger(rule) && (options.severity.empty() || options.severity == severity_of(rule));
}

void print_raised(Evaluation& evaluation, const Outcome& outcome) {
  const Rule& rule = evaluation.rulebook().rule(outcome.rule);
  const std::string severity = severity_of(rule);
  fmt::print("  {}{}{} ({})\n    {}\n", rule.name, severity.empty() ? "" : ", ", severity, basis_words(rule),
             sentence_of(evaluation, outcome));
  const bool criterion = !outcome.reasons.empty() || std::holds_alternative<UnsupportedRule>(rule.body);
  if (criterion)
    fmt::print("    stands so since {}\n",
               evaluation.since(outcome.rule, outcome.subject, outcome.as_at).to_long_string());
  fmt::print("    assay why {} {} --as-at {}\n", rule.name, subject_text(evaluation.snapshot(), outcome.subject),
             outcome.as_at.to_string());
}

void print_undetermined(Evaluation& evaluation, const std::vector<Outcome>& outcomes, bool each) {
  std::map<std::string, std::vector<const Outcome*>> by_rule;
  for (const Outcome& outcome : outcomes) by_rule[evaluation.rulebook().rule(outcome.rule).name].push_back(&outcome);
  for (const auto& [rule, of] : by_rule) {
    fmt::print("  {}: {}\n", rule, of.size());
    if (!each) continue;
    for (const Outcome* outcome : of)
      fmt::print("    {}: {}\n", who(evaluation, *outcome), reasons_in_words(outcome->cell.why, evaluation.snapshot()));
  }
}

int flags(Options& options) {
  Asked asked;
  if (const int exit = ask(options.common, asked); exit != kDone) return exit;
  std::optional<SubjectId> subject;
  if (!options.subject.empty()) {
    auto found = find_subject(asked.book(), *asked.snapshot, asked.as_at, options.subject);
    if (!found) return tell(found.error());
    subject = *found;
  }
  Evaluation evaluation(asked.book(), *asked.snapshot);
  std::vector<Outcome> raised, undetermined;
  std::size_t clear = 0;
  for (Outcome& outcome : outcomes(evaluation, plan(asked.book(), asked.as_at, asked.known_on))) {
    const Subject& who = asked.snapshot->subject(outcome.subject);
    if (!wanted(asked.book().rule(outcome.rule), options)) continue;
    if (subject && outcome.subject != *subject && who.from != subject && who.to != subject) continue;
    if (outcome.status == Status::Raised)
      raised.push_back(std::move(outcome));
    else if (outcome.status == Status::Undetermined)
      undetermined.push_back(std::move(outcome));
    else
      ++clear;
  }
  fmt::print("As at {}, known on {}\n\nRaised: {}\n", asked.as_at.to_long_string(), asked.known_on.to_long_string(),
             raised.size());
  for (const Outcome& outcome : raised) print_raised(evaluation, outcome);
  fmt::print("\nUndetermined, for want of evidence: {}\n", undetermined.size());
  print_undetermined(evaluation, undetermined, subject.has_value());
  if (!undetermined.empty() && !subject) fmt::print("  `assay missing SUBJECT` says what would settle them\n");
  fmt::print("\nClear: {}\n", clear);
  return kDone;
}

}  // namespace

void add_flags(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand("flags", "what is raised, undetermined and clear");
  add_common(*command, options->common, "STORE", true);
  command->add_option("--severity", options->severity, "low, medium, high or commend")
      ->check(CLI::IsMember({"low", "medium", "high", "commend"}));
  command->add_option("--subject", options->subject, "one subject only");
  command->callback([&program, options] { program.exit = flags(*options); });
}

}  // namespace assay::cli
