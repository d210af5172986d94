// Any bytes as a council's own list: the mapping proposed for it reads it, and each line is accepted or refused with a
// reason.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include "evidence/core/check.h"
#include "evidence/import/read_mapped.h"

using namespace assay;

namespace {

Schema fuzz_schema() {
  Schema schema;
  const KindId council = schema.add_kind({.name = "council", .plural = "councils"});
  const KindId document = schema.add_kind({.name = "document", .plural = "documents"});
  schema.add_kind(
      {.name = "document_of_council", .plural = "links", .relation = true, .from = document, .to = council});
  for (const char* name : {"library.document_owner", "library.serves", "library.review_due", "library.category"}) {
    FieldDef field{.name = name, .kind = document};
    field.type.kind = TypeKind::Text;
    if (field.name.ends_with("due")) field.type.kind = TypeKind::Date;
    if (field.name.ends_with("category")) {
      field.type.kind = TypeKind::Choice;
      field.type.labels = {{"partners", ""}, {"processes", ""}};
    }
    schema.add_field(field);
  }
  return schema;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Schema schema = fuzz_schema();
  static const Snapshot held = SnapshotBuilder(schema, *Date::parse("2026-06-01")).seal();
  static const std::string path = std::filesystem::temp_directory_path() / ("assay_mapped_" + std::to_string(getpid()));
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  const auto grid = read_grid(path);
  if (!grid) {
    CHECK(!grid.error().message.empty());
    return 0;
  }
  const auto proposal = propose_mapping(*grid, schema, {"fuzz", "document", "council:E1", {}, {}, {}}, nullptr);
  if (!proposal) {
    CHECK(!proposal.error().message.empty() && proposal.error().message.size() < 10'000);
    return 0;
  }
  // Proposed again beside itself, nothing has changed.
  const MappingRequest again{"fuzz", "document", "council:E1", {}, {}, {}};
  const auto same = propose_mapping(*grid, schema, again, &proposal->mapping);
  CHECK(same && same->changes.empty() && same->mapping == proposal->mapping);
  const auto list = read_mapped(*grid, proposal->at, proposal->mapping, schema, held, {*Date::parse("2026-06-01"), {}});
  if (!list) {
    CHECK(!list.error().empty());
    return 0;
  }
  for (const MappedLine& line : list->lines) {
    const bool refused = line.fate == MappedLine::Fate::Refused;
    CHECK(refused != line.faults.empty());
    CHECK(refused == line.rows.empty());  // what is accepted is new here
    for (const Error& fault : line.faults) CHECK(!fault.message.empty() && !fault.place.empty());
  }
  return 0;
}
