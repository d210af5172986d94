// Evidence to import into, and what must hold of every import.
#include "tests/fuzz/evidence_schema.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "evidence/core/check.h"
#include "evidence/import/import.h"

namespace assay {

namespace {

void add_number(Schema& schema, const char* code, KindId kind) {
  FieldDef field{.name = std::string("measure.") + code, .kind = kind, .code = code};
  field.type.kind = TypeKind::Number;
  schema.add_field(field);
}

}  // namespace

Schema fuzz_schema() {
  Schema schema;
  const KindId council = schema.add_kind({.name = "council", .plural = "councils"});
  const KindId ics = schema.add_kind({.name = "ics", .plural = "systems"});
  const KindId country = schema.add_kind({.name = "country", .plural = "countries"});
  const KindId trust = schema.add_kind({.name = "trust", .plural = "trusts"});
  const KindId location = schema.add_kind({.name = "location", .plural = "locations"});
  schema.add_kind({.name = "membership", .plural = "memberships", .relation = true, .from = council, .to = ics});
  schema.add_kind({.name = "trust_of_system", .plural = "places", .relation = true, .from = trust, .to = ics});
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
  for (const char* code : {"Oflog ASC1", "LG Inform Admissions", "ONS Anxiety", "Fingertips 22401", "ASCOF 1A"}) {
    add_number(schema, code, council);
  }
  for (const char* code : {"Fingertips 241 England", "ASCOF 1A England"}) add_number(schema, code, country);
  for (const char* code : {"OF0057", "NHS oversight league: average score", "Discharge ready date delayed_bed_days",
                           "RTT and A&E rtt_pct_within_18_weeks"}) {
    add_number(schema, code, trust);
  }
  for (const char* code : {"A&E pct_within_4hours", "Discharge total_discharged"}) add_number(schema, code, ics);
  FieldDef rating{.name = "rating", .kind = location, .code = "CQC rating Overall"};
  rating.type.kind = TypeKind::Scale;
  rating.type.labels = {{"good", "Good"}, {"inadequate", "Inadequate"}};
  schema.add_field(rating);
  return schema;
}

void import_and_check(const std::string& path, std::string_view layout) {
  static const Schema schema = fuzz_schema();
  Catalogue catalogue;
  // What tables of areas need to be in the store.
  catalogue.add_subject("council", "E06000014");
  catalogue.add_subject("ics", "QE1");
  const Catalogue::Mark before = catalogue.mark();
  std::uint64_t rows = 0;
  const ImportRequest request{.path = path, .layout = std::string(layout), .recorded_on = *Date::parse("2026-06-01")};
  const auto report = import_file(request, schema, catalogue, [&](std::span<const TypedRow> block) -> Result<void> {
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
    return;
  }
  // A table with data about persons tells every column of it.
  CHECK(!report.error().empty());
  for (const Error& fault : report.error()) CHECK(!fault.message.empty() && fault.message.size() < 3000);
  const Catalogue::Mark after = catalogue.mark();
  CHECK(after.subjects == before.subjects && after.fields == before.fields);
}

std::string file_of_bytes(std::string_view bytes) {
  static const std::string path = std::filesystem::temp_directory_path() / ("assay_fuzz_" + std::to_string(getpid()));
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path;
}

}  // namespace assay
