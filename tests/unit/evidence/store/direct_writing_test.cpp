// A large first batch goes straight into the file, and one that is cut short is undone by whoever opens the store next.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <memory>

#include "evidence/store/database.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kLargeFile = std::uint64_t{64} << 20;
constexpr int kRows = 40'000;

BatchInfo large_file() {
  BatchInfo info = batch_info("large.csv");
  info.bytes = kLargeFile;
  return info;
}

// More than the connection keeps in memory and the queue holds: rows with places of 3,000 characters.
void add_many(Store::BatchWriter& writer, Store& store) {
  RowMaker make(**store.catalogue());
  std::vector<TypedRow> rows;
  for (int i = 0; i < kRows; ++i) {
    rows.push_back(make.cell(fmt::format("council:{}", i % 100), "t.score", 1 + i % 4));
    rows.back().place = fmt::format("{:03000}", i);
  }
  REQUIRE(writer.add(rows));
}

std::string journal_of(const std::string& path) {
  auto database = Database::open(path, Database::Mode::Read);
  Statement mode = database->prepare("PRAGMA journal_mode", "the journal");
  REQUIRE(mode.next());
  return std::string(mode.text(0));
}

// The files as they lie while a batch is being written, as after a loss of power.
void copy_as_it_lies(const std::string& from, const std::string& to) {
  for (const char* ending : {"", "-wal", "-journal"})
    if (fs::exists(from + ending)) fs::copy_file(from + ending, to + ending);
}

}  // namespace

TEST_CASE("a large first batch is written straight into the file") {
  const TemporaryFolder folder;
  auto store = Store::create(folder / "s", "2025-06-01T08:00:00Z");
  {
    auto writer = store->begin_batch(large_file());
    REQUIRE(writer);
    add_many(*writer, *store);
    REQUIRE(writer->commit());
  }
  CHECK(fs::file_size(folder / "s") > 100'000'000);
  auto database = Database::open(folder / "s", Database::Mode::Read);
  Statement unused = database->prepare("PRAGMA freelist_count", "the pages");
  REQUIRE(unused.next());
  CHECK(unused.integer(0) == 0);  // what lies in such a page nobody checks
  CHECK_FALSE(fs::exists(folder / "s-journal"));
  CHECK(journal_of(folder / "s") == "wal");
  REQUIRE(store->verify());
  CHECK(store->verify()->rows == kRows);
}

TEST_CASE("a batch that is dropped leaves the store as it was") {
  const TemporaryFolder folder;
  auto store = Store::create(folder / "s", "2025-06-01T08:00:00Z");
  {
    auto writer = store->begin_batch(large_file());
    add_many(*writer, *store);
  }
  CHECK_FALSE(fs::exists(folder / "s-journal"));
  CHECK(journal_of(folder / "s") == "wal");
  CHECK(store->verify()->rows == 0);
  auto again = store->begin_batch(large_file());
  REQUIRE(again);
  add_many(*again, *store);
  REQUIRE(again->commit());
  CHECK(store->verify()->rows == kRows);
}

TEST_CASE("a batch that is cut short is undone by whoever opens the store next") {
  const TemporaryFolder folder;
  auto store = Store::create(folder / "s", "2025-06-01T08:00:00Z");
  {
    auto writer = store->begin_batch(large_file());
    add_many(*writer, *store);
    CHECK(fs::file_size(folder / "s-journal") > 0);
    CHECK(fs::file_size(folder / "s") > 1'000'000);  // part of it is there already
    for (const char* copy : {"read", "written", "made"}) copy_as_it_lies(folder / "s", folder / copy);
  }
  for (const auto& [copy, access] : {std::pair{"read", Access::Read}, {"written", Access::Write}}) {
    INFO(copy);
    auto opened = Store::open(folder / copy, access);
    if (!opened) FAIL(to_string(opened.error()));
    const auto report = opened->verify();
    if (!report) FAIL(to_string(report.error()));
    CHECK(report->entries == 1);
    CHECK(report->rows == 0);
    CHECK_FALSE(fs::exists((folder / copy) + "-journal"));
  }
  CHECK(journal_of(folder / "written") == "wal");
  // Nor is its journal taken for that of another store of this name.
  fs::remove(folder / "made");
  CHECK(Store::create(folder / "made", "2025").error().code == ErrorCode::WrongUse);
}

TEST_CASE("while somebody may be reading, a large batch goes the usual way") {
  const TemporaryFolder folder;
  SECTION("evidence is held") {
    make_sample_store(folder / "s");
    auto store = Store::open(folder / "s", Access::Write);
    auto writer = store->begin_batch(large_file());
    add_many(*writer, *store);
    CHECK_FALSE(fs::exists(folder / "s-journal"));
    REQUIRE(writer->commit());
    CHECK(store->verify()->rows == kRows + 14);
  }
  SECTION("somebody else has it open") {
    auto store = Store::create(folder / "s", "2025-06-01T08:00:00Z");
    auto reader = Store::open(folder / "s", Access::Read);
    REQUIRE(reader->head());
    auto writer = store->begin_batch(large_file());
    add_many(*writer, *store);
    CHECK_FALSE(fs::exists(folder / "s-journal"));
    CHECK(reader->verify()->rows == 0);
    REQUIRE(writer->commit());
    CHECK(reader->verify()->rows == kRows);
  }
}
