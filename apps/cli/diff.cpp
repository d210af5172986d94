// assay diff OLD NEW: was the bar moved? Two sets of rules by meaning; with a store, who would move, and what changed
// near a decision.
#include "apps/cli/command.h"
#include "apps/cli/help.h"
#include "apps/cli/lines.h"
#include "apps/cli/two_texts.h"
#include "dsl/compare/compare.h"
#include "engine/history/moved.h"
#include "engine/history/near_decisions.h"
#include "engine/session/approval.h"
#include "engine/session/run.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

constexpr std::size_t kMovedShown = 20;  // of a rule
constexpr std::int32_t kNearDays = 30;

struct Options {
  CommonOptions common;
  std::int32_t near_days = kNearDays;
};

// Rules at a path, and what of them is taken as though in force.
struct Side {
  std::string path;
  LoadedRules rules;
  std::vector<std::string> as_though;
};

struct Held {
  std::vector<RuleMoved> moved;
  std::vector<NearDecision> near;
  std::vector<RulesetAct> acts;  // proposals and approvals
  Date as_at, known_on, acts_known_on;
};

std::string or_none(const std::string& text) { return text.empty() ? "(none)" : text; }

const char* what_words(Compared::What what) {
  return what == Compared::What::Rule ? "rule" : what == Compared::What::Parameter ? "parameter" : "evidence";
}

const RuleMoved* moved_of(const Held& held, const Compared& item) {
  for (const RuleMoved& one : held.moved)
    if (item.what == Compared::What::Rule && one.rule == item.name) return &one;
  return nullptr;
}

void print_moved(const Held& held, const Compared& item) {
  const RuleMoved* found = moved_of(held, item);
  if (!found) return;
  if (found->moved.empty()) {
    fmt::print("  of {} asked, nobody would move\n", found->asked);
    return;
  }
  fmt::print("  of {} asked, {} would move:\n", found->asked, found->moved.size());
  for (std::size_t i = 0; i < std::min(found->moved.size(), kMovedShown); ++i) {
    const Moved& one = found->moved[i];
    print_lines("    ", fmt::format("{} ({}): {}, then {}", one.name, one.subject, one.was, one.now), 6);
  }
  if (found->moved.size() > kMovedShown) fmt::print("    and {} more\n", found->moved.size() - kMovedShown);
}

void print_item(const Compared& item, const std::optional<Held>& held) {
  fmt::print("\n");
  print_lines(fmt::format("{:<8} ", to_string(item.verdict)), fmt::format("{} {}", what_words(item.what), item.name));
  if (!item.how.empty()) print_lines("  ", item.how);
  if (item.verdict == Verdict::Added) print_lines("  new: ", item.now);
  if (item.verdict == Verdict::Removed) print_lines("  old: ", item.was);
  const bool both = item.verdict != Verdict::Added && item.verdict != Verdict::Removed;
  if (both && item.was + item.now != "") print_two_texts("  old: ", or_none(item.was), "  new: ", or_none(item.now));
  for (const std::string& name : item.through) print_lines("  reads ", name + ", which changed", 4);
  if (held) print_moved(*held, item);
}

void print_grounds(const Comparison& found) {
  bool any = false;
  for (const Compared& item : found.items) {
    if (item.grounds.empty()) continue;
    if (!any) fmt::print("\nGrounds and wording, which change no outcome\n");
    any = true;
    print_lines("  ", fmt::format("{} {}", what_words(item.what), item.name), 4);
    for (const GroundsChange& one : item.grounds) {
      fmt::print("    {}\n", one.what);
      print_two_texts("      old: ", one.was.empty() ? "(none)" : one.was,
                      "      new: ", one.now.empty() ? "(none)" : one.now);
    }
  }
}

