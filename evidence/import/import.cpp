// A file in, typed rows out.
#include "evidence/import/import.h"

#include <algorithm>

#include "evidence/import/layout.h"
#include "evidence/import/personal_data.h"
#include "evidence/import/table_reading.h"

namespace assay {

namespace {

// A table of no layout is not read, but if it is a list of persons its owner should hear so.
ImportFaults unknown_layout(const ImportRequest& request, CsvReader& csv, const Error& fault) {
  if (request.personal_allowed || fault.code == ErrorCode::WrongUse) return {fault};
  PersonalDataWatch watch;
  watch.begin(csv.headings(), request.published);
  while (csv.next() == CsvReader::Step::Row) watch.look(csv.cells());
  const auto found = watch.found();
  if (found.empty()) return {fault};
  ImportFaults faults = personal_data_faults(found, csv.name());
  // Its own fault may repeat a heading; where there are none, that is a value.
  const bool has_headings = std::all_of(found.begin(), found.end(), [&](const PersonalDataWatch::Found& one) {
    return csv.find_heading(one.heading).has_value();
  });
  if (has_headings) faults.push_back(fault);
  return faults;
}

}  // namespace

tl::expected<ImportReport, ImportFaults> import_file(const ImportRequest& request, const Schema& schema,
                                                     Catalogue& catalogue, const RowSink& sink) {
  Result<CsvReader> csv = CsvReader::open(request.path);
  if (!csv) return tl::unexpected<ImportFaults>(ImportFaults{csv.error()});
  const Result<const Layout*> layout = choose_layout(request.layout, *csv);
  if (!layout) return tl::unexpected<ImportFaults>(unknown_layout(request, *csv, layout.error()));
  const Catalogue::Mark before = catalogue.mark();
  TableReading reading(request, schema, catalogue, *csv, sink, **layout);
  (*layout)->read(reading);
  auto report = reading.finish((*layout)->name);
  if (!report) catalogue.roll_back(before);
  return report;
}

}  // namespace assay
