// A file in, typed rows out.
#include "evidence/import/import.h"

#include "evidence/import/layout.h"
#include "evidence/import/personal_data.h"
#include "evidence/import/table_reading.h"

namespace assay {

namespace {

// The first row of a table of no layout may be its headings, of a spreadsheet that of each sheet.
bool next_table(Table& table) {
  return table.next_headings([](const Table&) { return true; });
}

std::vector<PersonalDataWatch::Found> look_for_persons(Table& table, const ImportRequest& request, bool& has_headings) {
  PersonalDataWatch watch;
  watch.begin(table.headings(), request.published);
  while (table.next() == Table::Step::Row) watch.look(table.cells());
  auto found = watch.found();
  for (const auto& one : found) has_headings = has_headings && table.find_heading(one.heading).has_value();
  return found;
}

// A table of no layout is not read, but if it is a list of persons its owner should hear so.
ImportFaults unknown_layout(const ImportRequest& request, const Error& fault) {
  if (request.personal_allowed || fault.code == ErrorCode::WrongUse) return {fault};
  std::vector<PersonalDataWatch::Found> found;
  bool has_headings = true;
  if (auto csv = CsvReader::open(request.path)) {
    Table table(std::move(*csv));
    found = look_for_persons(table, request, has_headings);
  } else if (auto sheets = Table::open_tolerant(request.path); sheets && !sheets->sheets().empty()) {
    while (next_table(*sheets)) {
      for (auto& one : look_for_persons(*sheets, request, has_headings)) found.push_back(std::move(one));
    }
  }
  if (found.empty()) return {fault};
  ImportFaults faults = personal_data_faults(found, request.path);
  // Its own fault may repeat a heading; where there are none, that is a value.
  if (has_headings) faults.push_back(fault);
  return faults;
}

}  // namespace

tl::expected<ImportReport, ImportFaults> import_file(const ImportRequest& request, const Schema& schema,
                                                     Catalogue& catalogue, const RowSink& sink) {
  Result<OpenedFile> file = open_by_layout(request.path, request.layout);
  if (!file) return tl::unexpected<ImportFaults>(unknown_layout(request, file.error()));
  const Layout& layout = *file->layout;
  const Catalogue::Mark before = catalogue.mark();
  TableReading reading(request, schema, catalogue, file->table, sink, layout);
  layout.read(reading);
  auto report = reading.finish();
  if (!report) catalogue.roll_back(before);
  return report;
}

}  // namespace assay
