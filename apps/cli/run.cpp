// assay run STORE --as-at DATE: evaluate every rule for every subject, and write the run to the trail.
#include "engine/session/run.h"

#include <map>

#include "apps/cli/command.h"
#include "apps/cli/help.h"
#include "apps/cli/run_table.h"
#include "apps/cli/signing.h"
#include "engine/plan/plan.h"
#include "engine/session/approval.h"
#include "engine/session/packed_run.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

struct Options {
  CommonOptions common;
  std::string from, every, format = "table", by, key;
  bool no_trail = false, draft = false, official = false, packed = false, anew = false;
};

std::optional<Step> step_named(const std::string& name) {
  for (Step step : {Step::Day, Step::Week, Step::Month, Step::Quarter, Step::Year, Step::FinancialYear})
    if (name == to_string(step)) return step;
  return std::nullopt;
}

// The ends of the steps from the first date on, and the as-at date itself.
Result<std::vector<Date>> grid(const Options& options) {
  auto as_at = as_at_of(options.common);
  if (!as_at) return tl::unexpected(as_at.error());
  if (options.from.empty() != options.every.empty())
    return fail(ErrorCode::WrongUse, "--from and --every go together", {},
                "for instance --from 2024-04-01 --every quarter");
  std::vector<Date> dates;
  if (!options.from.empty()) {
    auto from = read_date(options.from, "--from");
    if (!from) return tl::unexpected(from.error());
    const auto step = step_named(options.every);
    if (!step)
      return fail(ErrorCode::WrongUse, fmt::format("`{}` is not a step", options.every), "--every",
                  "write day, week, month, quarter or year");
    for (Date end = step_end(*from, *step); end < *as_at; end = step_end(Date{end.days + 1}, *step))
      dates.push_back(end);
  }
  dates.push_back(*as_at);
  return dates;
}

std::string not_official(const std::vector<std::string>& drafts) {
  if (drafts.empty()) return "not marked official";
  return fmt::format("not official; draft, not approved: {}", join_words(drafts));
}

Result<void> print(const Options& options, const RunResult& result, Evaluation& evaluation, bool first,
                   const std::vector<std::string>& drafts) {
  const std::string& format = options.format;
  if (format == "table") {
    if (!first) fmt::print("\n");
    print_table(result, evaluation, options.official ? "an official run" : not_official(drafts));
  } else if (format == "csv") {
    print_csv(result, first);
  } else if (format == "ndjson") {
    for (const std::string& row : result.rows) fmt::print("{}\n", row);
  } else {
    for (std::size_t i = 0; i < result.rows.size(); ++i)
      fmt::print("{}{}", first && i == 0 ? "[\n" : ",\n", result.rows[i]);
  }
  return {};
}

// The rulesets used on any of the dates that nobody but their proposer has approved, each in words, once.
Result<std::vector<std::string>> drafts_in(Store& store, const Rulebook& book, const std::vector<Date>& dates,
                                           const std::optional<Date>& known_on) {
  auto acts = store.ruleset_acts();
  if (!acts) return tl::unexpected(acts.error());
  std::vector<std::string> drafts;
  for (const Date as_at : dates) {
    auto known = known_on_of(store, known_on, as_at);
    if (!known) return tl::unexpected(known.error());
    for (const RulesetId used : rulesets_used(book, EditionAsked{as_at, *known})) {
      const RulesetEdition edition = edition_of(book, used);
      if (!approval_of(*acts, edition, *known).draft()) continue;
      const std::string words = fmt::format("{} edition {}", edition.name, edition.edition);
      if (std::find(drafts.begin(), drafts.end(), words) == drafts.end()) drafts.push_back(words);
    }
  }
  return drafts;
}

int refuse(const std::vector<std::string>& drafts) {
  fmt::print(
      stderr,
      "assay: no official run: {} {} not been approved by a second person as the text stands; `assay rules list` "
      "tells which text was, `assay rules --help` how it is done\n",
      join_words(drafts), drafts.size() == 1 ? "has" : "have");
  return kNo;
}

