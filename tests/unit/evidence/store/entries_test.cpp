// Entries of the trail that stand in the row of their batch: the same trail, whichever table keeps them; stores made
// before there were such rows; and what damage to them is called.
#include "evidence/store/entries.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "evidence/store/layout.h"
#include "evidence/store/log.h"
#include "evidence/trail/merkle.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

std::string ask(const std::string& path, const std::string& sql) {
  const auto database = Database::open(path, Database::Mode::Read);
  REQUIRE(database);
  Statement row = database->prepare(sql, "a question");
  std::string out;
  while (row.next()) out += fmt::format("{}{}", out.empty() ? "" : " ", row.text(0));
  REQUIRE(row.end());
  return out;
}

void record_one(Store& store, std::string file, std::string by, std::optional<PersonalData> personal = {}) {
  auto writer = store.begin_batch({.file = std::move(file),
                                   .layout = "record",
                                   .recorded_by = std::move(by),
                                   .imported_at = "2026-01-05T09:00:00Z"});
  REQUIRE(writer);
  writer->info().personal = std::move(personal);
  RowMaker make(**store.catalogue());
  const TypedRow row = make.cell("council:A", "t.score", 3);
  REQUIRE(writer->add({&row, 1}));
  REQUIRE(writer->commit());
}

// Batches whose names have all that JSON escapes, one about persons, runs in between.
void make_store(const std::string& path) {
  make_sample_store(path);
  Store store = std::move(*Store::open(path, Access::Write));
  record_one(store, "a \"quoted\"\\name\n\t\x01.csv", "R. Keeper");
  record_one(store, "f\xc3\xbcr M\xc3\xbcller \xf0\x9f\x98\x80.csv", "R. Keeper / D. Deputy");
  record_one(store, "persons.csv", "R. Keeper", PersonalData{"a complaint", Date{days("2027-01-01")}});
  REQUIRE(store.record_run(sample_run()));
  record_one(store, "record", "");
}

std::string old_store(const TemporaryFolder& folder) {
  std::filesystem::copy_file(
      std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/vectors/stores/before_entries_in_rows.assaydb", folder / "old");
  return folder / "old";
}

std::string verified(const std::string& path) {
  const auto report = Store::open(path, Access::Read)->verify();
  return report ? fmt::format("{} entries hold", report->entries) : report.error().message;
}

}  // namespace

TEST_CASE("a batch whose row says all of its entry stands for it, and no other entry is kept twice") {
  const TemporaryFolder folder;
  make_store(folder / "s");
  CHECK(verified(folder / "s") == "10 entries hold");
  // The store itself, a batch with free text, three runs, one about persons.
  CHECK(ask(folder / "s", "SELECT CAST(number AS TEXT) FROM log_entry ORDER BY number") == "0 1 3 4 7 8");
  CHECK(ask(folder / "s", "SELECT CAST(entry AS TEXT) FROM batch WHERE leaf IS NOT NULL ORDER BY id") == "2 5 6 9");
  const auto entries = *Store::open(folder / "s", Access::Read)->log_entries();
  REQUIRE(entries.size() == 10);
  MerkleEdge edge;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    CHECK(entries[i].number == static_cast<std::int64_t>(i));
    CHECK(entries[i].leaf == merkle_leaf(entries[i].body));
    edge.append(entries[i].leaf);
    CHECK(Store::open(folder / "s", Access::Read)->log_entry(entries[i].number)->body == entries[i].body);
  }
  CHECK(Store::open(folder / "s", Access::Read)->head()->root == edge.root());
  CHECK(Store::open(folder / "s", Access::Read)->log_entry(10).error().code == ErrorCode::NotFound);
}

TEST_CASE("the view of the trail shows every entry byte for byte") {
  const TemporaryFolder folder;
  make_store(folder / "s");
  const auto entries = *Store::open(folder / "s", Access::Read)->log_entries();
  std::string bodies, leaves;
  for (const LogEntry& entry : entries) {
    bodies += fmt::format("{}{}", bodies.empty() ? "" : " ", entry.body);
    leaves += fmt::format("{}{}", leaves.empty() ? "" : " ", entry.leaf.to_hex());
  }
  CHECK(ask(folder / "s", "SELECT body FROM trail_readable") == bodies);
  CHECK(ask(folder / "s", "SELECT leaf FROM trail_readable") == leaves);
}

