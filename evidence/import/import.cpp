// A file in, typed rows out.
#include "evidence/import/import.h"

#include <algorithm>

#include "evidence/import/grid.h"
#include "evidence/import/layout.h"
#include "evidence/import/personal_data.h"
#include "evidence/import/table_reading.h"

namespace assay {

namespace {

// Of a table of no layout: the row, not far from the top, that speaks most of persons, else the first.
std::size_t heading_row(const GridSheet& sheet) {
  constexpr std::size_t kRowsLookedAt = 40;
  std::size_t best = 0, most = 0;
  for (std::size_t i = 0; i < std::min(sheet.rows.size(), kRowsLookedAt); ++i) {
    const std::vector<std::string>& cells = sheet.rows[i].cells;
    const auto known = static_cast<std::size_t>(std::count_if(
        cells.begin(), cells.end(), [](const std::string& cell) { return personal_by_heading(cell).has_value(); }));
    if (known > most) most = known, best = i;
  }
  return best;
}

std::vector<PersonalDataWatch::Found> look_for_persons(const GridSheet& sheet, std::span<const std::string> published) {
  const std::size_t at = heading_row(sheet);
  std::vector<std::string> headings = sheet.rows[at].cells;
  for (const GridRow& row : sheet.rows) headings.resize(std::max(headings.size(), row.cells.size()));
  for (std::size_t i = 0; i < headings.size(); ++i)
    if (headings[i].empty()) headings[i] = Spreadsheet::column_name(i);
  PersonalDataWatch watch;
  watch.begin(headings, published);
  for (std::size_t i = at + 1; i < sheet.rows.size(); ++i) {
    const std::vector<std::string_view> cells(sheet.rows[i].cells.begin(), sheet.rows[i].cells.end());
    watch.look(cells);
  }
  auto found = watch.found();
  for (auto& one : found) one.sheet = sheet.name;
  return found;
}

// A table of no layout is not read, but if it is a list of persons its owner should hear so.
ImportFaults unknown_layout(const ImportRequest& request, const Error& fault) {
  if (request.personal_allowed || fault.code == ErrorCode::WrongUse) return {fault};
  const auto grid = read_grid(request.path);
  if (!grid) return {fault};
  std::vector<PersonalDataWatch::Found> found;
  bool has_headings = true;
  for (const GridSheet& sheet : grid->sheets) {
    if (sheet.rows.empty()) continue;
    for (auto& one : look_for_persons(sheet, request.published)) {
      const std::vector<std::string>& headings = sheet.rows[heading_row(sheet)].cells;
      has_headings = has_headings && std::find(headings.begin(), headings.end(), one.heading) != headings.end();
      found.push_back(std::move(one));
    }
  }
  if (found.empty()) return {fault};
  ImportFaults faults = personal_data_faults(found, grid->file);
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