void print_near(const Held& held, std::int32_t days) {
  fmt::print("\nChanged near a decision (within {} before it)\n", counted(days, "day"));
  if (held.near.empty()) fmt::print("  nothing\n");
  for (const NearDecision& one : held.near) {
    print_lines("  ", fmt::format("{}, from {}", one.what, one.begins.to_long_string()), 4);
    print_lines("    ",
                fmt::format("{} later, {}: {} of {}", counted(one.on.days - one.begins.days, "day"),
                            one.on.to_long_string(), one.decision, one.name),
                6);
    if (!one.document.empty()) print_lines("    ", one.document, 6);
  }
}

void print_counts(const Comparison& found) {
  constexpr Verdict kOrder[] = {Verdict::Stricter, Verdict::Looser,  Verdict::Changed,
                                Verdict::Added,    Verdict::Removed, Verdict::Same};
  fmt::print("\n{:<12}", "");
  for (const Verdict verdict : kOrder) fmt::print("{:>10}", to_string(verdict));
  fmt::print("\n");
  for (const Compared::What what : {Compared::What::Rule, Compared::What::Parameter, Compared::What::Evidence}) {
    fmt::print("{:<12}", what == Compared::What::Evidence ? "evidence" : fmt::format("{}s", what_words(what)));
    for (const Verdict verdict : kOrder)
      fmt::print("{:>10}", std::count_if(found.items.begin(), found.items.end(), [&](const Compared& item) {
                   return item.what == what && item.verdict == verdict;
                 }));
    fmt::print("\n");
  }
}

// Whose change it was, and why: what the trail holds of this very text.
std::string origin_in_words(const Held& held, const Rulebook& book, RulesetId id) {
  const Approval approval = approval_of(held.acts, edition_of(book, id), held.acts_known_on);
  if (!approval.proposed) return "no proposal or approval of this text is recorded";
  const auto act_in_words = [](std::string_view done, const RulesetAct& act) {
    return fmt::format("{} by {} on {}{}", done, act.by, act.on.to_long_string(),
                       act.because.empty() ? "" : ", because: " + act.because);
  };
  std::string words = act_in_words("proposed", *approval.proposed) + "; " +
                      (approval.approved ? act_in_words("approved", *approval.approved) : "not approved");
  const Ruleset& ruleset = book.ruleset(id);
  if (approval.proposed->on > ruleset.in_force_from)
    words += fmt::format("; in force from {}, before it was recorded", ruleset.in_force_from.to_long_string());
  return words;
}

void print_edition(const char* label, const std::string& words, const Rulebook& book, const std::string& ruleset,
                   const std::optional<Held>& held) {
  print_lines(label, words.empty() ? "(not there)" : words);
  if (!held || words.empty()) return;
  std::optional<RulesetId> last;
  for (std::uint32_t i = 0; i < book.rulesets.size(); ++i)
    if (book.rulesets[i].name == ruleset &&
        (!last || book.rulesets[i].in_force_from > book.ruleset(*last).in_force_from))
      last = RulesetId{i};
  if (last) print_lines("       ", origin_in_words(*held, book, *last), 9);
}

void print_editions(const Comparison& found, const Side& was, const Side& now, const std::optional<Held>& held) {
  for (const EditionCompared& one : found.editions) {
    fmt::print("\n{}\n", one.ruleset);
    print_edition("  old: ", one.was, was.rules.rulebook, one.ruleset, held);
    print_edition("  new: ", one.now, now.rules.rulebook, one.ruleset, held);
  }
}

// Both sets of rules over one store.
int hold_against(Options& options, Side& was, Side& now, std::optional<Held>& held) {
  auto as_at = as_at_of(options.common);
  if (!as_at) return tell(as_at.error());
  auto asked = known_on_option(options.common);
  if (!asked) return tell(asked.error());
  auto store = Store::open(options.common.store, Access::Read);
  if (!store) return tell(store.error());
  auto known_on = known_on_of(*store, *asked, *as_at);
  if (!known_on) return tell(known_on.error());
  held.emplace();
  held->as_at = *as_at;
  held->known_on = *known_on;
  held->acts_known_on = asked->value_or(Date{INT32_MAX});
  auto acts = store->ruleset_acts();
  if (!acts) return tell(acts.error());
  held->acts = std::move(*acts);
  auto then = store->snapshot(was.rules.rulebook.schema, *known_on);
  if (!then) return tell(then.error());
  auto snapshot = store->snapshot(now.rules.rulebook.schema, *known_on);
  if (!snapshot) return tell(snapshot.error());
  held->near = near_decisions(was.rules.rulebook, now.rules.rulebook, *snapshot, options.near_days);
  for (Side* side : {&was, &now}) side->as_though = take_as_in_force(side->rules.rulebook, *as_at, *known_on);
  Evaluation before(was.rules.rulebook, *then), after(now.rules.rulebook, *snapshot);
  held->moved = who_moves(before, after, *as_at);
  return kDone;
}

