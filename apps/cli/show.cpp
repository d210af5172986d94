// assay show SUBJECT: one subject on a page.
#include "apps/cli/show.h"

#include "apps/cli/lines.h"
#include "apps/cli/run_table.h"
#include "engine/eval/outcome.h"
#include "engine/session/approval.h"

namespace assay::cli {

namespace {

void print_register(const Snapshot& snapshot, SubjectId subject, Date as_at) {
  const Subject& who = snapshot.subject(subject);
  const KindDef& kind = snapshot.schema().kind(who.kind);
  fmt::print("{} ({})\n", name_on(snapshot, subject, as_at), subject_text(snapshot, subject));
  for (const Observation& row : snapshot.rows(kind.register_field, subject)) {
    if (row.superseded || row.standing != Standing::Held) continue;
    print_lines("  ",
                fmt::format("{}{}{}: {}", std::get<std::string>(row.value),
                            row.valid_from.ymd().year == 1 ? "" : " from " + row.valid_from.to_long_string(),
                            row.valid_to ? " to " + row.valid_to->to_long_string() : "", row.document),
                4);
    if (!row.note.empty()) print_lines("    ", row.note);
  }
  if (!in_being(snapshot, subject, as_at)) fmt::print("  not in being on {}\n", as_at.to_long_string());
  std::vector<std::string> others;
  for (const Observation& row : snapshot.rows(kind.alias_field, subject))
    if (row.standing == Standing::Held && !row.superseded) others.push_back(std::get<std::string>(row.value));
  if (!others.empty()) print_lines("  also known as: ", fmt::format("{}", fmt::join(others, "; ")), 4);
}

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
  if (in_being(*asked.snapshot, *subject, asked.as_at))
    print_outcomes(asked, evaluation, *subject, plan(asked.book(), {asked.as_at, asked.known_on}));
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
