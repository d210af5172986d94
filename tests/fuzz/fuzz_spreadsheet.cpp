// Any bytes as a spreadsheet, or as one part of one that is whole else, which the first byte picks: each sheet is read
// to its end or to a fault that has a sentence, and its rows keep to the formats' own limits.
#include <cstdint>
#include <string>

#include "evidence/core/check.h"
#include "evidence/import/spreadsheet/spreadsheet.h"
#include "tests/unit/evidence/import/workbook_support.h"

using namespace assay;

namespace {

std::string workbook_with(std::uint8_t kind, std::string bytes) {
  if (kind == 0) return bytes;
  Parts parts = kind == 1 ? ods_parts("") : xlsx_parts("<row><c t=\"s\" s=\"3\"><v>0</v></c></row>", {"<t>a</t>"});
  const std::size_t part = kind == 1 ? 1 : 1 + kind % (parts.size() - 1);  // an ODS's content, or any part of an XLSX
  parts[part].second = std::move(bytes);
  return zip_of(parts);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  auto file = Spreadsheet::from_bytes(workbook_with(data[0], std::move(bytes)), "f");
  if (!file) {
    CHECK(!file.error().message.empty());
    return 0;
  }
  CHECK(!file->sheets().empty());
  for (std::size_t sheet = 0; sheet < file->sheets().size(); ++sheet) {
    if (!file->go_to(sheet)) continue;
    std::uint64_t last = 0;
    Spreadsheet::Step step = file->next();
    for (; step == Spreadsheet::Step::Row; step = file->next()) {
      CHECK(file->row() > last && file->row() <= 1'048'576);
      CHECK(!file->cells().empty() && file->cells().size() <= 16'384 && !file->cells().back().empty());
      last = file->row();
    }
    if (step == Spreadsheet::Step::Fault) CHECK(!file->fault().message.empty());
  }
  return 0;
}
