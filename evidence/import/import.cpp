// A file in, typed rows out.
#include "evidence/import/import.h"

#include "evidence/import/layout.h"
#include "evidence/import/table_reading.h"

namespace assay {

tl::expected<ImportReport, ImportFaults> import_file(const ImportRequest& request, const Schema& schema,
                                                     Catalogue& catalogue, const RowSink& sink) {
  Result<CsvReader> csv = CsvReader::open(request.path);
  if (!csv) return tl::unexpected<ImportFaults>(ImportFaults{csv.error()});
  const Result<const Layout*> layout = choose_layout(request.layout, *csv);
  if (!layout) return tl::unexpected<ImportFaults>(ImportFaults{layout.error()});
  const Catalogue::Mark before = catalogue.mark();
  TableReading reading(request, schema, catalogue, *csv, sink, (*layout)->source);
  (*layout)->read(reading);
  auto report = reading.finish((*layout)->name);
  if (!report) catalogue.roll_back(before);
  return report;
}

}  // namespace assay
