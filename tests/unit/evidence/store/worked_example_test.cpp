// The worked example of docs/formats/trail.md: one row, its leaf, its batch's entry and the head, digest by digest.
#include <catch2/catch.hpp>

#include "evidence/trail/merkle.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

TEST_CASE("the worked example") {
  const TemporaryFolder folder;
  Store store = std::move(*Store::create(folder / "s", "2026-01-05T09:00:00Z"));
  Catalogue& catalogue = **store.catalogue();
  Schema schema;
  const KindId council = schema.add_kind({.name = "council", .plural = "councils"});
  schema.add_field({.name = "cqc.local_authority.needs", .kind = council, .type = {.kind = TypeKind::Score}});
  TypedRow row;
  row.subject = catalogue.add_subject("council", "E06000014");
  row.field = catalogue.field(schema.fields().back(), schema).value();
  row.number = 3;
  row.valid_from = row.recorded_on = days("2025-12-05");
  row.source = catalogue.source("cqc_report");
  auto writer = store.begin_batch({.file = "cqc_york.csv",
                                   .file_digest = sha256(std::string_view("example")),
                                   .layout = "tidy",
                                   .recorded_by = "R. Keeper",
                                   .imported_at = "2026-01-05T09:30:00Z"});
  REQUIRE(writer->add({&row, 1}));
  REQUIRE(writer->commit());

  const Snapshot snapshot = std::move(*store.snapshot(schema, Date{row.recorded_on}));
  CHECK(snapshot.all_rows()[0].digest.to_hex() == "c21ab4387ee0a1c496c3aeb34475aa3860cd864b16b25c9d6257db268a0b784c");
  const auto entries = *store.log_entries();
  CHECK(entries[0].leaf.to_hex() == "a011cc8ccbc694abfa4ed9b68694fb45c8d48ad52d1e81bf3689981f07c3dfd4");
  CHECK(entries[1].body ==
        R"({"entry":"batch","file":"cqc_york.csv",)"
        R"("file_digest":"sha256:50d858e0985ecc7f60418aaf0cc5ab587f42c2570a884095a9e8ccacd0f6545c","first_row":1,)"
        R"("imported_at":"2026-01-05T09:30:00Z","layout":"tidy",)"
        R"("names":{"digest":"sha256:e9b300d19c7c9baa8232ba1484ef99203dd84ef73b907afdf1675e0825dfbb6f","documents":0,)"
        R"("fields":1,"kinds":1,"labels":0,"sources":1,"subjects":1,"texts":0},"recorded_by":"R. Keeper",)"
        R"("root":"sha256:c21ab4387ee0a1c496c3aeb34475aa3860cd864b16b25c9d6257db268a0b784c","rows":1})");
  CHECK(entries[1].leaf.to_hex() == "6fe9c862b4a1d56e1c3749d961ab3c0a06b24d49c55d864467093de40b680549");
  CHECK(store.head()->root.to_hex() == "2f1c0a998c7af9a1cd157b7631d43e0539f38b1f66f950060bd55a72b72f6b00");
  CHECK(store.verify());
}
