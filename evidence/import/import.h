// A file in, typed rows out: recognises the layout, reads it, types every value, and says of each fault where it
// stands. Never half an import: the caller commits only when this returns a report.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"
#include "evidence/core/schema.h"
#include "evidence/import/catalogue.h"
#include "evidence/import/typed_row.h"

namespace assay {

struct ImportRequest {
  std::string path;
  std::string layout;  // empty: recognise it from the header
  std::string source;  // whose record rows are that do not say; empty: the layout's own, or refused
  Date recorded_on;    // for rows that do not say
  // Columns, beside those of the layout, that hold published addresses and names of bodies.
  std::vector<std::string> published = {};
  bool personal_allowed = false;  // data about persons is let in: its purpose is stated elsewhere
  // Told now and then how far it is: bytes of the file read (0 where it is no CSV), rows of evidence made.
  std::function<void(std::uint64_t bytes, std::uint64_t rows)> progress = {};
};

struct ImportReport {
  std::string layout;
  std::uint64_t lines = 0;         // data lines read
  std::uint64_t rows = 0;          // rows of evidence made
  std::uint64_t passed_over = 0;   // cells or lines that hold nothing for this schema, such as a measure no rule reads
  std::vector<std::string> notes;  // one sentence each on what was passed over and why
  Digest file_digest;
};

using RowSink = std::function<Result<void>(std::span<const TypedRow>)>;
// The first faults found, in file order, at most 20; each place is "file: row 12, column value".
using ImportFaults = std::vector<Error>;

tl::expected<ImportReport, ImportFaults> import_file(const ImportRequest& request, const Schema& schema,
                                                     Catalogue& catalogue, const RowSink& sink);
// Names of the layouts, for messages and help.
std::vector<std::string> layout_names();

}  // namespace assay
