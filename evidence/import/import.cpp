// A file in, typed rows out.
#include "evidence/import/import.h"

#include "evidence/import/layout.h"
#include "evidence/import/table_reading.h"

namespace assay {

tl::expected<ImportReport, ImportFaults> import_file(const ImportRequest& request, const Schema& schema,
                                                     Catalogue& catalogue, const RowSink& sink) {
  Result<OpenedFile> file = open_by_layout(request.path, request.layout);
  if (!file) return tl::unexpected<ImportFaults>(ImportFaults{file.error()});
  const Layout& layout = *file->layout;
  const Catalogue::Mark before = catalogue.mark();
  TableReading reading(request, schema, catalogue, file->table, sink, layout);
  layout.read(reading);
  auto report = reading.finish();
  if (!report) catalogue.roll_back(before);
  return report;
}

}  // namespace assay
