// Shared parts of the subcommands.
#include "apps/cli/command.h"

#include <pwd.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "dsl/diagnostics/diagnostic.h"
#include "engine/eval/reading.h"
#include "engine/session/run.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace fs = std::filesystem;

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::WrongUse:
      return kWrongUse;
    case ErrorCode::BadInput:
    case ErrorCode::NotFound:
    case ErrorCode::Busy:
    case ErrorCode::Io:
      return kUnusable;
    case ErrorCode::Corruption:
      return kDamaged;
  }
  return kUnusable;
}

int tell(const Error& error) {
  std::fflush(stdout);
  fmt::print(stderr, "assay: {}\n", to_string(error));
  return exit_code(error.code);
}

int wrong_use(const std::string& message, const std::string& help) {
  return tell({ErrorCode::WrongUse, message, {}, help});
}

Date today() {
  const auto days = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return {static_cast<std::int32_t>(days.time_since_epoch().count())};
}

std::string now_utc() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::hh_mm_ss time(now - day);
  const Date date{static_cast<std::int32_t>(day.time_since_epoch().count())};
  return fmt::format("{}T{:02}:{:02}:{:02}Z", date.to_string(), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

std::string login_name() {
  const passwd* user = getpwuid(geteuid());
  return user && user->pw_name ? user->pw_name : "unnamed";
}

void tell_of_later_day(Date recorded_on) {
  if (!(today() < recorded_on) || isatty(STDERR_FILENO) == 0) return;
  fmt::print(stderr,
             "assay: --recorded-on {} is a day to come: what is asked as known on an earlier day will not count it\n",
             recorded_on.to_string());
}

std::string shipped_rules() {
  if (const char* named = std::getenv("ASSAY_RULESETS"); named && *named) return named;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const fs::path& place : {program / "../rulesets", program / "../share/assay/rulesets"})
    if (fs::is_directory(place, error)) return fs::weakly_canonical(place, error).string();
  return {};
}

void add_common(CLI::App& command, CommonOptions& options, const std::string& words_help, bool with_dates) {
  command.add_option("words", options.words, words_help);
  command.add_option("--store", options.store, "the evidence store (else the first word, else $ASSAY_STORE)")
      ->type_name("FILE");
  command.add_option("--rules", options.rules, "rule files or folders (else the shipped rulesets)")
      ->type_name("PATH")
      ->allow_extra_args(false);
  if (!with_dates) return;
  command.add_option("--as-at", options.as_at, "the date the question is about (else today)")->type_name("DATE");
  command
      .add_option("--known-on", options.known_on,
                  "count only what had been recorded by this date (else the last date on which anything was)")
      ->type_name("DATE");
}

Result<std::string> take_store(CommonOptions& options) {
  if (!options.store.empty()) return options.store;
  std::error_code error;
  const char* named = std::getenv("ASSAY_STORE");
  const bool first_is_file = !options.words.empty() && fs::is_regular_file(options.words.front(), error);
  if (first_is_file || (!named && !options.words.empty())) {
    std::string path = options.words.front();
    options.words.erase(options.words.begin());
    if (!first_is_file)
      return fail(ErrorCode::NotFound, fmt::format("there is no store `{}`", path), {},
                  "make one with `assay init`, or say which with --store");
    return path;
  }
  if (named && *named) return std::string(named);
  return fail(ErrorCode::WrongUse, "no store was named", {}, "give its file first, or set ASSAY_STORE");
}

Result<Date> read_date(const std::string& text, const std::string& option) {
  if (const auto date = Date::parse(text)) return *date;
  return fail(ErrorCode::WrongUse, fmt::format("`{}` is not a date", text), option, "write it as 2025-12-05");
}

Result<Date> as_at_of(const CommonOptions& options) {
  return options.as_at.empty() ? Result<Date>(today()) : read_date(options.as_at, "--as-at");
}

Result<std::optional<Date>> known_on_option(const CommonOptions& options) {
  if (options.known_on.empty()) return std::optional<Date>();
  auto date = read_date(options.known_on, "--known-on");
  if (!date) return tl::unexpected(date.error());
  return std::optional<Date>(*date);
}

std::string where_rules_were_read(const std::vector<std::string>& paths) {
  if (!paths.empty()) return fmt::format("the rules read were those of --rules {}", fmt::join(paths, " --rules "));
  return fmt::format("the rules read were the shipped ones, in {}; rules of your own are read with --rules PATH",
                     shipped_rules());
}

Rules rules_for(const std::vector<std::string>& paths) {
  const std::string shipped = shipped_rules();
  if (paths.empty() && shipped.empty())
    return {std::nullopt, wrong_use("the shipped rulesets were not found",
                                    "say where rules are with --rules, or set ASSAY_RULESETS")};
  auto loaded = load_rules(paths.empty() ? std::vector<std::string>{shipped} : paths, shipped);
  if (!loaded) return {std::nullopt, tell(loaded.error())};
  if (loaded->sink.has_errors()) {
    std::fflush(stdout);
    fmt::print(stderr, "{}assay: the rules have {} mistake{}; nothing was done\n",
               render(loaded->sink, loaded->rulebook.sources), loaded->sink.error_count(),
               loaded->sink.error_count() == 1 ? "" : "s");
    return {std::nullopt, kNo};
  }
  return {std::move(*loaded), kDone};
}

int ask(CommonOptions& options, Asked& asked) {
  if (const int exit = open_to_ask(options, asked); exit != kDone) return exit;
  return take_all(asked);
}

