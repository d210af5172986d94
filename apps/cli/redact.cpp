// assay trail redact: what rows hold of a person destroyed for good, and a certificate of it; assay trail certificate:
// the certificate again.
#include "apps/cli/certificate.h"
#include "apps/cli/command.h"
#include "apps/cli/lines.h"
#include "engine/session/redaction.h"
#include "engine/session/retention.h"
#include "evidence/core/text.h"
#include "evidence/import/personal_data.h"

namespace assay::cli {

namespace {

struct Options {
  CommonOptions common;
  std::vector<std::int64_t> rows;
  std::int64_t entry = -1;
  std::string by, because, on;
  bool value = false, place = false, expired = false, dry_run = false;
};

// The reason stands in the trail for good.
Result<void> expect_said(const Options& options) {
  const int ways = (options.rows.empty() ? 0 : 1) + (options.entry >= 0 ? 1 : 0) + (options.expired ? 1 : 0);
  if (ways != 1)
    return fail(ErrorCode::WrongUse, "it is not said what is to be redacted", {},
                "give --row, again for each, or --entry, or --expired");
  if (options.dry_run) return {};
  if (trim(options.because).empty())
    return fail(ErrorCode::WrongUse, "it is not said why", "--because", "for instance \"erasure request 12\"");
  if (postcodes(options.because) > 0 || ten_digit_numbers(options.because).valid > 0)
    return fail(ErrorCode::WrongUse, "the reason itself says something of a person", "--because",
                "say why, and nothing of what is redacted");
  return {};
}

Result<std::vector<NewRedaction::Row>> rows_asked(Store& store, const Options& options, const Rulebook* book,
                                                  Date day) {
  std::vector<std::int64_t> numbers = options.rows;
  RowParts parts{options.value, true, options.place};
  if (options.entry >= 0) {
    auto of_entry = store.rows_of_entry(options.entry);
    if (!of_entry) return tl::unexpected(of_entry.error());
    numbers = std::move(*of_entry);
  }
  if (options.expired) {
    auto expired = expired_rows(store, *book, day);
    if (!expired) return tl::unexpected(expired.error());
    numbers.clear();
    for (const ExpiredRow& row : *expired) {
      numbers.push_back(row.row);
      print_lines("", fmt::format("row {}, {} of {}: {}", row.row, row.field, row.subject, row.why), 2);
    }
    parts = {true, true, true};
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  auto held = store.rows_held(numbers);
  if (!held) return tl::unexpected(held.error());
  std::vector<NewRedaction::Row> rows;
  for (const RowHeld& row : *held) {
    // Free text goes, whether it is a note or a value; a number, a date or the name of a body where that is asked for.
    RowParts of_row{(parts.value || row.free_text) && row.has.value && !row.stage, parts.note && row.has.note,
                    parts.place && row.has.place};
    if (of_row.any()) rows.push_back({row.row, of_row});
  }
  return rows;
}

int print_dry(const std::vector<NewRedaction::Row>& rows) {
  for (const auto& row : rows) fmt::print("row {}: {} would be destroyed\n", row.row, in_words(row.parts));
  fmt::print("Nothing was destroyed: this was tried only.\n");
  return kDone;
}

int print_found(Store& store, const RedactionPlan& plan) {
  fmt::print("\nWhere it was looked for\n");
  std::vector<std::string> telling;
  for (const std::string& text : plan.contents)
    if (text.size() >= 4) telling.push_back(text);
  auto found = store.holding(telling);
  if (!found) return tell(found.error());
  if (found->empty())
    print_lines("  ",
                "The whole of the store's file, its write-ahead log and the index of that: it is in none of them.");
  for (const std::string& place : *found) print_lines("  ", "still in " + place, 4);
  if (telling.size() < plan.contents.size())
    print_lines("  ", fmt::format("{} of fewer than four letters {} not looked for, being in many places by chance.",
                                  counted(static_cast<std::int64_t>(plan.contents.size() - telling.size()), "text"),
                                  plan.contents.size() - telling.size() == 1 ? "was" : "were"));
  for (const std::int64_t run : plan.unread)
    print_lines("  ", fmt::format("The rules of run {} are read no longer: what rested on it there was not worked out; "
                                  "its texts were searched.",
                                  run));
  for (const std::int64_t run : plan.packed)
    print_lines("  ", fmt::format("Run {} keeps its answers packed: what rested on it there was not worked out, and an "
                                  "answer that repeats a number or a date of it still stands.",
                                  run));
  for (const std::int64_t run : plan.unsalted)
    print_lines("  ",
                fmt::format("Run {} was recorded before outcomes had random bytes of their own: a short text could "
                            "be found by trying all there are against its digests.",
                            run));
  return found->empty() && plan.packed.empty() ? kDone : kNo;
}

int destroy(Store& store, const std::string& path, const Options& options, std::vector<NewRedaction::Row> rows,
            Date day) {
  auto plan = plan_redaction(store, {options.by.empty() ? login_name() : options.by,
                                     std::string(trim(options.because)),
                                     day,
                                     now_utc(),
                                     std::move(rows),
                                     {},
                                     {}});
  if (!plan) return tell(plan.error());
  auto entry = store.redact(plan->act);
  if (!entry) return tell(entry.error());
  if (auto swept = store.sweep(); !swept) {
    tell(swept.error());
    return tell({ErrorCode::Busy,
                 "it is redacted and recorded, but the old bytes may still stand in the file or its write-ahead log",
                 path, "close what reads the store, then give the same command again"});
  }
  auto redactions = store.redactions();
  if (!redactions) return tell(redactions.error());
  if (auto printed = print_certificate(store, path, redactions->back()); !printed) return tell(printed.error());
  return print_found(store, *plan);
}

int redact(Options& options) {
  auto path = take_store(options.common);
  if (!path) return tell(path.error());
  if (auto said = expect_said(options); !said) return tell(said.error());
  Date day = today();
  if (!options.on.empty()) {
    auto given = read_date(options.on, "--recorded-on");
    if (!given) return tell(given.error());
    day = *given;
  }
  Rules rules;
  if (options.expired) {
    rules = rules_for(options.common.rules);
    if (!rules.loaded) return rules.exit;
  }
  auto store = Store::open(*path, options.dry_run ? Access::Read : Access::Write);
  if (!store) return tell(store.error());
  auto rows = rows_asked(*store, options, rules.loaded ? &rules.loaded->rulebook : nullptr, day);
  if (!rows) return tell(rows.error());
  if (options.dry_run) return print_dry(*rows);
  if (rows->empty()) {
    // What was begun earlier may not have been finished.
    if (auto swept = store->sweep(); !swept) return tell(swept.error());
    fmt::print("There is nothing left to destroy; the file was swept again.\n");
    return kDone;
  }
  return destroy(*store, *path, options, std::move(*rows), day);
}

struct CertificateOptions {
  CommonOptions common;
  std::int64_t entry = -1;
};

int certificate(CertificateOptions& options) {
  auto path = take_store(options.common);
  if (!path) return tell(path.error());
  auto store = Store::open(*path, Access::Read);
  if (!store) return tell(store.error());
  auto redactions = store->redactions();
  if (!redactions) return tell(redactions.error());
  bool first = true;
  for (const Redaction& redaction : *redactions) {
    if (options.entry >= 0 && redaction.entry != options.entry) continue;
    if (!first) fmt::print("\n");
    first = false;
    if (auto printed = print_certificate(*store, *path, redaction); !printed) return tell(printed.error());
  }
  if (!first) return kDone;
  if (options.entry >= 0)
    return wrong_use(fmt::format("entry {} is no redaction", options.entry), "leave out --entry to see all there are");
  fmt::print("Nothing here has been redacted.\n");
  return kDone;
}

}  // namespace

void add_trail_redact(Program& program, CLI::App& trail) {
  auto options = std::make_shared<Options>();
  CLI::App* command = trail.add_subcommand(
      "redact", "destroy what rows hold of a person, for good, and print a certificate; proofs still hold");
  add_common(*command, options->common, "STORE", false);
  command->add_option("--row", options->rows, "number of a row; may be said again")
      ->type_name("ROW")
      ->allow_extra_args(false);
  command->add_option("--entry", options->entry, "all rows of this entry of the trail: of one import")->type_name("N");
  command->add_flag("--expired", options->expired,
                    "all rows whose day to be destroyed has come, all that they hold: let in until then, or past what "
                    "`keep for` says");
  command->add_flag("--value", options->value,
                    "destroy values that are numbers or dates too; texts and notes always are");
  command->add_flag("--place", options->place, "and the place where it stood");
  command->add_option("--by", options->by, "who redacts (else the login name)")->type_name("NAME");
  command->add_option("--because", options->because, "why; it stands in the trail for good")->type_name("TEXT");
  command->add_option("--recorded-on", options->on, "the day (else today)")->type_name("DATE");
  command->add_flag("--dry-run", options->dry_run, "say what would be destroyed, and destroy nothing");
  command->callback([&program, options] { program.exit = redact(*options); });

  auto again = std::make_shared<CertificateOptions>();
  CLI::App* shown =
      trail.add_subcommand("certificate", "what has been redacted, when, by whom, and what depended on it");
  shown->add_option("words", again->common.words, "STORE");
  shown->add_option("--store", again->common.store, "the evidence store (else the first word, else $ASSAY_STORE)")
      ->type_name("FILE");
  shown->add_option("--entry", again->entry, "of this entry of the trail only")->type_name("N");
  shown->callback([&program, again] { program.exit = certificate(*again); });
}

}  // namespace assay::cli