TEST_CASE("entries are walked from any of them on") {
  const TemporaryFolder folder;
  make_store(folder / "s");
  {
    Store store = std::move(*Store::open(folder / "s", Access::Write));
    for (int i = 0; i < 150; ++i) {
      record_one(store, "record", "me");
      if (i % 31 == 0) REQUIRE(store.record_run(sample_run()));
    }
  }
  const auto database = Database::open(folder / "s", Database::Mode::Read);
  const std::int64_t size = 10 + 150 + 5;
  for (std::int64_t from = 0; from <= size + 1; ++from) {
    EntryWalk walk(*database, from);
    std::int64_t next = from;
    for (; walk.next(); ++next) REQUIRE(walk.number() == next);
    REQUIRE(walk.end());
    CHECK(next == std::max(from, size));
  }
}

TEST_CASE("a store made before batches stood for their entries is read, written and verified as it was made") {
  const TemporaryFolder folder;
  const std::string path = old_store(folder);
  CHECK(verified(path) == "7 entries hold");
  {
    Store store = std::move(*Store::open(path, Access::Write));
    CHECK(store.log_entries()->size() == 7);
    record_one(store, "record", "me");
    record_one(store, "record", "me");
    REQUIRE(store.record_run(sample_run()));
    CHECK(store.log_entries()->size() == 10);
    CHECK(store.log_entry(8)->body.find("\"recorded_by\":\"me\"") != std::string::npos);
  }
  CHECK(verified(path) == "10 entries hold");
  CHECK(ask(path, "SELECT CAST(count(*) AS TEXT) FROM log_entry") == "10");
  CHECK(ask(path, "SELECT CAST(count(*) AS TEXT) FROM trail_readable") == "10");
  CHECK(ask(path, "SELECT CAST(user_version AS TEXT) FROM pragma_user_version") == "1");
}

TEST_CASE("a store that says it has another format than its tables is refused") {
  const TemporaryFolder folder;
  const std::string path = old_store(folder);
  make_sample_store(folder / "s");
  change_behind(folder / "s", "PRAGMA user_version=1");
  CHECK(verified(folder / "s") == "the table `batch` of the store is not as it was made");
  change_behind(path, "PRAGMA user_version=2");
  CHECK(verified(path) == "the table `batch` of the store is not as it was made");
}

TEST_CASE("damage to an entry that stands in a row is named by the entry") {
  const TemporaryFolder folder;
  make_store(folder / "s");
  const auto after = [&](const std::string& sql) {
    std::filesystem::copy_file(folder / "s", folder / "copy", std::filesystem::copy_options::overwrite_existing);
    change_behind(folder / "copy", sql);
    return verified(folder / "copy");
  };
  CHECK(after("UPDATE batch SET imported_at = '2022-01-05T09:00:00Z' WHERE id = 4") ==
        "entry 6 (batch 4, f\xc3\xbcr M\xc3\xbcller \xf0\x9f\x98\x80.csv): the batch is not as recorded");
  CHECK(after("UPDATE batch SET leaf = zeroblob(32) WHERE entry = 9") ==
        "entry 9 (batch 6, record): the batch is not as recorded");
  CHECK(after("UPDATE batch SET leaf = zeroblob(31) WHERE entry = 9").find("leaf") != std::string::npos);
  CHECK(after("UPDATE batch SET leaf = NULL WHERE entry = 6") == "entry 6: it is missing");
  CHECK(after("UPDATE batch SET entry = 7 WHERE id = 4") == "entry 6: it is missing");
  CHECK(after("DELETE FROM batch WHERE entry = 6") == "entry 6: it is missing");
  CHECK(after("DELETE FROM batch WHERE entry = 9") == "more stands in the rows of evidence than the trail covers");
  CHECK(after("INSERT INTO log_entry SELECT 6, body, leaf FROM log_entry WHERE number = 3") ==
        "entry 6: it is there twice");
  CHECK(after("UPDATE batch SET leaf = (SELECT leaf FROM log_entry WHERE number = 7) WHERE entry = 7") ==
        "entry 7: it is there twice");
}