// Of each rule how its answers fall; what columns cannot answer is named, so that nobody takes it for clear.
int run_by_columns(Store& store, const Rulebook& book, const RunRequest& request, bool anew) {
  auto result = run_packed(store, book, request, anew ? Begin::Anew : Begin::FromEarlier);
  if (!result) return tell(result.error());
  fmt::print("As at {}, known on {}: {} rules by columns, {} left out\n\n", result->as_at.to_long_string(),
             result->known_on.to_long_string(), result->counts.size(), result->left_out.size());
  fmt::print("{:<40} {:>11} {:>11} {:>12}\n", "", "known/clear", "raised", "unknown");
  for (const PackedCounts& counts : result->counts) {
    const bool trigger = is_trigger(book.rule(counts.rule));
    fmt::print("{:<40} {:>11} {:>11} {:>12}\n", book.rule(counts.rule).name,
               trigger ? counts.fell.known - counts.fell.raised : counts.fell.known,
               trigger ? fmt::format("{}", counts.fell.raised) : "", counts.fell.unknown);
  }
  for (const auto& [rule, why] : result->left_out) fmt::print("not evaluated: {}: {}\n", book.rule(rule).name, why);
  for (const std::string& note : result->notes) fmt::print("{}\n", note);
  if (const auto& from = result->begun_from)
    fmt::print("\nBegun from run {}: {} of {} blocks evaluated again.\nNothing new reaches the others.\n", from->run,
               from->evaluated, from->blocks);
  if (result->record)
    fmt::print("\nRun {} is entry {} of the trail. It keeps no explanations: `assay why` makes them.\n",
               result->record->number, result->record->entry);
  return kDone;
}

int run_all(Options& options) {
  options.no_trail = options.no_trail || options.draft;
  auto path = take_store(options.common);
  if (!path) return tell(path.error());
  auto dates = grid(options);
  if (!dates) return tell(dates.error());
  auto known_on = known_on_option(options.common);
  if (!known_on) return tell(known_on.error());
  auto rules = rules_for(options.common.rules);
  if (!rules.loaded) return rules.exit;
  auto store = Store::open(*path, options.no_trail ? Access::Read : Access::Write);
  if (!store) return tell(store.error());
  if (options.official && options.no_trail)
    return wrong_use("an official run stands in the trail", "leave out --no-trail and --draft");
  auto drafts = drafts_in(*store, rules.loaded->rulebook, *dates, *known_on);
  if (!drafts) return tell(drafts.error());
  if (options.official && !drafts->empty()) return refuse(*drafts);
  auto key = options.no_trail ? Result<std::optional<SigningKey>>() : key_of(*store, *path, options.key);
  if (!key) return tell(key.error());
  RunRequest request{*dates, *known_on, options.by.empty() ? login_name() : options.by, now_utc()};
  request.record = !options.no_trail;
  request.drafts = options.draft;
  request.rows = options.format != "table";
  request.official = options.official;
  if (options.packed) {
    if (options.format != "table" || options.draft || !options.from.empty())
      return wrong_use("--packed gives counts, of one date and of editions in force",
                       "leave out --format, --draft, --from and --every");
    return run_by_columns(*store, rules.loaded->rulebook, request, options.anew);
  }
  bool first = true;
  auto done = run(*store, rules.loaded->rulebook, request, [&](const RunResult& result, Evaluation& evaluation) {
    auto printed = print(options, result, evaluation, first, *drafts);
    first = false;
    return printed;
  });
  if (!done) return tell(done.error());
  if (*key)
    if (auto note = sign_head(*store, *path, **key); !note) return tell(note.error());
  if (options.format == "json") fmt::print("{}]\n", first ? "[" : "\n");
  return kDone;
}

}  // namespace

void add_run(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      program.app.add_subcommand("run", "evaluate every rule for every subject, and write it to the trail");
  add_common(*command, options->common, "STORE", true);
  command->add_option("--from", options->from, "first date of a grid of dates, which ends at --as-at")
      ->type_name("DATE");
  command->add_option("--every", options->every, "its step: month, quarter, year")->type_name("STEP");
  command->add_option("--format", options->format, "table, ndjson, json or csv")
      ->check(one_of({"table", "ndjson", "json", "csv"}));
  command->add_option("--by", options->by, "who runs this (else the login name)")->type_name("NAME");
  command->add_option("--key", options->key, kKeyHelp)->type_name("FILE");
  command->add_flag("--official", options->official, "mark the run official: every ruleset it uses must be approved");
  command->add_flag("--packed", options->packed,
                    "for stores of millions: whole kinds at once, answers kept as columns, counts printed");
  command->add_flag("--anew", options->anew,
                    "with --packed: evaluate everything, though an earlier run could be begun from");
  command->add_flag("--no-trail", options->no_trail, "evaluate only; record nothing");
  command->add_flag("--draft", options->draft, "let draft editions take part, marked so; record nothing");
  command->callback([&program, options] { program.exit = run_all(*options); });
}

}  // namespace assay::cli
