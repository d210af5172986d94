// assay rules: a ruleset is proposed by one person and approved by another; until then it is a draft.
#include <filesystem>

#include "apps/cli/command.h"
#include "apps/cli/lines.h"
#include "engine/session/approval.h"
#include "engine/session/run_body.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

namespace fs = std::filesystem;

struct Options {
  CommonOptions common;
  std::string by, because, recorded_on, known_on;
};

// What an act says of itself. WrongUse where a name or a reason is not text.
Result<RulesetAct> said(const Options& options, RulesetAct::Kind kind) {
  RulesetAct act;
  act.kind = kind;
  act.by = options.by.empty() ? login_name() : options.by;
  act.because = options.because;
  act.recorded_at = now_utc();
  act.on = today();
  if (first_bad_utf8(act.by) || first_bad_utf8(act.because))
    return fail(ErrorCode::WrongUse, "a name or a reason is not text in UTF-8", "--by, --because");
  if (trim(act.by).empty()) return fail(ErrorCode::WrongUse, "no name was given", "--by", "write who does this");
  if (options.recorded_on.empty()) return act;
  auto on = read_date(options.recorded_on, "--recorded-on");
  if (!on) return tl::unexpected(on.error());
  act.on = *on;
  return act;
}

// Is the file one of those named, or under a folder that is?
bool is_under(const std::string& file, const std::vector<std::string>& paths) {
  const fs::path canonical = fs::weakly_canonical(file);
  return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
    const fs::path relative = canonical.lexically_relative(fs::weakly_canonical(path));
    return !relative.empty() && *relative.begin() != "..";
  });
}

std::vector<RulesetId> rulesets_under(const Rulebook& book, const std::vector<std::string>& paths) {
  std::vector<RulesetId> found;
  for (std::uint32_t i = 0; i < book.rulesets.size(); ++i) {
    const auto& files = book.rulesets[i].files;
    const bool named = paths.empty() || std::any_of(files.begin(), files.end(), [&](FileId file) {
                         return is_under(book.sources.file(file).path(), paths);
                       });
    if (named) found.push_back({i});
  }
  return found;
}

std::string edition_in_words(const std::string& ruleset, const std::string& edition) {
  return edition.empty() ? ruleset : fmt::format("{} edition {}", ruleset, edition);
}

int propose(Options& options) {
  auto path = take_store(options.common);
  if (!path) return tell(path.error());
  auto act = said(options, RulesetAct::Kind::Proposal);
  if (!act) return tell(act.error());
  if (act->because.empty())
    return wrong_use("a proposal says why it is made", "for instance --because \"the limit agreed on 3 March\"");
  const std::vector<std::string> paths = options.common.words;
  auto rules = rules_for(paths);
  if (!rules.loaded) return rules.exit;
  const Rulebook& book = rules.loaded->rulebook;
  auto store = Store::open(*path, Access::Write);
  if (!store) return tell(store.error());
  auto acts = store->ruleset_acts();
  if (!acts) return tell(acts.error());
  const auto texts = texts_of(book);
  for (const RulesetId id : rulesets_under(book, paths)) {
    const Ruleset& ruleset = book.ruleset(id);
    const std::string what = edition_in_words(ruleset.name, ruleset.edition);
    if (const Approval known = approval_of(*acts, edition_of(book, id), act->on); known.proposed || known.approved) {
      print_lines("", fmt::format("{}: this text stands already, {}", what, to_words(known)), 2);
      continue;
    }
    act->ruleset = ruleset.name;
    act->edition = ruleset.edition;
    act->texts.clear();
    for (const FileId file : ruleset.files) act->texts.push_back(texts[file.index]);
    auto entry = store->record_act(*act);
    if (!entry) return tell(entry.error());
    print_lines("",
                fmt::format("{}: proposed by {}, trail entry {}; a draft until a second person approves it", what,
                            act->by, *entry),
                2);
  }
  return kDone;
}

// The proposal that is meant: of the edition named, or of the only one that has any; of several the last.
Result<RulesetAct> proposal_of(const std::vector<RulesetAct>& acts, const std::string& word) {
  const auto at = word.find('@');
  const std::string name = word.substr(0, at);
  const std::string edition = at == std::string::npos ? "" : word.substr(at + 1);
  std::vector<std::string> names, editions;
  const RulesetAct* found = nullptr;
  for (const RulesetAct& act : acts) {
    if (act.kind != RulesetAct::Kind::Proposal) continue;
    names.push_back(act.ruleset);
    if (act.ruleset != name) continue;
    const std::string qualified = fmt::format("`{}@{}`", name, act.edition);
    if (std::find(editions.begin(), editions.end(), qualified) == editions.end()) editions.push_back(qualified);
    if (at == std::string::npos || act.edition == edition) found = &act;
  }
  if (editions.empty()) {
    const auto near = near_name(name, names);
    return fail(ErrorCode::WrongUse, fmt::format("no ruleset `{}` has been proposed", name), {},
                near ? fmt::format("did you mean `{}`?", *near) : "`assay rules propose` does that");
  }
  if (at == std::string::npos && editions.size() > 1)
    return fail(ErrorCode::WrongUse, fmt::format("`{}` may be {}", name, join_words(editions, "or")), {},
                "write one of these");
  if (!found)
    return fail(ErrorCode::WrongUse, fmt::format("edition `{}` of `{}` has not been proposed", edition, name), {},
                fmt::format("there is {}", join_words(editions)));
  return *found;
}

