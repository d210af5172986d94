// assay changed DATE1 DATE2: every outcome that is not what it was, put down to new evidence, correction, time passing,
// a changed rule or geography; and what became of bodies and links.
#include <map>

#include "apps/cli/command.h"
#include "apps/cli/help.h"
#include "apps/cli/lines.h"
#include "engine/history/changed.h"
#include "engine/session/run.h"

namespace assay::cli {

namespace {

constexpr std::size_t kListed = 8;  // of a rule, where nobody asked about it
constexpr std::size_t kNamed = 12;  // bodies in a line
constexpr std::size_t kRows = 4;    // behind one change
constexpr std::size_t kInputs = 6;
constexpr std::size_t kDocuments = 3;

struct Options {
  CommonOptions common;
  std::vector<std::string> known_on;
  std::string rule, subject, format = "text";
};

// Both questions, each over what was known by its own date.
struct Questions {
  Asked later;
  std::unique_ptr<Snapshot> before;  // none: the same is known at both
  Between between;
  ChangedQuestion of;
};

int dates_of(Options& options, Between& between) {
  std::vector<std::string>& words = options.common.words;
  if (words.size() == 1) words.push_back(words.front());
  if (words.size() != 2)
    return wrong_use("two dates are wanted", "for instance: assay changed STORE 2026-03-31 2026-04-01");
  for (const auto& [word, date] : {std::pair(&words[0], &between.was_as_at), std::pair(&words[1], &between.as_at)}) {
    const auto read = read_date(*word, "the date asked about");
    if (!read) return tell(read.error());
    *date = *read;
  }
  if (between.as_at < between.was_as_at)
    return wrong_use(fmt::format("{} is before {}", words[1], words[0]), "give the earlier date first");
  if (options.known_on.size() > 2)
    return wrong_use("--known-on: one date for both questions, or one for each", "give it once or twice");
  words.clear();
  options.common.as_at = between.as_at.to_string();
  if (!options.known_on.empty()) options.common.known_on = options.known_on.back();
  return kDone;
}

int ask_both(Options& options, Questions& out) {
  auto path = take_store(options.common);
  if (!path) return tell(path.error());
  options.common.store = *path;
  if (const int exit = dates_of(options, out.between); exit != kDone) return exit;
  if (const int exit = ask(options.common, out.later); exit != kDone) return exit;
  out.between.known_on = out.between.was_known_on = out.later.known_on;
  if (options.known_on.size() == 2) {
    const auto known = read_date(options.known_on.front(), "--known-on");
    if (!known) return tell(known.error());
    if (out.between.known_on < *known)
      return wrong_use(fmt::format("--known-on: {} is before {}", options.known_on[1], options.known_on[0]),
                       "give the earlier date first");
    out.between.was_known_on = *known;
    auto before = out.later.store->snapshot(out.later.book().schema, *known);
    if (!before) return tell(before.error());
    out.before = std::make_unique<Snapshot>(std::move(*before));
  }
  if (out.between.was_as_at == out.between.as_at && out.between.was_known_on == out.between.known_on)
    return wrong_use("both questions are the same", "give two dates, or --known-on twice");
  if (!options.subject.empty()) {
    auto found = find_subject(out.later.book(), *out.later.snapshot, out.between.as_at, options.subject);
    if (!found) return tell(found.error());
    out.of.subject = *found;
  }
  if (options.rule.empty()) return kDone;
  auto found = find_outcome(out.later.book(), {out.between.as_at, out.between.known_on}, options.rule);
  if (!found) return tell(found.error());
  out.of.rule = out.later.book().rule(*found).name;
  return kDone;
}

std::string causes_in_words(const std::vector<Cause>& causes) {
  std::string out;
  for (std::size_t i = 0; i < causes.size(); ++i)
    out += fmt::format("{}{}", i == 0 ? "" : i + 1 == causes.size() ? " and " : ", ", in_words(causes[i]));
  return out;
}

bool is_performance(const std::vector<Cause>& causes) {
  return std::any_of(causes.begin(), causes.end(),
                     [](Cause cause) { return cause == Cause::NewEvidence || cause == Cause::Correction; });
}

void print_head(const Between& between) {
  if (between.was_known_on == between.known_on) {
    fmt::print("From {} to {}, known on {}\n", between.was_as_at.to_long_string(), between.as_at.to_long_string(),
               between.known_on.to_long_string());
    return;
  }
  fmt::print("From {}, known on {},\n  to {}, known on {}\n", between.was_as_at.to_long_string(),
             between.was_known_on.to_long_string(), between.as_at.to_long_string(), between.known_on.to_long_string());
}

void print_counts(const Changed& changed) {
  std::map<std::vector<Cause>, std::size_t> counts;
  for (const Cause cause :
       {Cause::NewEvidence, Cause::Correction, Cause::TimePassing, Cause::ChangedRule, Cause::Geography})
    counts[{cause}] = 0;
  for (const Change& one : changed.changes) ++counts[one.causes];
  fmt::print("\n{} asked at either date: {} the same, {} not\n",
             counted(static_cast<std::int64_t>(changed.asked), "outcome"), changed.asked - changed.changes.size(),
             changed.changes.size());
  // One cause first, then those of which several are needed.
  for (const bool several : {false, true})
    for (const auto& [causes, count] : counts)
      if ((causes.size() > 1) == several) print_lines(fmt::format("{:>8}  ", count), causes_in_words(causes), 10);
  fmt::print("{:>8}  in all\n", changed.changes.size());
  const auto performance = std::count_if(changed.changes.begin(), changed.changes.end(),
                                         [](const Change& one) { return is_performance(one.causes); });
  if (changed.changes.empty()) return;
  if (performance == 0)
    fmt::print("None is performance: no difference rests on new evidence or a correction\n");
  else
    fmt::print("{} on new evidence or a correction\n",
               performance == 1 ? "1 rests" : fmt::format("{} rest", performance));
}

void print_bodies(const char* what, const std::vector<MapBody>& bodies) {
  if (bodies.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < std::min(bodies.size(), kNamed); ++i)
    names += fmt::format("{}{} ({})", i == 0 ? "" : "; ", bodies[i].name, bodies[i].subject);
  if (bodies.size() > kNamed) names += fmt::format("; and {} more", bodies.size() - kNamed);
  print_lines(fmt::format("    {:>4} {}: ", bodies.size(), what), names, 6);
}

void print_relation(const RelationChanged& relation, const Schema& schema) {
  const KindDef& def = schema.kind(relation.relation);
  const std::string &froms = schema.kind(def.from).plural, &tos = schema.kind(def.to).plural;
  print_lines("  ",
              fmt::format("{}, {} to {}: {} ended, {} begun", def.title.empty() ? def.name : def.title, froms, tos,
                          counted(static_cast<std::int64_t>(relation.ended), "link"), relation.begun),
              4);
  for (std::size_t i = 0; i < std::min(relation.documents.size(), kDocuments); ++i)
    print_lines("    recorded from: ", relation.documents[i], 6);
  if (relation.documents.size() > kDocuments)
    fmt::print("      and {} more notes\n", relation.documents.size() - kDocuments);
  fmt::print("    {} in two or more {}: {}, then {}\n", froms, tos, relation.several_was, relation.several_now);
  for (const LinksOf& one : relation.links)
    print_lines("      ", fmt::format("{}: {}, then {}", one.name, one.was, one.now), 8);
}

void print_map(const MapChanges& map, const Schema& schema) {
  if (map.kinds.empty() && map.relations.empty()) return;
  fmt::print("\nBodies and links\n");
  for (const KindChanged& kind : map.kinds) {
    fmt::print("  {}\n", schema.kind(kind.kind).plural);
    print_bodies("ended", kind.ended);
    print_bodies("begun", kind.begun);
  }
  for (const RelationChanged& relation : map.relations) print_relation(relation, schema);
}

void print_behind(const Behind& found) {
  for (std::size_t i = 0; i < std::min(found.inputs.size(), kInputs); ++i) {
    const InputMoved& input = found.inputs[i];
    print_lines("      ",
                fmt::format("{}: {}, then {}{}{}", input.title, input.was, input.now, input.turn.empty() ? "" : ", ",
                            input.turn),
                8);
  }
  if (found.inputs.size() > kInputs) fmt::print("      and {} more that it reads\n", found.inputs.size() - kInputs);
  for (const std::string& rule : found.rules) print_lines("      changed rule: ", rule, 8);
  for (std::size_t i = 0; i < std::min(found.rows.size(), kRows); ++i) {
    const RowBehind& row = found.rows[i];
    print_lines("      ",
                fmt::format("{}{}: {} of {}: {}, {}; {}{}{}, recorded on {} by {} (row {})", in_words(row.cause),
                            row.read_before ? ", no longer" : "", row.title, row.subject_name, row.says,
                            period_in_words(row.valid_from, row.valid_to), row.document, row.place.empty() ? "" : ", ",
                            row.place, row.recorded_on.to_string(), row.recorded_by, row.row),
                8);
  }
  if (found.rows.size() > kRows) fmt::print("      and {} more rows\n", found.rows.size() - kRows);
  for (std::size_t i = 0; i < std::min(found.wanting.size(), kInputs); ++i)
    print_lines("      wanting: ", found.wanting[i], 8);
  if (found.wanting.size() > kInputs) fmt::print("      and {} more wanting\n", found.wanting.size() - kInputs);
}

// The differences of one rule. Bodies asked at one date only are counted where nobody asked for them.
class RuleListing {
 public:
  explicit RuleListing(bool in_full) : in_full_(in_full) {}

