// assay why OUTCOME SUBJECT: the explanation, down to documents, and what the trail has on record of it.
#include "apps/cli/why.h"

#include "apps/cli/being.h"
#include "apps/cli/help.h"
#include "apps/cli/lines.h"
#include "engine/explain/explanation.h"
#include "engine/explain/outcome_row.h"
#include "engine/session/about.h"
#include "engine/session/approval.h"
#include "engine/session/run.h"

namespace assay::cli {

namespace {

struct Options {
  CommonOptions common;
  std::string format = "tree";
  std::optional<std::int64_t> run;
};

// Of an interaction: its link, by its two ends.
Result<SubjectId> subject_of(const Rulebook& book, const Snapshot& snapshot, Date as_at, const Rule& rule,
                             const std::vector<std::string>& words) {
  auto first = find_subject(book, snapshot, as_at, words[1]);
  if (!first) return first;
  const KindDef& kind = book.schema.kind(rule.kind);
  if (!kind.relation) {
    if (words.size() > 2)
      return fail(ErrorCode::WrongUse, fmt::format("{} is of one subject", rule.name), {}, "name one");
    if (snapshot.subject(*first).kind == rule.kind) return first;
    return fail(ErrorCode::WrongUse, fmt::format("{} is of a {}, and `{}` is a {}", rule.name, kind.name, words[1],
                                                 book.schema.kind(snapshot.subject(*first).kind).name));
  }
  if (snapshot.subject(*first).kind == rule.kind) return first;
  if (words.size() < 3)
    return fail(ErrorCode::WrongUse, fmt::format("{} is between two subjects", rule.name), {},
                fmt::format("assay why {} {} and then the other end", rule.name, words[1]));
  auto second = find_subject(book, snapshot, as_at, words[2]);
  if (!second) return second;
  for (const auto& [from, to] : {std::pair(*first, *second), std::pair(*second, *first)})
    if (const auto link = snapshot.find(rule.kind, link_code(snapshot.subject(from).code, snapshot.subject(to).code)))
      return *link;
  return fail(ErrorCode::WrongUse, fmt::format("no {} joins `{}` and `{}`", kind.name, words[1], words[2]), {},
              "`assay show` lists what each belongs to");
}

// A run asks only of bodies in being: what a body that has ended would be is no answer about it.
std::optional<Error> nobody_to_ask(const Asked& asked, const Question& question) {
  const Snapshot& snapshot = *asked.snapshot;
  const std::string gone = not_in_being_in_words(snapshot, question.subject, asked.as_at);
  if (gone.empty()) return std::nullopt;
  const auto last = last_day(snapshot, question.subject, asked.as_at);
  const bool link = snapshot.schema().kind(snapshot.subject(question.subject).kind).relation;
  std::string help = "ask as at a day on which it is in being";
  if (last) help = fmt::format("ask --as-at {}", last->to_string());
  if (last && !link)
    help += fmt::format(", or `assay show {}` for what followed it", subject_text(snapshot, question.subject));
  return Error{ErrorCode::WrongUse,
               fmt::format("{} {}, so {} is not asked of it on {}", name_on(snapshot, question.subject, asked.as_at),
                           gone, asked.book().rule(question.rule).name, asked.as_at.to_long_string()),
               {},
               help};
}

int print_today(Asked& asked, const Question& question, const Options& options) {
  Evaluation evaluation(asked.book(), *asked.snapshot);
  const Outcome found = outcome(evaluation, question.rule, question.subject, asked.as_at);
  Explanation explanation = explain(evaluation, found);
  explanation.approval = approval_in_words(asked.acts, asked.book(), asked.book().rule(question.rule).ruleset,
                                           {asked.as_at, asked.known_on});
  if (options.format == "json") {
    fmt::print("{}\n", to_json(explanation));
    return kDone;
  }
  if (options.format == "text") {
    print_lines("", to_paragraph(explanation));
    return kDone;
  }
  fmt::print("{}", to_tree(explanation));
  return print_on_record(asked, question,
                         {digest_of(explanation).to_string(), outcome_row(evaluation, found, std::nullopt)});
}

// Of a large store, where the question is of one body written as it was recorded, what is held of that body; else all.
int take_evidence(Asked& asked, const std::vector<std::string>& words, bool of_run) {
  constexpr std::int64_t kLarge = 200'000;  // rows
  auto extent = asked.store->extent();
  if (!extent) return tell(extent.error());
  if (extent->rows < kLarge || words.size() != 2 || of_run) return take_all(asked);
  const auto rule = find_outcome(asked.book(), {asked.as_at, asked.known_on}, words[0]);
  if (!rule) return take_all(asked);  // which says what is wrong with it
  auto part = snapshot_about(*asked.store, asked.book(), *rule, words[1], asked.known_on);
  if (!part) return tell(part.error());
  if (!*part) return take_all(asked);
  asked.snapshot = std::make_unique<Snapshot>(std::move(**part));
  return kDone;
}

int why(Options& options) {
  Asked asked;
  if (const int exit = open_to_ask(options.common, asked); exit != kDone) return exit;
  const auto& words = options.common.words;
  if (const int exit = take_evidence(asked, words, options.run.has_value()); exit != kDone) return exit;
  if (words.size() < 2 || words.size() > 3)
    return wrong_use("a rule and a subject are wanted",
                     "for instance: assay why STORE cqc.local_authority.overall council:E06000009");
  if (const auto field = asked.book().schema.find_field(words[0]);
      field && !options.run && !asked.book().find_rule(words[0])) {
    auto subject = find_subject(asked.book(), *asked.snapshot, asked.as_at, words[1]);
    if (!subject) return tell(subject.error());
    return why_evidence(asked, *field, *subject);
  }
  if (options.run) return then_and_now(asked, words, *options.run, options.format);
  auto question = question_of(asked.book(), *asked.snapshot, asked.as_at, words);
  if (!question) return tell(question.error());
  if (const auto nobody = nobody_to_ask(asked, *question)) return tell(*nobody);
  return print_today(asked, *question, options);
}

}  // namespace

Result<Question> question_of(const Rulebook& book, const Snapshot& snapshot, Date as_at,
                             const std::vector<std::string>& words) {
  auto rule = find_outcome(book, {as_at, snapshot.known_on()}, words[0]);
  if (!rule) return tl::unexpected(rule.error());
  auto subject = subject_of(book, snapshot, as_at, book.rule(*rule), words);
  if (!subject) return tl::unexpected(subject.error());
  return Question{*rule, *subject};
}

void add_why(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand("why", "why an outcome is what it is, down to documents");
  add_common(*command, options->common, "STORE RULE SUBJECT [OTHER_END]", true);
  command->add_option("--format", options->format, "tree, text or json")->check(one_of({"tree", "text", "json"}));
  command
      ->add_option("--run", options->run, "as this run of the trail concluded it, and beside it as it would be today")
      ->type_name("NUMBER");
  command->callback([&program, options] { program.exit = why(*options); });
}

}  // namespace assay::cli
