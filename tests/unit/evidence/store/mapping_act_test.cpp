// Mappings and the purpose of data about persons: what goes in comes out, and verification counts them.
#include <catch2/catch.hpp>

#include "evidence/core/canonical_json.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

KeptMapping library() {
  KeptMapping kept;
  kept.mapping = {
      "library",
      "document",
      "council:E1",
      "Sheet \"one\"",
      {{"Ref", "A", "reference", false}, {"Where", "C", "library.kept_at", true}, {"Colour", "D", "", false}}};
  kept.file = "our \"entry\":\"batch\" list.xlsx";
  kept.by = "A. Keeper";
  kept.recorded_at = "2026-11-02T10:00:00Z";
  return kept;
}

}  // namespace

TEST_CASE("a mapping is read back as it was kept, in the order of keeping") {
  const TemporaryFolder folder;
  Store store = std::move(*Store::create(folder / "s", "2026-11-01T08:00:00Z"));
  CHECK(store.mappings()->empty());
  KeptMapping kept = library();
  REQUIRE(store.keep_mapping(kept) == 1);
  kept.mapping.columns.pop_back();
  REQUIRE(store.keep_mapping(kept) == 2);
  const auto all = *store.mappings();
  REQUIRE(all.size() == 2);
  CHECK(all[0].mapping == library().mapping);
  CHECK(all[0].file == library().file);
  CHECK(all[0].by == "A. Keeper");
  CHECK(all[1].mapping == kept.mapping);
  CHECK(all[1].entry == 2);
  // It is no evidence: nothing became known by it.
  CHECK_FALSE(store.last_recorded()->has_value());
  const auto entries = *store.log_entries();
  for (const LogEntry& entry : entries) CHECK(canonicalise_json(entry.body).value() == entry.body);
  const auto verified = store.verify();
  REQUIRE(verified);
  CHECK(verified->mappings == 2);
}

TEST_CASE("evidence can be recorded after a mapping, and what is no text is no mapping") {
  const TemporaryFolder folder;
  Store store = std::move(*Store::create(folder / "s", "2026-11-01T08:00:00Z"));
  REQUIRE(store.catalogue());
  REQUIRE(store.keep_mapping(library()));
  REQUIRE(record(store, "a.csv", sample_rows(**store.catalogue())));
  CHECK(store.verify()->entries == 3);
  KeptMapping bad = library();
  bad.by = "\xFF";
  CHECK(store.keep_mapping(bad).error().code == ErrorCode::WrongUse);
  CHECK(store.mappings()->size() == 1);
}

TEST_CASE("the purpose of data about persons stands in the entry of its batch, and nowhere else") {
  const TemporaryFolder folder;
  Store store = std::move(*Store::create(folder / "s", "2026-11-01T08:00:00Z"));
  REQUIRE(record(store, "plain.csv", sample_rows(**store.catalogue())));
  auto writer = store.begin_batch(batch_info("persons.csv"));
  REQUIRE(writer);
  writer->info().personal = PersonalData{R"(complaint 12, "personal_data":{)", *Date::parse("2027-03-31")};
  writer->info().published = {"Office"};
  RowMaker rows(**store.catalogue());
  const TypedRow row = rows.cell("council:A", "t.score", 3);
  REQUIRE(writer->add({&row, 1}));
  REQUIRE(writer->commit());
  const auto holdings = *store.personal_holdings();
  REQUIRE(holdings.size() == 1);
  CHECK(holdings[0].file == "persons.csv");
  CHECK(holdings[0].said.purpose == R"(complaint 12, "personal_data":{)");
  CHECK(holdings[0].said.destroy_on == *Date::parse("2027-03-31"));
  CHECK(store.verify()->batches == 2);
}
