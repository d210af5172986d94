// What every subcommand shares: exit codes, how an error is told, where the store and the rules are, and the one clock.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/explain/words.h"
#include "engine/session/rules.h"
#include "evidence/core/result.h"
#include "evidence/core/snapshot.h"
#include "evidence/store/store.h"

namespace assay::cli {

enum Exit : int { kDone = 0, kNo = 1, kWrongUse = 2, kUnusable = 3, kDamaged = 4 };

int exit_code(ErrorCode code);
// "assay: place: message; help" on stderr; gives the exit code.
int tell(const Error& error);
int wrong_use(const std::string& message, const std::string& help = {});

// Today, and this moment in UTC: the only clock in the program.
Date today();
std::string now_utc();
std::string login_name();
// On a terminal, to the person there: that what is recorded on a later day counts only from then. Never refused.
void tell_of_later_day(Date recorded_on);

// Where the shipped rulesets are: $ASSAY_RULESETS, else beside the program, else installed.
std::string shipped_rules();

// Each subcommand registers itself; its callback leaves the exit code here.
struct Program {
  CLI::App app{"Assay: assurance of health and adult social care, from evidence to explained outcomes"};
  int exit = kDone;
};
void add_init(Program&);
void add_import(Program&);
void add_record(Program&);
void add_check(Program&);
void add_prove(Program&);
void add_fmt(Program&);
void add_test(Program&);
void add_run(Program&);
void add_flags(Program&);
void add_show(Program&);
void add_why(Program&);
void add_changed(Program&);
void add_whynot(Program&);
void add_whatif(Program&);
void add_missing(Program&);
void add_timeline(Program&);
void add_diff(Program&);
void add_trail(Program&);
void add_trail_personal(Program&, CLI::App& trail);
void add_trail_redact(Program&, CLI::App& trail);
void add_trail_replay(Program&, CLI::App& trail);
void add_trail_log(Program&, CLI::App& trail);
void add_report(Program&);
void add_rules(Program&);
void add_burden(Program&);
void add_matrix(Program&);
void add_balance(Program&);
void add_accountability(Program&);
void add_calendar(Program&);
void add_map(Program&);
void add_library(Program&);
void add_return(Program&);
void add_export(Program&);

// Options that most commands take. `words` are the positional words; the store is --store, else the first word where it
// names a file, else $ASSAY_STORE.
struct CommonOptions {
  std::vector<std::string> words;
  std::string store, as_at, known_on;
  std::vector<std::string> rules;
};
void add_common(CLI::App& command, CommonOptions& options, const std::string& words_help, bool with_dates);
// Takes the store's path out of the words. WrongUse when there is none.
Result<std::string> take_store(CommonOptions& options);
Result<Date> read_date(const std::string& text, const std::string& option);
// --as-at, else today.
Result<Date> as_at_of(const CommonOptions& options);
Result<std::optional<Date>> known_on_option(const CommonOptions& options);

// Which rules were read, where a name was not found in them: those of --rules, or the shipped ones and where they are.
std::string where_rules_were_read(const std::vector<std::string>& paths);
// Checked rules, or the diagnostics on stderr and an exit code of 1.
struct Rules {
  std::optional<LoadedRules> loaded;
  int exit = kDone;
};
Rules rules_for(const std::vector<std::string>& paths);

// Everything a question needs. The snapshot is as known on the date asked.
struct Asked {
  std::string path;  // of the store
  std::unique_ptr<LoadedRules> rules;
  std::unique_ptr<Store> store;
  std::unique_ptr<Snapshot> snapshot;
  Date as_at, known_on;
  std::vector<RulesetAct> acts;  // all that were recorded: of the texts proposed and approved
  const Rulebook& book() const { return rules->rulebook; }
};
// Opens the store to read, loads rules and snapshot; on failure tells why and gives the exit code.
int ask(CommonOptions& options, Asked& asked);
// The same in two steps, for a question of which a part of the evidence will do: opens and loads; takes all evidence.
int open_to_ask(CommonOptions& options, Asked& asked);
int take_all(Asked& asked);

// `council:E06000014`, another code of it, or an unambiguous name. WrongUse with near names.
Result<SubjectId> find_subject(const Rulebook& book, const Snapshot& snapshot, Date as_at, const std::string& text);
// A qualified name, or a last part that only one rule has; of its editions the one in force. WrongUse with near names.
Result<RuleId> find_outcome(const Rulebook& book, const EditionAsked& asked, const std::string& text);

}  // namespace assay::cli