int open_to_ask(CommonOptions& options, Asked& asked) {
  auto path = take_store(options);
  if (!path) return tell(path.error());
  auto as_at = as_at_of(options);
  if (!as_at) return tell(as_at.error());
  auto known_on = known_on_option(options);
  if (!known_on) return tell(known_on.error());
  auto store = Store::open(*path, Access::Read);
  if (!store) return tell(store.error());
  auto rules = rules_for(options.rules);
  if (!rules.loaded) return rules.exit;
  asked.path = *path;
  asked.store = std::make_unique<Store>(std::move(*store));
  asked.rules = std::make_unique<LoadedRules>(std::move(*rules.loaded));
  asked.as_at = *as_at;
  auto known = known_on_of(*asked.store, *known_on, *as_at);
  if (!known) return tell(known.error());
  asked.known_on = *known;
  auto acts = asked.store->ruleset_acts();
  if (!acts) return tell(acts.error());
  asked.acts = std::move(*acts);
  return kDone;
}

int take_all(Asked& asked) {
  auto snapshot = asked.store->snapshot(asked.book().schema, asked.known_on);
  if (!snapshot) return tell(snapshot.error());
  asked.snapshot = std::make_unique<Snapshot>(std::move(*snapshot));
  return kDone;
}

namespace {

// Subjects that go by a text: their code, their name on the date, or another code or spelling recorded for them.
std::vector<SubjectId> known_as(const Snapshot& snapshot, KindId kind, Date as_at, const std::string& text) {
  const std::string wanted = lower_case(text);
  std::vector<SubjectId> found;
  const KindDef& def = snapshot.schema().kind(kind);
  for (SubjectId subject : snapshot.of_kind(kind)) {
    bool is =
        lower_case(snapshot.subject(subject).code) == wanted || lower_case(name_on(snapshot, subject, as_at)) == wanted;
    for (const Observation& row : snapshot.rows(def.alias_field, subject))
      is = is || (row.standing == Standing::Held && lower_case(std::get<std::string>(row.value)) == wanted);
    if (is) found.push_back(subject);
  }
  return found;
}

tl::unexpected<Error> no_such_subject(const Snapshot& snapshot, const std::vector<KindId>& kinds, Date as_at,
                                      const std::string& text) {
  std::vector<std::string> names;
  for (KindId kind : kinds)
    for (SubjectId subject : snapshot.of_kind(kind)) {
      names.push_back(name_on(snapshot, subject, as_at));
      names.push_back(snapshot.subject(subject).code);
    }
  const auto near = near_name(text, names);
  return fail(ErrorCode::WrongUse, fmt::format("no subject `{}` is in this store", text), {},
              near ? fmt::format("did you mean `{}`?", *near) : "write it as council:E06000014, or by its name");
}

}  // namespace

Result<SubjectId> find_subject(const Rulebook& book, const Snapshot& snapshot, Date as_at, const std::string& text) {
  std::vector<KindId> kinds;
  std::string name = text;
  if (const auto split = split_subject(text)) {
    const auto kind = book.schema.find_kind(split->kind);
    if (!kind) {
      std::vector<std::string> names;
      for (const KindDef& def : book.schema.kinds()) names.push_back(def.name);
      const auto near = near_name(split->kind, names);
      return fail(ErrorCode::WrongUse, fmt::format("the rules know no kind `{}`", split->kind), {},
                  near ? fmt::format("did you mean `{}`?", *near) : fmt::format("the kinds are {}", join_words(names)));
    }
    kinds = {*kind};
    name = split->code;
  } else {
    for (std::uint32_t kind = 0; kind < book.schema.kinds().size(); ++kind)
      if (!book.schema.kind({kind}).relation) kinds.push_back({kind});
  }
  std::vector<SubjectId> found;
  for (KindId kind : kinds)
    for (SubjectId subject : known_as(snapshot, kind, as_at, name)) found.push_back(subject);
  // A body that is in being goes before one of the same name that has ended.
  if (found.size() > 1) {
    std::vector<SubjectId> present;
    for (SubjectId subject : found)
      if (in_being(snapshot, subject, as_at)) present.push_back(subject);
    if (!present.empty()) found = present;
  }
  if (found.empty()) return no_such_subject(snapshot, kinds, as_at, name);
  if (found.size() == 1) return found.front();
  std::vector<std::string> names;
  for (SubjectId subject : found) names.push_back(fmt::format("`{}`", subject_text(snapshot, subject)));
  return fail(ErrorCode::WrongUse, fmt::format("`{}` may be {}", text, join_words(names, "or")), {},
              "write one of these");
}

Result<RuleId> find_outcome(const Rulebook& book, const EditionAsked& asked, const std::string& text) {
  if (const auto rule = book.find_rule(text)) return book.rule_on(*rule, asked).value_or(*rule);
  std::vector<std::string> ending;
  std::optional<RuleId> found;
  for (std::uint32_t rule = 0; rule < book.rules.size(); ++rule) {
    // An overlay's outcome is asked for by its full name.
    if (!book.rules[rule].name.ends_with("." + text) || book.rules[rule].local_of) continue;
    if (found && book.same_rule(*found, {rule})) continue;
    ending.push_back(fmt::format("`{}`", book.rules[rule].name)), found = RuleId{rule};
  }
  if (ending.size() == 1) return book.rule_on(*found, asked).value_or(*found);
  if (ending.size() > 1)
    return fail(ErrorCode::WrongUse, fmt::format("`{}` may be {}", text, join_words(ending, "or")), {},
                "write one of these");
  const auto names = book.rule_names();
  std::vector<std::string> all = names;
  for (const std::string& name : names) all.push_back(name.substr(name.find_last_of('.') + 1));
  const auto near = near_name(text, all);
  return fail(
      ErrorCode::WrongUse, fmt::format("no rule is called `{}`", text), {},
      near ? fmt::format("did you mean `{}`?", *near)
           : "name the files of rules of your own with --rules; `assay show SUBJECT` lists what is asked of one");
}

}  // namespace assay::cli
