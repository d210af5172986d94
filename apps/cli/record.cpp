// assay record: one observation, a decision, a correction or a withdrawal; an act of its own in the trail.
#include "apps/cli/command.h"
#include "apps/cli/lines.h"
#include "apps/cli/personal.h"
#include "evidence/import/personal_data.h"
#include "evidence/import/type_row.h"

namespace assay::cli {

namespace {

struct Options {
  CommonOptions common;
  std::string from, to, source, document, place, note, recorded_on, by;
  std::int64_t corrects = 0, withdraws = 0;
  bool minded_to = false, ends = false;
  std::string waive, release, owner, because, until, whom;
  PersonalOptions personal;
};

// The words of a row; RowText holds views of these.
struct Words {
  std::string subject, field, value, from, to, source, supersedes;
};

tl::unexpected<Error> wanted(const std::string& message, const std::string& place, const std::string& help) {
  return fail(ErrorCode::WrongUse, message, place, help);
}

// Of a waiver or a release: the field where it is recorded, and what its row says.
Result<Words> words_of_leave(const Rulebook& book, const Options& options, Date recorded_on) {
  const bool waiver = !options.waive.empty();
  const std::string shape =
      waiver ? "write: assay record STORE --waive FLAG SUBJECT --owner NAME --because TEXT --until DATE"
             : "write: assay record STORE --release FIELD SUBJECT --owner NAME [--whom NAME]";
  if (options.common.words.size() != 1) return wanted("one subject is wanted", {}, shape);
  if (options.owner.empty())
    return wanted(fmt::format("it is not said whose {} it is", waiver ? "waiver" : "release"), "--owner", shape);
  if (waiver && options.because.empty()) return wanted("it is not said why", "--because", shape);
  if (waiver && options.until.empty()) return wanted("it is not said until when", "--until", shape);
  Words words;
  if (waiver) {
    auto rule = find_outcome(book, {recorded_on, recorded_on}, options.waive);
    if (!rule) return tl::unexpected(rule.error());
    const auto* flag = std::get_if<FlagRule>(&book.rule(*rule).body);
    if (!flag) return wanted(fmt::format("`{}` is no flag", book.rule(*rule).name), "--waive", "only a flag is waived");
    words.field = book.schema.field(flag->waiver).name;
  } else {
    const auto field = book.schema.find_field(options.release);
    if (!field)
      return wanted(fmt::format("the rules have no field `{}`", options.release), "--release",
                    "write its name in full, or its published code");
    const auto& release = book.evidence[field->index].release;
    if (!release)
      return wanted(fmt::format("`{}` waits for no release", options.release), "--release",
                    "only evidence declared with `purpose improve` does");
    words.field = book.schema.field(*release).name;
  }
  // A name alone is of the kind that the flag or evidence is of.
  words.subject = options.common.words[0];
  if (!split_subject(words.subject))
    words.subject =
        book.schema.kind(book.schema.field(*book.schema.find_field(words.field)).kind).name + ":" + words.subject;
  words.value = waiver ? options.because : options.whom.empty() ? std::string(kReleasedToAnyone) : options.whom;
  words.from = options.from.empty() ? recorded_on.to_string() : options.from;
  words.to = options.until;
  words.source = options.owner;
  return words;
}

// A month goes by its name: `2011-12` might be a financial year.
std::string as_option(const ImpreciseDate& date) {
  return date.known_to == Step::Month ? date.to_long_string() : date.to_string();
}

// Fills in from the row that is corrected or withdrawn what was not said.
Result<Words> words_of(Store& store, const Options& options) {
  const auto& said = options.common.words;
  Words words;
  const std::int64_t old = options.corrects ? options.corrects : options.withdraws;
  if (old == 0) {
    const std::size_t wanted = options.ends ? 2 : 3;
    if (said.size() != wanted)
      return fail(
          ErrorCode::WrongUse,
          fmt::format("{} where {} are wanted", counted(static_cast<std::int64_t>(said.size()), "word"), wanted), {},
          options.ends ? "write: assay record STORE SUBJECT FIELD --ends --from DATE"
                       : "write: assay record STORE SUBJECT FIELD VALUE --from DATE");
    if (options.from.empty())
      return fail(ErrorCode::WrongUse, "it is not said from when it holds", "--from", "write it as 2025-12-05");
    words.subject = said[0];
    words.field = said[1];
    words.value = options.ends ? "ended" : (options.minded_to ? "minded to " : "") + said[2];
    words.from = options.from;
    words.to = options.to;
    words.source = options.source;
    return words;
  }
  if (said.size() != (options.corrects ? 1u : 0u))
    return fail(ErrorCode::WrongUse,
                options.corrects ? "a correction takes one word, the new value" : "a withdrawal takes no value", {},
                "write: assay record STORE --corrects ROW VALUE, or --withdraws ROW");
  auto key = store.row_key(old);
  if (!key) return tl::unexpected(key.error());
  words.subject = key->subject;
  words.field = key->field;
  words.value = options.corrects ? said[0] : "withdrawn";
  words.from = options.from.empty() ? as_option(key->valid_from) : options.from;
  words.to = !options.to.empty() ? options.to : key->valid_to ? as_option(*key->valid_to) : "";
  words.source = options.source.empty() ? key->source : options.source;
  words.supersedes = std::to_string(old);
  return words;
}

// The word or option that holds what goes into the column.
std::string said_by(Column column) {
  switch (column) {
    case Column::ValidFrom:
      return "--from";
    case Column::ValidTo:
      return "--to";
    case Column::Source:
      return "--source";
    case Column::Document:
      return "--document";
    case Column::Place:
      return "--place";
    case Column::RecordedOn:
      return "--recorded-on";
    case Column::Note:
      return "--note";
    case Column::Subject:
    case Column::Field:
    case Column::Content:
    case Column::Supersedes:
      break;
  }
  return std::string(kColumnNames[static_cast<std::size_t>(column)]);
}

Result<TypedRow> type(Store& store, const Rulebook& book, const Options& options, const Words& words,
                      Date recorded_on) {
  auto catalogue = store.catalogue();
  if (!catalogue) return tl::unexpected(catalogue.error());
  const std::string by = options.by.empty() ? login_name() : options.by;
  RowTyper typer(book.schema, **catalogue, {"", by, recorded_on});
  RowText text;
  text[Column::Subject] = words.subject;
  text[Column::Field] = words.field;
  text[Column::Content] = words.value;
  text[Column::ValidFrom] = words.from;
  text[Column::ValidTo] = words.to;
  text[Column::Source] = words.source;
  text[Column::Document] = options.document;
  text[Column::Place] = options.place.empty() ? std::string_view("as recorded") : options.place;
  // Of a release, why; of a waiver that is what it says.
  text[Column::Note] = options.note.empty() && !options.release.empty() ? options.because : options.note;
  text[Column::Supersedes] = words.supersedes;
  TypedRow row;
  if (typer.type(text, row)) return row;
  if (options.ends && typer.fault_column() == Column::Content)
    return fail(ErrorCode::BadInput, fmt::format("`{}` is no stage, and only a stage ends", words.field), {},
                "correct its row with --corrects, saying --to");
  Error error = typer.fault();
  if (error.place.empty()) error.place = said_by(typer.fault_column());
  return tl::unexpected(error);
}

// What is said by hand is looked at as a file is.
Result<std::optional<PersonalData>> let_in(const Options& options, const Words& words, Date recorded_on) {
  auto personal = personal_of(options.personal, recorded_on);
  if (!personal || *personal) return personal;
  const std::vector<std::string> headings = {"value", "--note", "--place", "--because"};
  const std::vector<std::string_view> cells = {words.value, options.note, options.place, options.because};
  PersonalDataWatch watch;
  watch.begin(headings, options.personal.published);
  watch.look(cells);
  const auto faults = personal_data_faults(watch.found(), "record");
  if (faults.empty()) return personal;
  for (std::size_t i = 0; i + 1 < faults.size(); ++i) tell(faults[i]);
  return tl::unexpected(faults.back());
}

int record(Options& options) {
  auto path = take_store(options.common);
  if (!path) return tell(path.error());
  Date recorded_on = today();
  if (!options.recorded_on.empty()) {
    auto date = read_date(options.recorded_on, "--recorded-on");
    if (!date) return tell(date.error());
    recorded_on = *date;
  }
  tell_of_later_day(recorded_on);
  auto rules = rules_for(options.common.rules);
  if (!rules.loaded) return rules.exit;
  auto store = Store::open(*path, Access::Write);
  if (!store) return tell(store.error());
  const bool leave = !options.waive.empty() || !options.release.empty();
  auto words = leave ? words_of_leave(rules.loaded->rulebook, options, recorded_on) : words_of(*store, options);
  if (!words) return tell(words.error());
  auto personal = let_in(options, *words, recorded_on);
  if (!personal) return tell(personal.error());
  auto writer =
      store->begin_batch({"record", std::nullopt, "record", options.by.empty() ? login_name() : options.by, now_utc()});
  if (!writer) return tell(writer.error());
  auto row = type(*store, rules.loaded->rulebook, options, *words, recorded_on);
  if (!row) return tell(row.error());
  writer->info().personal = *personal;
  if (auto added = writer->add({&*row, 1}); !added) return tell(added.error());
  writer->info().published = options.personal.published;
  auto batch = writer->commit();
  if (!batch) return tell(batch.error());
  fmt::print("Recorded, trail entry {}:\n", batch->entry);
  if (leave) {
    print_lines("  ",
                fmt::format("{} of {}, from {}{} by {}: {}", words->field, words->subject, words->from,
                            words->to.empty() ? "" : " to " + words->to, words->source,
                            options.waive.empty() ? "released to " + words->value : words->value),
                4);
    return kDone;
  }
  print_lines("  ", fmt::format("{} of {}: {}, from {}", words->field, words->subject, words->value, words->from), 4);
  if (!words->supersedes.empty())
    fmt::print("  row {} stays readable, and no longer counts from {}\n", words->supersedes, recorded_on.to_string());
  return kDone;
}

}  // namespace

void add_record(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      program.app.add_subcommand("record", "record one observation, decision, correction or withdrawal");
  add_common(*command, options->common, "STORE [SUBJECT FIELD VALUE]", false);
  command->add_option("--from", options->from, "first day on which it holds")->type_name("DATE");
  command->add_option("--to", options->to, "last day on which it holds (else open)")->type_name("DATE");
  command->add_option("--source", options->source, "whose record it is, by the name a ruleset declares")
      ->type_name("NAME");
  command->add_option("--document", options->document, "the document it stands in")->type_name("TITLE");
  command->add_option("--place", options->place, "where in it: page, paragraph")->type_name("TEXT");
  command->add_option("--note", options->note, "why");
  command->add_option("--recorded-on", options->recorded_on, "the day from which it counts as known (else today)")
      ->type_name("DATE");
  command->add_option("--by", options->by, "who records this (else the login name)")->type_name("NAME");
  auto* corrects =
      command->add_option("--corrects", options->corrects, "number of the row this corrects")->type_name("ROW");
  command->add_option("--withdraws", options->withdraws, "number of the row this withdraws")
      ->type_name("ROW")
      ->excludes(corrects);
  auto* waive = command->add_option("--waive", options->waive, "a flag to let stand for the subject, until a day");
  waive->type_name("FLAG");
  command
      ->add_option("--release", options->release,
                   "evidence to improve by, which its owner lets others judge the subject by")
      ->type_name("FIELD")
      ->excludes(waive);
  command->add_option("--owner", options->owner, "whose waiver or release it is")->type_name("NAME");
  command->add_option("--because", options->because, "why")->type_name("TEXT");
  command->add_option("--until", options->until, "the last day on which it stands")->type_name("DATE");
  command->add_option("--whom", options->whom, "to whom it is released: the owner or name of a ruleset (else anyone)")
      ->type_name("NAME");
  add_personal(*command, options->personal);
  command->add_flag("--minded-to", options->minded_to, "a decision announced, not made: kept, moves nothing");
  command->add_flag("--ends", options->ends, "of a stage: it ended on --from, with nothing in its place");
  command->callback([&program, options] { program.exit = record(*options); });
}

}  // namespace assay::cli