void print_head(const Side& was, const Side& now, const std::optional<Held>& held) {
  print_lines("old: ", was.path);
  print_lines("new: ", now.path);
  if (!held) return;
  fmt::print("as at {}, known on {}\n", held->as_at.to_long_string(), held->known_on.to_long_string());
  for (const auto& [word, side] : {std::pair("old", &was), std::pair("new", &now)})
    if (!side->as_though.empty())
      print_lines("  ",
                  fmt::format("not in force then, and taken as though it were: the {} edition of {}", word,
                              join_words(side->as_though)),
                  4);
}

int diff(Options& options) {
  const auto& words = options.common.words;
  if (words.size() != 2)
    return wrong_use("two sets of rules are wanted", "for instance: assay diff rules/2024 rules/2025 --store STORE");
  const bool dated = !options.common.as_at.empty() || !options.common.known_on.empty();
  if (dated && options.common.store.empty())
    return wrong_use("--as-at and --known-on say of which evidence", "name it with --store");
  if (options.near_days < 0) return wrong_use("--near: days are counted from 0", "for instance --near 30");
  std::vector<Side> sides;
  for (const std::string& path : words) {
    // PATH@EDITION: one edition of those that stand there.
    const std::size_t at = path.find_last_of('@');
    auto rules = rules_for({path.substr(0, at)});
    if (!rules.loaded) return rules.exit;
    if (at != std::string::npos && !take_edition(rules.loaded->rulebook, path.substr(at + 1)))
      return wrong_use(fmt::format("no ruleset at {} has an edition `{}`", path.substr(0, at), path.substr(at + 1)),
                       "editions are named in the head of a ruleset");
    sides.push_back({path, std::move(*rules.loaded), {}});
  }
  const Comparison found = compare(sides[0].rules.rulebook, sides[1].rules.rulebook);
  std::optional<Held> held;
  if (!options.common.store.empty())
    if (const int exit = hold_against(options, sides[0], sides[1], held); exit != kDone) return exit;
  print_head(sides[0], sides[1], held);
  print_editions(found, sides[0], sides[1], held);
  print_counts(found);
  for (const Compared& item : found.items) {
    const RuleMoved* moved = held ? moved_of(*held, item) : nullptr;
    if (item.verdict != Verdict::Same || (moved && !moved->moved.empty())) print_item(item, held);
  }
  print_grounds(found);
  if (held) print_near(*held, options.near_days);
  return kDone;
}

}  // namespace

void add_diff(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand(
      "diff", "two sets of rules by meaning: stricter, looser, changed or the same, and who would move");
  command->add_option("words", options->common.words, "OLD[@EDITION] NEW[@EDITION]");
  command->add_option("--store", options->common.store, "say who would move, by the evidence in this store")
      ->type_name("FILE");
  command->add_option("--as-at", options->common.as_at, "the date on which they would (else today)")->type_name("DATE");
  command
      ->add_option("--known-on", options->common.known_on,
                   "count only what had been recorded by this date (else the last date on which anything was)")
      ->type_name("DATE");
  command
      ->add_option("--near", options->near_days,
                   "days before a decision within which a change is pointed out (else 30)")
      ->type_name("DAYS");
  command->callback([&program, options] { program.exit = diff(*options); });
}

}  // namespace assay::cli
