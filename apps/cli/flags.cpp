// assay flags: what is raised, what is undetermined and for want of what, and how much is clear. The three never mix.
#include "apps/cli/being.h"
#include "apps/cli/command.h"
#include "apps/cli/help.h"
#include "apps/cli/lines.h"
#include "apps/cli/run_table.h"

namespace assay::cli {

namespace {

struct Options {
  CommonOptions common;
  std::string severity, subject;
};

struct Found {
  std::vector<Outcome> raised, undetermined;
  std::size_t clear = 0;
};

// Interactions and criteria have no severity; asked for one, they are left out.
bool wanted(const Rule& rule, const Options& options) {
  return is_trigger(rule) && (options.severity.empty() || options.severity == severity_in_words(rule));
}

// Of an interaction, beside one of its ends, the other.
std::string named(const Evaluation& evaluation, const Outcome& outcome, std::optional<SubjectId> beside) {
  const Snapshot& snapshot = evaluation.snapshot();
  const Subject& link = snapshot.subject(outcome.subject);
  if (!beside || !link.from) return who(evaluation, outcome);
  return name_on(snapshot, *link.from == *beside ? *link.to : *link.from, outcome.as_at);
}

std::vector<std::vector<const Outcome*>> by_rule(const Rulebook& book, const std::vector<Outcome>& outcomes) {
  std::vector<std::vector<const Outcome*>> groups;
  for (const Outcome& outcome : outcomes) {
    if (groups.empty() || groups.back().front()->rule != outcome.rule) groups.emplace_back();
    groups.back().push_back(&outcome);
  }
  std::stable_sort(groups.begin(), groups.end(), [&](const auto& a, const auto& b) {
    return weight_of(book.rule(a.front()->rule)) < weight_of(book.rule(b.front()->rule));
  });
  return groups;
}

const Outcome& at(const Outcome& outcome) { return outcome; }
const Outcome& at(const Outcome* outcome) { return *outcome; }

// "3", "3, 1 of them waived".
template <class Outcomes>
std::string raised_in_words(const Outcomes& raised) {
  const auto waived =
      std::count_if(raised.begin(), raised.end(), [](const auto& one) { return at(one).waiver.has_value(); });
  return waived == 0 ? fmt::format("{}", raised.size()) : fmt::format("{}, {} of them waived", raised.size(), waived);
}

void print_raised(Evaluation& evaluation, const std::vector<Outcome>& raised) {
  for (const auto& group : by_rule(evaluation.rulebook(), raised)) {
    const Rule& rule = evaluation.rulebook().rule(group.front()->rule);
    const std::string severity = severity_in_words(rule);
    const std::string basis = rule.grounds.basis ? std::string(to_string(*rule.grounds.basis)) : "no basis stated";
    fmt::print("  {}: {}\n    {}{}{}\n", rule.name, raised_in_words(group), severity, severity.empty() ? "" : ", ",
               basis);
    const bool criterion = !group.front()->reasons.empty() || std::holds_alternative<UnsupportedRule>(rule.body);
    for (const Outcome* outcome : group) {
      fmt::print("    {}\n", subject_text(evaluation.snapshot(), outcome->subject));
      print_lines("      ", sentence_of(evaluation, *outcome));
      if (outcome->waiver) print_lines("      ", in_words(*outcome, evaluation.rulebook()), 8);
      if (!criterion) continue;
      fmt::print("      so at every month's end since {}\n",
                 evaluation.since(outcome->rule, outcome->subject, outcome->as_at).to_long_string());
      for (const Mark& mark : outcome->cell.marks)
        if (mark.kind == MarkKind::NoDecisionHeld) fmt::print("      no decision is held here\n");
    }
  }
}

// With the reasons where one subject was asked for; those with the same reasons stand together.
void print_undetermined(Evaluation& evaluation, const std::vector<Outcome>& undetermined,
                        std::optional<SubjectId> subject) {
  for (const auto& group : by_rule(evaluation.rulebook(), undetermined)) {
    fmt::print("  {}: {}\n", evaluation.rulebook().rule(group.front()->rule).name, group.size());
    if (!subject) continue;
    std::vector<std::pair<std::string, std::string>> alike;  // reasons, and whose
    for (const Outcome* outcome : group) {
      const std::string wanting = wanting_in_words(outcome->cell.why, evaluation.snapshot());
      auto found = std::find_if(alike.begin(), alike.end(), [&](const auto& known) { return known.first == wanting; });
      if (found == alike.end()) found = alike.insert(found, {wanting, {}});
      found->second += (found->second.empty() ? "" : "; ") + named(evaluation, *outcome, subject);
    }
    for (const auto& [wanting, whose] : alike) {
      print_lines("    ", whose);
      print_lines("      ", wanting);
    }
  }
}

Found find(Evaluation& evaluation, const Asked& asked, const Options& options, std::optional<SubjectId> subject) {
  Found found;
  for (Outcome& outcome : outcomes(evaluation, plan(asked.book(), {asked.as_at, asked.known_on}))) {
    const Subject& who = asked.snapshot->subject(outcome.subject);
    if (!wanted(asked.book().rule(outcome.rule), options)) continue;
    if (subject && outcome.subject != *subject && who.from != subject && who.to != subject) continue;
    if (outcome.status == Status::Raised)
      found.raised.push_back(std::move(outcome));
    else if (outcome.status == Status::Undetermined)
      found.undetermined.push_back(std::move(outcome));
    else
      ++found.clear;
  }
  return found;
}

int flags(Options& options) {
  Asked asked;
  if (const int exit = ask(options.common, asked); exit != kDone) return exit;
  if (!options.common.words.empty())
    return wrong_use(fmt::format("`{}` is a word too many here", options.common.words.front()),
                     "one subject only: --subject NAME");
  std::optional<SubjectId> subject;
  if (!options.subject.empty()) {
    auto known = find_subject(asked.book(), *asked.snapshot, asked.as_at, options.subject);
    if (!known) return tell(known.error());
    subject = *known;
  }
  Evaluation evaluation(asked.book(), *asked.snapshot);
  const Found found = find(evaluation, asked, options, subject);
  fmt::print("As at {}, known on {}\n", asked.as_at.to_long_string(), asked.known_on.to_long_string());
  if (subject) print_nobody_to_ask(*asked.snapshot, *subject, asked.as_at);
  fmt::print("\nRaised: {}\n", raised_in_words(found.raised));
  print_raised(evaluation, found.raised);
  fmt::print("\nUndetermined, for want of evidence: {}\n", found.undetermined.size());
  print_undetermined(evaluation, found.undetermined, subject);
  fmt::print("\nClear: {}\n", found.clear);
  if (!found.raised.empty()) fmt::print("\n`assay why RULE SUBJECT --as-at {}` says why\n", asked.as_at.to_string());
  if (!found.undetermined.empty())
    fmt::print("{}`assay missing SUBJECT --as-at {}` says what would settle it\n", found.raised.empty() ? "\n" : "",
               asked.as_at.to_string());
  return kDone;
}

}  // namespace

void add_flags(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand("flags", "what is raised, undetermined and clear");
  add_common(*command, options->common, "STORE", true);
  command->add_option("--severity", options->severity, "low, medium, high or commend")
      ->check(one_of({"low", "medium", "high", "commend"}));
  command->add_option("--subject", options->subject, "one subject only")->type_name("SUBJECT");
  command->callback([&program, options] { program.exit = flags(*options); });
}

}  // namespace assay::cli
