// assay show SUBJECT: one subject on a page.
#include "apps/cli/show.h"

#include "apps/cli/lines.h"
#include "apps/cli/run_table.h"
#include "engine/eval/outcome.h"
#include "engine/session/approval.h"

namespace assay::cli {

namespace {

void print_outcomes(const Asked& asked, Evaluation& evaluation, SubjectId subject, const Plan& plan) {
  const Rulebook& book = evaluation.rulebook();
  const Snapshot& snapshot = evaluation.snapshot();
  std::string ruleset;
  for (RuleId id : plan.rules) {
    const Rule& rule = book.rule(id);
    if (rule.kind != snapshot.subject(subject).kind || !evaluation.is_for(id, subject)) continue;
    if (book.ruleset(rule.ruleset).name != ruleset) {
      ruleset = book.ruleset(rule.ruleset).name;
      const auto& overlay = book.ruleset(rule.ruleset).overlay;
      fmt::print("\n");
      print_lines("",
                  fmt::format("{} (edition {}{}; {})", ruleset, book.ruleset(rule.ruleset).edition,
                              overlay ? ", local, on " + book.ruleset(overlay->on).name : "",
                              to_words(approval_of(asked.acts, edition_of(book, rule.ruleset), asked.known_on))),
                  2);
    }
    const Outcome result = outcome(evaluation, id, subject, plan.as_at);
    std::string said = in_words(result, book);
    if (rule.grounds.basis) said += fmt::format(" ({})", to_string(*rule.grounds.basis));
    if (std::holds_alternative<StageRule>(rule.body))
      for (const Mark& mark : result.cell.marks)
        if (mark.kind == MarkKind::NoDecisionHeld) said += ", no decision held here";
    print_lines(fmt::format("  {:<35} ", rule.name.substr(ruleset.size() + 1)), said);
    if (result.status == Status::Raised) print_lines("      ", sentence_of(evaluation, result));
  }
}

// A law that is only announced: there for whoever plans ahead, and read by no answer above.
void print_upcoming(const Rulebook& book, KindId kind, Date known_on) {
  bool headed = false;
  for (std::uint32_t i = 0; i < book.rulesets.size(); ++i) {
    const Ruleset& ruleset = book.rulesets[i];
    if (!ruleset.upcoming || *ruleset.announced > known_on) continue;
    if (std::none_of(book.rules.begin(), book.rules.end(),
                     [&](const Rule& rule) { return rule.ruleset.index == i && rule.kind == kind; }))
      continue;
    if (!headed) fmt::print("\nAnnounced, and evaluated by nothing\n");
    headed = true;
    print_lines(
        "  ", fmt::format("{} ({}), announced on {}", ruleset.title, ruleset.name, ruleset.announced->to_long_string()),
        4);
  }
}

int show(CommonOptions& options) {
  Asked asked;
  if (const int exit = ask(options, asked); exit != kDone) return exit;
  if (options.words.size() != 1)
    return wrong_use("one subject is wanted", "for instance: assay show STORE council:E06000014");
  auto subject = find_subject(asked.book(), *asked.snapshot, asked.as_at, options.words[0]);
  if (!subject) return tell(subject.error());
  Evaluation evaluation(asked.book(), *asked.snapshot);
  fmt::print("As at {}, known on {}\n\n", asked.as_at.to_long_string(), asked.known_on.to_long_string());
  print_register(*asked.snapshot, *subject, asked.as_at);
  print_links(evaluation, *subject, asked.as_at);
  const KindId kind = asked.snapshot->subject(*subject).kind;
  if (in_being(*asked.snapshot, *subject, asked.as_at)) {
    const Plan planned = plan(asked.book(), {asked.as_at, asked.known_on});
    print_outcomes(asked, evaluation, *subject, planned);
    if (std::none_of(planned.rules.begin(), planned.rules.end(),
                     [&](RuleId id) { return asked.book().rule(id).kind == kind; }))
      fmt::print("\nNo rule is asked of any {}\n", asked.book().schema.kind(kind).name);
  }
  print_upcoming(asked.book(), kind, asked.known_on);
  return kDone;
}

}  // namespace

void add_show(Program& program) {
  auto options = std::make_shared<CommonOptions>();
  CLI::App* command = program.app.add_subcommand("show", "one subject on a page");
  add_common(*command, *options, "STORE SUBJECT", true);
  command->callback([&program, options] { program.exit = show(*options); });
}

}  // namespace assay::cli
