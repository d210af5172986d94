// Any bytes as a file of evidence: import ends with a report or with faults that have a sentence and leave no name
// behind.
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include "evidence/core/check.h"
#include "evidence/import/import.h"

using namespace assay;

namespace {

Schema fuzz_schema() {
  Schema schema;
  const KindId council = schema.add_kind({.name = "council", .plural = "councils"});
  const KindId ics = schema.add_kind({.name = "ics", .plural = "systems"});
  schema.add_kind({.name = "membership", .plural = "memberships", .relation = true, .from = council, .to = ics});
  FieldDef score{.name = "cqc.local_authority.needs", .kind = council};
  score.type.kind = TypeKind::Score;
  score.type.low = Decimal::from_int(1);
  score.type.high = Decimal::from_int(4);
  schema.add_field(score);
  FieldDef wait{.name = "wait", .kind = council, .occurrence = Occurrence::Series, .every = Step::Quarter};
  wait.type.kind = TypeKind::Days;
  schema.add_field(wait);
  FieldDef stage{.name = "support", .kind = council, .is_stage = true};
  stage.type.kind = TypeKind::Scale;
  stage.type.labels = {{"sector_led", ""}, {"directed", ""}};
  schema.add_field(stage);
  return schema;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Schema schema = fuzz_schema();
  static const std::string path = std::filesystem::temp_directory_path() / ("assay_fuzz_" + std::to_string(getpid()));
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  Catalogue catalogue;
  std::uint64_t rows = 0;
  const auto report = import_file({.path = path, .recorded_on = *Date::parse("2026-06-01")}, schema, catalogue,
                                  [&](std::span<const TypedRow> block) -> Result<void> {
                                    for (const TypedRow& row : block) {
                                      CHECK(row.subject > 0 && row.subject < catalogue.subjects().size());
                                      CHECK(row.field > 0 && row.field < catalogue.fields().size());
                                      CHECK(row.source > 0 && row.source < catalogue.sources().size());
                                    }
                                    rows += block.size();
                                    return {};
                                  });
  if (report) {
    CHECK(report->rows == rows);
    return 0;
  }
  CHECK(!report.error().empty() && report.error().size() <= 20);
  for (const Error& fault : report.error()) CHECK(!fault.message.empty() && fault.message.size() < 1000);
  CHECK(catalogue.subjects().size() == 1 && catalogue.fields().size() == 1);
  return 0;
}