RulesetEdition edition_of(const RulesetAct& act) {
  RulesetEdition edition{act.ruleset, act.edition, {}};
  for (const RulesetText& text : act.texts) edition.texts.push_back(text.digest);
  std::sort(edition.texts.begin(), edition.texts.end());
  return edition;
}

int refuse(const std::string& sentence) {
  std::fflush(stdout);
  fmt::print(stderr, "assay: {}\n", sentence);
  return kNo;
}

int approve(Options& options) {
  auto path = take_store(options.common);
  if (!path) return tell(path.error());
  if (options.common.words.size() != 1)
    return wrong_use("one ruleset is wanted", "write: assay rules approve STORE RULESET[@EDITION] --by NAME");
  auto act = said(options, RulesetAct::Kind::Approval);
  if (!act) return tell(act.error());
  auto store = Store::open(*path, Access::Write);
  if (!store) return tell(store.error());
  auto acts = store->ruleset_acts();
  if (!acts) return tell(acts.error());
  auto proposal = proposal_of(*acts, options.common.words[0]);
  if (!proposal) return tell(proposal.error());
  const std::string what = edition_in_words(proposal->ruleset, proposal->edition);
  if (act->on < proposal->on)
    return wrong_use(
        fmt::format("{} was proposed on {}, after {}", what, proposal->on.to_string(), act->on.to_string()),
        "an approval comes no earlier than its proposal");
  if (same_person(act->by, proposal->by))
    return refuse(fmt::format("{} was proposed by {}, so it is for a second person to approve it", what, proposal->by));
  if (const Approval known = approval_of(*acts, edition_of(*proposal), act->on); known.approved) {
    print_lines("", fmt::format("{}: this text stands already, {}", what, to_words(known)), 2);
    return kDone;
  }
  act->ruleset = proposal->ruleset;
  act->edition = proposal->edition;
  act->texts = proposal->texts;
  act->proposal = proposal->entry;
  auto entry = store->record_act(*act);
  if (!entry) return tell(entry.error());
  print_lines("",
              fmt::format("{}: approved by {}, trail entry {}; proposed by {} in entry {}", what, act->by, *entry,
                          proposal->by, proposal->entry),
              2);
  return kDone;
}

void print_act(const RulesetAct& act) {
  const bool proposal = act.kind == RulesetAct::Kind::Proposal;
  print_lines("  ",
              fmt::format("{} on {} by {}, trail entry {}{}", proposal ? "proposed" : "approved",
                          act.on.to_long_string(), act.by, act.entry, act.because.empty() ? "" : ": " + act.because),
              4);
  for (const RulesetText& text : act.texts)
    if (proposal) fmt::print("    {}\n    {}\n", text.file, text.digest.to_string());
}

int list(Options& options) {
  auto path = take_store(options.common);
  if (!path) return tell(path.error());
  auto store = Store::open(*path, Access::Read);
  if (!store) return tell(store.error());
  auto acts = store->ruleset_acts();
  if (!acts) return tell(acts.error());
  if (acts->empty()) {
    fmt::print("No ruleset has been proposed: every one is a draft.\n");
    return kDone;
  }
  std::vector<std::pair<std::string, std::vector<const RulesetAct*>>> editions;
  for (const RulesetAct& act : *acts) {
    const std::string what = edition_in_words(act.ruleset, act.edition);
    auto found = std::find_if(editions.begin(), editions.end(), [&](const auto& known) { return known.first == what; });
    if (found == editions.end()) found = editions.insert(found, {what, {}});
    found->second.push_back(&act);
  }
  for (const auto& [what, of] : editions) {
    const auto last = std::find_if(of.rbegin(), of.rend(),
                                   [](const RulesetAct* act) { return act->kind == RulesetAct::Kind::Proposal; });
    const bool draft = last == of.rend() || approval_of(*acts, edition_of(**last), Date{INT32_MAX}).draft();
    fmt::print("{}: {}\n", what, draft ? "the text proposed last is a draft" : "the text proposed last is approved");
    for (const RulesetAct* act : of) print_act(*act);
  }
  return kDone;
}

CLI::App* add_act(CLI::App& rules, const std::shared_ptr<Options>& options, const char* name, const char* help,
                  const char* words) {
  CLI::App* command = rules.add_subcommand(name, help);
  command->add_option("words", options->common.words, words);
  command->add_option("--store", options->common.store, "the evidence store (else the first word, else $ASSAY_STORE)")
      ->type_name("FILE");
  command->add_option("--by", options->by, "who does this (else the login name)")->type_name("NAME");
  command->add_option("--because", options->because, "why")->type_name("TEXT");
  command->add_option("--recorded-on", options->recorded_on, "the day from which it counts as known (else today)")
      ->type_name("DATE");
  return command;
}

}  // namespace

void add_rules(Program& program) {
  CLI::App* rules = program.app.add_subcommand("rules", "propose, approve and list the texts of rulesets");
  rules->require_subcommand(1);
  auto options = std::make_shared<Options>();
  add_act(*rules, options, "propose", "put the exact text of rulesets forward, the shipped ones where none is named",
          "STORE [PATH...]")
      ->callback([&program, options] { program.exit = propose(*options); });
  add_act(*rules, options, "approve", "approve a proposed text, as a second person", "STORE RULESET[@EDITION]")
      ->callback([&program, options] { program.exit = approve(*options); });
  CLI::App* command = rules->add_subcommand("list", "what was proposed and approved, by whom and when");
  command->add_option("words", options->common.words, "STORE");
  command->add_option("--store", options->common.store, "the evidence store (else the first word, else $ASSAY_STORE)")
      ->type_name("FILE");
  command->callback([&program, options] { program.exit = list(*options); });
}

}  // namespace assay::cli
