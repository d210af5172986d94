// assay missing [SUBJECT]: the evidence that would settle what is not known, and which single piece of it would do
// alone.
#include "apps/cli/missing.h"

#include "apps/cli/being.h"
#include "apps/cli/lines.h"
#include "apps/cli/run_table.h"
#include "engine/eval/words.h"
#include "engine/whatif/stated.h"

namespace assay::cli {

namespace {

constexpr std::size_t kFew = 6;  // so many open outcomes are told in full

struct Options {
  CommonOptions common;
  std::string rule, since;
  bool all = false;
};

// The ends of what a piece of evidence could say: enough to see whether it settles a monotone question, every label of
// a choice.
std::vector<Value> tries(const ValueType& type) {
  std::vector<Value> out;
  if (type.kind == TypeKind::YesNo || type.kind == TypeKind::Event) return {Value(false), Value(true)};
  for (std::size_t label = 0; label < type.labels.size(); ++label)
    out.push_back(Value(Label{static_cast<std::uint16_t>(label)}));
  if (type.low && type.high) {
    const bool counted = type.kind == TypeKind::Score;
    if (!counted) return {Value(*type.low), Value(*type.high)};
    const auto low = type.low->to_scaled(0).value_or(0), high = type.high->to_scaled(0).value_or(0);
    for (std::int64_t score = low; score <= high; ++score) out.push_back(Value(Decimal::from_int(score)));
  }
  return out;
}

// Would this piece alone settle the outcome, whatever it turned out to say?
bool settles_alone(const Asked& asked, const Outcome& open, const Reason& reason) {
  const FieldDef& field = asked.book().schema.field(reason.field);
  // That takes time; what lies before a break is not mended by recording it.
  if (reason.detail.starts_with("too early to judge") || reason.detail.starts_with("not comparable")) return false;
  if (open.cell.why.size() == 1) return true;
  if (field.occurrence != Occurrence::State) return false;
  const auto values = tries(field.type);
  if (values.empty()) return false;
  for (const Value& value : values) {
    const Snapshot snapshot =
        with_stated(asked.book(), *asked.snapshot, {{reason.field, reason.subject, value, reason.on}}, open.as_at);
    Evaluation evaluation(asked.book(), snapshot);
    const Subject& who = asked.snapshot->subject(open.subject);
    if (outcome(evaluation, open.rule, *snapshot.find(who.kind, who.code), open.as_at).cell.unknown()) return false;
  }
  return true;
}

// The reasons of one field of one subject stand together.
void print_open(const Asked& asked, const Outcome& open) {
  const Rulebook& book = asked.book();
  const Snapshot& snapshot = *asked.snapshot;
  fmt::print("\n{}\n", book.rule(open.rule).name);
  print_lines("  of ", fmt::format("{}: {}", name_on(snapshot, open.subject, open.as_at), in_words(open, book)), 4);
  const Reasons& why = open.cell.why;
  std::vector<bool> told(why.size());
  for (std::size_t i = 0; i < why.size(); ++i) {
    if (told[i]) continue;
    std::string details;
    std::size_t alike = 0;
    for (std::size_t j = i; j < why.size(); ++j) {
      if (why[j].field != why[i].field || why[j].subject != why[i].subject) continue;
      told[j] = true;
      details += fmt::format("{}{}, {}", alike++ == 0 ? "" : "; ", to_string(why[j].kind), why[j].detail);
    }
    const FieldDef& field = book.schema.field(why[i].field);
    const std::string title = wanting_title(why[i], book.schema);
    if (why[i].detail == title) {  // no edition in force: no evidence would settle it
      print_lines("  - ", title);
      continue;
    }
    print_lines("  - ", why[i].subject == open.subject
                            ? title
                            : fmt::format("{} ({})", title, name_on(snapshot, why[i].subject, open.as_at)));
    print_lines("    ", details);
    fmt::print("    {} {}\n", field.name, subject_text(snapshot, why[i].subject));
    if (alike == 1 && settles_alone(asked, open, why[i])) fmt::print("    this alone would settle it\n");
  }
}

int missing(Options& options) {
  Asked asked;
  if (const int exit = ask(options.common, asked); exit != kDone) return exit;
  std::optional<SubjectId> subject;
  if (!options.common.words.empty()) {
    auto found = find_subject(asked.book(), *asked.snapshot, asked.as_at, options.common.words[0]);
    if (!found) return tell(found.error());
    subject = *found;
  }
  std::optional<RuleId> rule;
  if (!options.rule.empty()) {
    auto found = find_outcome(asked.book(), {asked.as_at, asked.known_on}, options.rule);
    if (!found) return tell(found.error());
    rule = *found;
  }
  if (!subject && !rule)
    return wrong_use("a subject or a rule is wanted",
                     "for instance: assay missing STORE council:E06000014, or --rule cqc.local_authority.overall");
  std::optional<Date> since;
  if (!options.since.empty()) {
    const auto date = read_date(options.since, "--since");
    if (!date) return tell(date.error());
    if (!subject)
      return wrong_use("--since is asked of a subject", "name one: assay missing STORE SUBJECT --since DATE");
    if (*date > asked.as_at)
      return wrong_use(
          fmt::format("--since: {} is after {}, the date asked about", date->to_string(), asked.as_at.to_string()));
    since = *date;
  }
  Evaluation evaluation(asked.book(), *asked.snapshot);
  fmt::print("As at {}, known on {}\n", asked.as_at.to_long_string(), asked.known_on.to_long_string());
  if (subject) print_nobody_to_ask(*asked.snapshot, *subject, asked.as_at);
  const bool whole = options.all || rule.has_value();
  std::vector<Outcome> open;
  std::size_t settled = 0;
  for (const Outcome& result : outcomes(evaluation, plan(asked.book(), {asked.as_at, asked.known_on}))) {
    const Subject& who = asked.snapshot->subject(result.subject);
    if ((rule && result.rule != *rule) ||
        (subject && result.subject != *subject && who.from != subject && who.to != subject))
      continue;
    if (!result.cell.unknown()) {
      ++settled;
      continue;
    }
    open.push_back(result);
  }
  if (whole || open.size() <= kFew)
    for (const Outcome& one : open) print_open(asked, one);
  else
    print_start(asked, open);
  fmt::print("\n{} open for want of evidence, {} settled\n", open.size(), settled);
  if (since) print_never_able(asked, evaluation, *subject, *since);
  return kDone;
}

}  // namespace

void add_missing(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand("missing", "the evidence that would settle what is not known");
  add_common(*command, options->common, "STORE [SUBJECT]", true);
  command->add_option("--rule", options->rule, "one rule only")->type_name("RULE");
  command->add_flag("--all", options->all, "every open outcome with all that it wants, not only where to start");
  command
      ->add_option("--since", options->since,
                   "list too what could never be decided since, and evidence that no rule reads")
      ->type_name("DATE");
  command->callback([&program, options] { program.exit = missing(*options); });
}

}  // namespace assay::cli
