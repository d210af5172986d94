// Heads of single records are kept some at a time: what the trail says never depends on it, and whoever writes next
// keeps those that are wanting.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "evidence/store/log.h"
#include "evidence/store/store_end.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

// One row, as somebody records it by hand.
void record_one(Store& store, int number) {
  auto writer = store.begin_batch(
      {.file = "record", .layout = "record", .recorded_by = "me", .imported_at = "2025-07-01T09:00:00Z"});
  REQUIRE(writer);
  RowMaker make(**store.catalogue());
  const TypedRow row = make.cell(fmt::format("council:{}", number % 7), "t.score", 1 + number % 4);
  REQUIRE(writer->add({&row, 1}));
  REQUIRE(writer->commit());
}

std::int64_t ask(const std::string& path, const std::string& sql) {
  const auto database = Database::open(path, Database::Mode::Read);
  REQUIRE(database);
  Statement row = database->prepare(sql, "a question");
  REQUIRE(row.next());
  return row.integer(0);
}
std::int64_t wanting(const std::string& path) {
  return ask(
      path,
      "SELECT (SELECT max(entry) + 1 FROM (SELECT number AS entry FROM log_entry UNION ALL SELECT entry FROM batch)) - "
      "(SELECT max(size) FROM log_head)");
}

std::string verified(const std::string& path) {
  const auto report = Store::open(path, Access::Read)->verify();
  return report ? fmt::format("{} entries hold, {}", report->entries, report->head.root.to_string())
                : report.error().message;
}

// As it stands while another has it open: what that other process leaves if it is killed.
std::string copy_of(const std::string& path) {
  for (const char* part : {"", "-wal"})
    if (std::filesystem::exists(path + part))
      std::filesystem::copy_file(path + part, path + "_copy" + part, std::filesystem::copy_options::overwrite_existing);
  return path + "_copy";
}

}  // namespace

TEST_CASE("heads of single records are kept some at a time, and all when the store is closed") {
  const TemporaryFolder folder;
  const std::string path = folder / "s";
  make_sample_store(path);
  {
    Store store = std::move(*Store::open(path, Access::Write));
    std::int64_t most = 0;
    for (int i = 0; i < 150; ++i) {
      record_one(store, i);
      most = std::max(most, wanting(path));
      CHECK(wanting(path) <= std::int64_t{kMostWanting});
      if (i % 30 != 0) continue;
      // Another reader sees the same trail, and so does whoever finds the store as it is now.
      const LogHead own = *store.head(), other = *Store::open(path, Access::Read)->head();
      CHECK(own.size == 5 + i + 1);
      CHECK(other.size == own.size);
      CHECK(other.root == own.root);
      CHECK(verified(path) == fmt::format("{} entries hold, {}", own.size, own.root.to_string()));
      CHECK(verified(copy_of(path)) == verified(path));
    }
    CHECK(most == std::int64_t{kMostWanting});
  }
  CHECK(wanting(path) == 0);
  CHECK(ask(path, "SELECT count(*) FROM log_head") == 155);
  CHECK(ask(path, "SELECT count(*) FROM trail_readable") == 155);
  const std::string whole = verified(path);
  CHECK(whole.starts_with("155 entries hold"));
  change_behind(path, "DELETE FROM log_head WHERE size > 100");
  CHECK(verified(path) == whole);
  CHECK(wanting(path) == 55);
  {
    Store store = std::move(*Store::open(path, Access::Write));
    record_one(store, 7);  // the first of a program keeps them all
    CHECK(wanting(path) == 0);
  }
  CHECK(ask(path, "SELECT count(*) FROM log_head") == 156);
  CHECK(verified(path).starts_with("156 entries hold"));
}

TEST_CASE("any act after single records keeps their heads") {
  const TemporaryFolder folder;
  const std::string path = folder / "s";
  make_sample_store(path);
  Store store = std::move(*Store::open(path, Access::Write));
  for (int i = 0; i < 10; ++i) record_one(store, i);
  CHECK(wanting(path) == 9);
  REQUIRE(store.record_run(sample_run()));
  CHECK(wanting(path) == 0);
  for (int i = 0; i < 10; ++i) record_one(store, i);
  REQUIRE(record(store, "more.csv", sample_rows(**store.catalogue())));
  CHECK(wanting(path) == 0);
  // Somebody else's record lies between: then nothing is known of the end any more.
  for (int i = 0; i < 5; ++i) record_one(store, i);
  Store other = std::move(*Store::open(path, Access::Write));
  record_one(other, 5);
  record_one(store, 6);
  CHECK(wanting(path) == 0);
  CHECK(store.verify());
}

TEST_CASE("heads that are wanting where none may be are a fault") {
  const TemporaryFolder folder;
  const std::string path = folder / "s";
  make_sample_store(path);
  {
    Store store = std::move(*Store::open(path, Access::Write));
    for (int i = 0; i < 70; ++i) record_one(store, i);
  }
  const std::string all = copy_of(path);
  const auto after = [&](const std::string& sql) {
    const std::string copy = copy_of(path);
    change_behind(copy, sql);
    return verified(copy);
  };
  CHECK(after("DELETE FROM log_head WHERE size > 11").starts_with("75 entries hold"));
  // More than a program leaves; of a run; not at the end; of another root.
  CHECK(after("DELETE FROM log_head WHERE size > 10") ==
        "entry 74 (batch 72, record): the head of the trail kept for it does not follow from the entries");
  CHECK(after("DELETE FROM log_head WHERE size > 4") ==
        "entry 4 (run 2): the head of the trail kept for it does not follow from the entries");
  CHECK(after("DELETE FROM log_head WHERE size = 70") ==
        "entry 69 (batch 67, record): the head of the trail kept for it does not follow from the entries");
  CHECK(after("DELETE FROM log_head WHERE size > 60; INSERT INTO log_head SELECT 75, root, edge FROM log_head "
              "WHERE size = 11") ==
        "entry 60 (batch 58, record): the head of the trail kept for it does not follow from the entries");
  // An entry that no head covers is held to its row all the same.
  CHECK(after("DELETE FROM log_head WHERE size > 60; UPDATE batch SET recorded_by = 'we' WHERE entry = 70") ==
        "entry 70 (batch 68, record): the batch is not as recorded");
  CHECK(after("DELETE FROM log_head WHERE size > 60; DELETE FROM batch WHERE entry = 70") == "entry 70: it is missing");
}