  void print(const Change& one, Evaluation& was, Evaluation& now, const Between& between) {
    if (one.rule != rule_) {
      end();
      rule_ = one.rule;
      fmt::print("\n");
      print_lines("", one.rule == one.title ? one.rule : fmt::format("{} ({})", one.title, one.rule), 2);
    }
    const bool both = one.was_asked && one.is_asked;
    if (!in_full_ && !both) return void(++(one.is_asked ? begun_ : ended_));
    if (!in_full_ && shown_ == kListed) return void(++left_);
    ++shown_;
    const std::string answers = fmt::format("{}: {}, then {}", one.name, one.was, one.now);
    if (!in_full_) return print_lines("  ", fmt::format("{} - {}", answers, causes_in_words(one.causes)), 4);
    print_lines("  ", answers, 4);
    fmt::print("    {}\n", causes_in_words(one.causes));
    print_behind(behind(was, now, between, one));
  }
  void end() {
    if (left_ > 0) fmt::print("  and {} more: --rule lists all\n", left_);
    if (ended_ > 0) fmt::print("  {} no longer asked\n", ended_);
    if (begun_ > 0) fmt::print("  {} asked that {} not before\n", begun_, begun_ == 1 ? "was" : "were");
    shown_ = left_ = ended_ = begun_ = 0;
  }

