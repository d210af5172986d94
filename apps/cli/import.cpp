// assay import STORE FILE...: evidence in, all or nothing per file.
#include <filesystem>

#include "apps/cli/command.h"
#include "apps/cli/lines.h"
#include "apps/cli/map.h"
#include "apps/cli/personal.h"
#include "apps/cli/progress.h"
#include "evidence/import/import.h"

namespace assay::cli {

namespace {

struct Options {
  CommonOptions common;
  std::string layout, source, by, recorded_on;
  bool dry_run = false;
  PersonalOptions personal;
  std::string map;
  bool every_line = false, without_refused = false;
};

constexpr std::size_t kMostTold = 20;  // as docs/formats/tidy.md says

int tell_faults(const ImportFaults& faults, const std::vector<std::string>& rules) {
  std::fflush(stdout);
  for (const Error& fault : faults) fmt::print(stderr, "assay: {}\n", to_string(fault));
  if (faults.size() >= kMostTold) fmt::print(stderr, "assay: reading stopped there: mend these first\n");
  const auto no_field = [](const Error& fault) { return fault.message.starts_with("the rules have no field"); };
  if (std::any_of(faults.begin(), faults.end(), no_field))
    fmt::print(stderr, "assay: {}\n", where_rules_were_read(rules));
  return faults.empty() ? kUnusable : exit_code(faults.front().code);
}

void print_report(const std::string& file, const ImportReport& report, bool dry_run,
                  const std::optional<Batch>& batch) {
  const auto of = [](auto count, const char* what) { return counted(static_cast<std::int64_t>(count), what); };
  fmt::print("{}:\n  {} of evidence {}", std::filesystem::path(file).filename().string(), of(report.rows, "row"),
             dry_run ? "would be recorded" : "recorded");
  if (batch) fmt::print(", trail entry {}", batch->entry);
  fmt::print("\n  layout {}, {}\n", report.layout, of(report.lines, "line"));
  for (const std::string& note : report.notes) print_lines("  ", note, 4);
}

void print_personal(const PersonalData& personal) {
  print_lines("  ",
              fmt::format("let in as data about persons, for: {}; to be destroyed on {}", personal.purpose,
                          personal.destroy_on.to_long_string()),
              4);
}

int import_one(Store& store, const Rulebook& book, const Options& options, const std::string& file, Date recorded_on) {
  auto personal = personal_of(options.personal, recorded_on);
  if (!personal) return tell(personal.error());
  auto catalogue = store.catalogue();
  if (!catalogue) return tell(catalogue.error());
  ImportRequest request{
      file, options.layout, options.source, recorded_on, options.personal.published, personal->has_value()};
  const std::string name = std::filesystem::path(file).filename().string();
  std::error_code unknown;
  const auto size = std::filesystem::file_size(file, unknown);
  std::optional<Progress> progress(std::in_place, name, unknown ? 0 : size);
  request.progress = [&progress](std::uint64_t bytes, std::uint64_t rows) { progress->at(bytes, rows); };
  if (options.dry_run) {
    auto report =
        import_file(request, book.schema, **catalogue, [](std::span<const TypedRow>) -> Result<void> { return {}; });
    progress.reset();
    if (!report) return tell_faults(report.error(), options.common.rules);
    print_report(file, *report, true, std::nullopt);
    if (*personal) print_personal(**personal);
    return kDone;
  }
  BatchInfo info{name, std::nullopt, options.layout, options.by.empty() ? login_name() : options.by, now_utc()};
  info.bytes = unknown || size == 0 ? 1 : size;
  auto writer = store.begin_batch(std::move(info));
  if (!writer) return tell(writer.error());
  writer->info().personal = *personal;
  auto report =
      import_file(request, book.schema, **catalogue, [&](std::span<const TypedRow> rows) { return writer->add(rows); });
  if (report && report->rows > 0)
    progress->writing();
  else
    progress.reset();
  if (!report) return tell_faults(report.error(), options.common.rules);
  if (report->rows == 0) {
    print_report(file, *report, false, std::nullopt);
    return kDone;
  }
  writer->info().layout = report->layout;
  writer->info().file_digest = report->file_digest;
  writer->info().published = options.personal.published;
  auto batch = writer->commit();
  progress.reset();
  if (!batch) return tell(batch.error());
  print_report(file, *report, false, *batch);
  if (*personal) print_personal(**personal);
  return kDone;
}

int import_all(Options& options) {
  auto path = take_store(options.common);
  if (!path) return tell(path.error());
  if (options.common.words.empty())
    return wrong_use("no file to import was named", "write: assay import STORE FILE...");
  Date recorded_on = today();
  if (!options.recorded_on.empty()) {
    auto date = read_date(options.recorded_on, "--recorded-on");
    if (!date) return tell(date.error());
    recorded_on = *date;
  }
  tell_of_later_day(recorded_on);
  auto rules = rules_for(options.common.rules);
  if (!rules.loaded) return rules.exit;
  // Before any is recorded: a stray word, as of a name without its quotes, is no file.
  for (const std::string& file : options.common.words) {
    std::error_code unread;
    if (!std::filesystem::is_regular_file(file, unread))
      return tell({ErrorCode::NotFound, "there is no such file; nothing was recorded", file,
                   "a name of several words stands in quotes: --by \"A. Officer\""});
  }
  for (const std::string& file : options.common.words) {
    // Opened anew for each file: a refused one leaves no half-learnt names behind.
    auto store = Store::open(*path, options.dry_run ? Access::Read : Access::Write);
    if (!store) return tell(store.error());
    const MappedImport mapped{.map = options.map,
                              .source = options.source,
                              .by = options.by.empty() ? login_name() : options.by,
                              .recorded_on = recorded_on,
                              .personal = options.personal,
                              .dry_run = options.dry_run,
                              .every_line = options.every_line,
                              .without_refused = options.without_refused};
    const int exit = options.map.empty() ? import_one(*store, rules.loaded->rulebook, options, file, recorded_on)
                                         : import_mapped(*store, rules.loaded->rulebook, mapped, file);
    if (exit != kDone) {
      fmt::print(stderr, "assay: {}: nothing of it was recorded\n", file);
      return exit;
    }
  }
  return kDone;
}

}  // namespace

void add_import(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand("import", "record the evidence in files, all of a file or nothing");
  add_common(*command, options->common, "STORE FILE...", false);
  command->add_option("--layout", options->layout, "name of the layout (else recognised from the headings)")
      ->type_name("NAME");
  command->add_option("--source", options->source, "whose record the rows are that do not say")->type_name("NAME");
  command->add_option("--by", options->by, "who records this (else the login name)")->type_name("NAME");
  command
      ->add_option("--recorded-on", options->recorded_on,
                   "the day from which it counts as known, for history loaded late (else today)")
      ->type_name("DATE");
  command->add_option("--map", options->map, "read a council's own list by the mapping kept under this name")
      ->type_name("NAME");
  command->add_flag("--every-line", options->every_line, "with --map: tell each line, not only what is new to say");
  command->add_flag("--without-refused", options->without_refused,
                    "with --map: where lines are refused, take the others");
  add_personal(*command, options->personal);
  command->add_flag("--dry-run", options->dry_run, "say what would be recorded, and record nothing");
  command->callback([&program, options] { program.exit = import_all(*options); });
}

}  // namespace assay::cli
