// assay import --map: a council's own list, unchanged. Every line is accepted or refused with its place and reason;
// what is held already is not recorded again.
#include "apps/cli/lines.h"
#include "apps/cli/map.h"
#include "evidence/import/read_mapped.h"
#include "evidence/import/type_row.h"

namespace assay::cli {

namespace {

std::string of(std::size_t count, std::string_view what) { return counted(static_cast<std::int64_t>(count), what); }

int tell_all(const std::vector<Error>& faults) {
  for (const Error& fault : faults) tell(fault);
  return kUnusable;
}

// A list whose columns have changed is met with what has changed and what is proposed; it is for a person to keep that.
int tell_changed(const Proposal& proposal, const std::string& name) {
  std::fflush(stdout);
  for (const Error& change : proposal.changes) fmt::print(stderr, "assay: {}\n", to_string(change));
  fmt::print(
      stderr,
      "assay: the columns are not those of the mapping `{0}`; `assay map keep STORE FILE --name {0}` keeps what is "
      "proposed\n",
      name);
  return kUnusable;
}

void print_list(const MappedList& list, const MappedImport& options) {
  using Fate = MappedLine::Fate;
  fmt::print("  {}: {} new, {} changed, {} as held, {} refused\n", of(list.lines.size(), "line"), list.count(Fate::New),
             list.count(Fate::Changed), list.count(Fate::Same), list.count(Fate::Refused));
  for (const MappedLine& line : list.lines) {
    if (line.fate == Fate::Refused) {
      for (const Error& fault : line.faults) print_lines("  refused: ", to_string(fault), 4);
      continue;
    }
    for (const std::string& change : line.changes)
      print_lines(fmt::format("  row {}, {}: ", line.row, line.reference), change, 4);
    if (options.every_line && line.changes.empty())
      fmt::print("  row {}, {}: accepted, {}\n", line.row, line.reference,
                 line.fate == Fate::New       ? "new"
                 : line.fate == Fate::Changed ? "more is said of it"
                                              : "as held");
  }
  if (list.gone.empty()) return;
  constexpr std::size_t kShown = 12;
  std::vector<std::string> gone(list.gone.begin(),
                                list.gone.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, list.gone.size())));
  if (list.gone.size() > kShown) gone.push_back(fmt::format("{} more", list.gone.size() - kShown));
  print_lines("  ", fmt::format("held, and no longer in this list: {}; they stay as they are", join_words(gone)), 4);
}

Result<void> write(Store::BatchWriter& writer, RowTyper& typer, const MappedList& list) {
  for (const MappedLine& line : list.lines) {
    for (const MappedRow& said : line.rows) {
      RowText text;
      text[Column::Subject] = said.subject;
      text[Column::Field] = said.field;
      text[Column::Content] = said.value;
      text[Column::ValidFrom] = said.valid_from;
      text[Column::Place] = said.place;
      text[Column::Note] = said.note;
      text[Column::Supersedes] = said.supersedes;
      TypedRow row;
      if (!typer.type(text, row)) {
        Error fault = typer.fault();
        fault.place = said.place;
        return tl::unexpected(std::move(fault));
      }
      if (auto added = writer.add({&row, 1}); !added) return added;
    }
  }
  return {};
}

Result<Batch> record(Store& store, const Rulebook& book, const MappedImport& options, const Grid& grid,
                     const MappedList& list, const std::optional<PersonalData>& personal) {
  auto catalogue = store.catalogue();
  if (!catalogue) return tl::unexpected(catalogue.error());
  BatchInfo info{grid.file, grid.digest, mapped_layout(options.map), options.by, now_utc()};
  info.personal = personal;
  info.published = options.personal.published;
  info.bytes = 1;  // a list is small, but has more than single rows
  auto writer = store.begin_batch(std::move(info));
  if (!writer) return tl::unexpected(writer.error());
  RowTyper typer(book.schema, **catalogue, {options.source, grid.file, options.recorded_on});
  if (auto written = write(*writer, typer, list); !written) return tl::unexpected(written.error());
  return writer->commit();
}

}  // namespace

int import_mapped(Store& store, const Rulebook& book, const MappedImport& options, const std::string& file) {
  auto personal = personal_of(options.personal, options.recorded_on);
  if (!personal) return tell(personal.error());
  auto kept = find_mapping(store, options.map);
  if (!kept) return tell(kept.error());
  auto grid = read_grid(file);
  if (!grid) return tell(grid.error());
  const Mapping& mapping = kept->mapping;
  auto proposal =
      propose_mapping(*grid, book.schema, {mapping.name, mapping.kind, mapping.whose, {}, {}, {}}, &mapping);
  if (!proposal) return tell(proposal.error());
  if (!proposal->changes.empty()) return tell_changed(*proposal, mapping.name);
  // All that is held, also what was recorded for a later day.
  auto last = store.last_recorded();
  if (!last) return tell(last.error());
  auto held = store.snapshot(book.schema, std::max(last->value_or(options.recorded_on), options.recorded_on));
  if (!held) return tell(held.error());
  auto list = read_mapped(*grid, proposal->at, mapping, book.schema, *held,
                          {options.recorded_on, options.personal.published, personal->has_value()});
  if (!list) return tell_all(list.error());
  fmt::print("{}:\n", grid->place(grid->sheets[proposal->at.sheet]));
  const bool takes = list->count(MappedLine::Fate::Refused) == 0 || options.without_refused;
  std::optional<Batch> batch;
  if (takes && !options.dry_run && list->rows() > 0) {
    auto recorded = record(store, book, options, *grid, *list, *personal);
    if (!recorded) return tell(recorded.error());
    batch = *recorded;
  }
  const auto rows = takes || options.dry_run ? list->rows() : 0;
  fmt::print("  {} of evidence {}, {} among them{}\n", of(rows, "row"),
             options.dry_run ? "would be recorded" : "recorded", of(rows == 0 ? 0 : list->corrections(), "correction"),
             batch ? fmt::format(", trail entry {}", batch->entry) : "");
  print_list(*list, options);
  if (takes) return kDone;
  std::fflush(stdout);
  fmt::print(stderr, "assay: {}: lines were refused; mend them, or take the others with --without-refused\n",
             grid->file);
  return kUnusable;
}

}  // namespace assay::cli