 private:
  bool in_full_;
  std::string rule_;
  std::size_t shown_ = 0, left_ = 0, ended_ = 0, begun_ = 0;
};

int changed(Options& options) {
  Questions asked;
  if (const int exit = ask_both(options, asked); exit != kDone) return exit;
  const Rulebook& book = asked.later.book();
  Evaluation was(book, asked.before ? *asked.before : *asked.later.snapshot), now(book, *asked.later.snapshot);
  const Changed found = what_changed(was, now, asked.between, asked.of);
  if (options.format == "json") {
    fmt::print("{}\n", to_json(found, was, now));
    return kDone;
  }
  print_head(asked.between);
  print_counts(found);
  const bool narrowed = asked.of.rule || asked.of.subject;
  if (!narrowed) print_map(found.map, book.schema);
  RuleListing listing(narrowed);
  for (const Change& one : found.changes) listing.print(one, was, now, asked.between);
  listing.end();
  return kDone;
}

}  // namespace

void add_changed(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand(
      "changed", "what differs between two dates, and whether it is evidence, a rule, time or the map that moved");
  add_common(*command, options->common, "STORE DATE1 [DATE2]", false);
  command
      ->add_option("--known-on", options->known_on,
                   "count only what had been recorded by this date; given twice, the first for DATE1 (else the last "
                   "date on which anything was)")
      ->type_name("DATE")
      ->allow_extra_args(false);
  command->add_option("--rule", options->rule, "one rule only, with what lies behind each difference")
      ->type_name("RULE");
  command->add_option("--subject", options->subject, "one subject only, likewise")->type_name("SUBJECT");
  command->add_option("--format", options->format, "text or json")->check(one_of({"text", "json"}));
  command->callback([&program, options] { program.exit = changed(*options); });
}

}  // namespace assay::cli
