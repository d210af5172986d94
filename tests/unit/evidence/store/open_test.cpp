// Making and opening: what is not a store is refused in a sentence, and reading changes nothing.
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "evidence/store/database.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

void write_file(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Error error_of(const std::string& path, Access access = Access::Read) {
  auto store = Store::open(path, access);
  REQUIRE_FALSE(store);
  return store.error();
}

}  // namespace

TEST_CASE("a new store holds its own entry and verifies") {
  const TemporaryFolder folder;
  auto store = Store::create(folder / "s.store", "2025-06-01T08:00:00Z");
  REQUIRE(store);
  CHECK(store->log_entries()->at(0).body == R"({"created_at":"2025-06-01T08:00:00Z","entry":"store","format":1})");
  CHECK(store->head()->size == 1);
  CHECK(store->head()->root == store->log_entries()->at(0).leaf);
  CHECK(store->last_recorded().value() == std::nullopt);
  const auto report = store->verify();
  REQUIRE(report);
  CHECK(report->entries == 1);
  CHECK(report->head.root == store->head()->root);
  CHECK_FALSE(std::filesystem::exists(folder / "s.store.new"));
}

TEST_CASE("a store never takes the place of a file") {
  const TemporaryFolder folder;
  write_file(folder / "s", "mine");
  CHECK(Store::create(folder / "s", "2025").error().code == ErrorCode::WrongUse);
  CHECK(read_file(folder / "s") == "mine");
  CHECK(Store::create(folder / "no/such/folder/s", "2025").error().code == ErrorCode::Io);
}

TEST_CASE("a new store does not take in the log of an old one") {
  const TemporaryFolder folder;
  write_file(folder / "s-wal", "left behind");
  const auto made = Store::create(folder / "s", "2025");
  REQUIRE_FALSE(made);
  CHECK(made.error().code == ErrorCode::WrongUse);
  CHECK_FALSE(std::filesystem::exists(folder / "s"));
}

TEST_CASE("what is not a store is refused") {
  const TemporaryFolder folder;
  CHECK(error_of(folder / "none").code == ErrorCode::NotFound);
  CHECK(error_of(folder / "none", Access::Write).code == ErrorCode::NotFound);
  CHECK_FALSE(std::filesystem::exists(folder / "none"));

  write_file(folder / "text", "subject,field,value\n");
  CHECK(error_of(folder / "text").code == ErrorCode::Corruption);
  CHECK(error_of(folder / "text").message ==
        "this is not an Assay store: it is not a SQLite file, or its beginning is damaged");
  write_file(folder / "empty", "");
  CHECK(error_of(folder / "empty").message ==
        "this is not an Assay store: it is a SQLite file of another program, or empty");
  CHECK(error_of(folder / "").message == "this is not an Assay store: it is a folder");

  {
    auto other = Database::open(folder / "other", Database::Mode::Create);
    REQUIRE(other->execute("CREATE TABLE x(y)", "a table"));
  }
  CHECK(error_of(folder / "other", Access::Write).message ==
        "this is not an Assay store: it is a SQLite file of another program, or empty");
  {
    make_sample_store(folder / "later");
    auto later = Database::open(folder / "later", Database::Mode::Write);
    REQUIRE(later->execute("PRAGMA user_version=3", "the format"));
  }
  CHECK(error_of(folder / "later").message == "the store has format 3, this program reads formats 1 and 2");
}

TEST_CASE("reading leaves the file as it was") {
  const TemporaryFolder folder;
  make_sample_store(folder / "s");
  const std::string before = read_file(folder / "s");
  {
    auto store = Store::open(folder / "s", Access::Read);
    REQUIRE(store);
    REQUIRE(store->verify());
    REQUIRE(store->snapshot(sample_schema(), Date{days("2026-01-01")}));
    CHECK(store->begin_batch(batch_info("x")).error().code == ErrorCode::WrongUse);
    CHECK(store->record_run(sample_run()).error().code == ErrorCode::WrongUse);
  }
  CHECK(read_file(folder / "s") == before);
}

TEST_CASE("a store in a folder that cannot be written can be read") {
  if (::geteuid() == 0) return;  // the system lets root write everywhere
  const TemporaryFolder folder;
  make_sample_store(folder / "s");
  REQUIRE(::chmod((folder / "s").c_str(), 0400) == 0);
  REQUIRE(::chmod((folder / "").c_str(), 0500) == 0);
  CHECK(Store::open(folder / "s", Access::Read)->verify());
  CHECK(error_of(folder / "s", Access::Write).code == ErrorCode::Io);
  REQUIRE(::chmod((folder / "").c_str(), 0700) == 0);
}

TEST_CASE("nothing in a store can be changed or deleted by its tables") {
  const TemporaryFolder folder;
  make_sample_store(folder / "s");
  auto database = Database::open(folder / "s", Database::Mode::Write);
  // So that no table is empty: batches as small as these keep no hash.
  REQUIRE(database->execute("INSERT INTO batch_node VALUES(1, 0, zeroblob(32))", "a row"));
  Statement table = database->prepare("SELECT name FROM sqlite_schema WHERE type = 'table'", "the tables");
  int tables = 0;
  while (table.next()) {
    const std::string name(table.text(0));
    INFO(name);
    const auto deleted = database->execute(fmt::format("DELETE FROM {}", name), "a row");
    REQUIRE_FALSE(deleted);
    CHECK(deleted.error().message.find("a store is only added to") != std::string::npos);
    Statement first =
        database->prepare(fmt::format("SELECT name FROM pragma_table_info('{}') LIMIT 1", name), "a column");
    REQUIRE(first.next());
    CHECK_FALSE(database->execute(fmt::format("UPDATE {0} SET {1} = {1}", name, first.text(0)), "a row"));
    ++tables;
  }
  CHECK(tables == 17);
}

TEST_CASE("the views say in words what the rows hold") {
  const TemporaryFolder folder;
  make_sample_store(folder / "s");
  auto database = Database::open(folder / "s", Database::Mode::Read);
  const auto line = [&](int row) {
    Statement view = database->prepare(
        "SELECT subject || '|' || field || '|' || standing || '|' || coalesce(value, '-') || '|' || valid_from || '|' "
        "|| "
        "coalesce(valid_to, '-') || '|' || source || '|' || recorded_on || '|' || document || '|' || place || '|' || "
        "coalesce(note, '-') || '|' || coalesce(supersedes, '-') || '|' || batch FROM evidence_readable WHERE row = ?",
        "the view");
    return view.with(row).next() ? std::string(view.text(0)) : to_string(view.end().error());
  };
  CHECK(line(1) == "council:A|council.register|held|Ashby|2025-04-01|-|returns|2025-07-01|returns.csv|row 2|-|-|1");
  CHECK(line(5) ==
        "council:B|t.score|not available|-|2025-04-01|-|returns|2025-07-01|returns.csv|row 6|the return came late|-|1");
  CHECK(line(6) == "council:A|t.rate|held|-12.5|2025-04-01|2026-03-31|returns|2025-07-01|returns.csv|row 7|-|-|1");
  CHECK(line(7) == "council:B|t.rate|held|0.123456789|2025-04-01|-|returns|2025-07-01|annex.pdf|page 7|-|-|1");
  CHECK(line(8) == "council:A|t.published|held|2025-06-30|2025-04-01|-|returns|2025-07-01|returns.csv|row 9|-|-|1");
  CHECK(line(9) == "council:A|t.agreed|held|yes|2025-04-01|-|returns|2025-07-01|returns.csv|row 10|-|-|1");
  CHECK(line(10) == "council:A|t.rating|held|good|2025-04-01|-|returns|2025-07-01|returns.csv|row 11|-|-|1");
  CHECK(line(12) == "membership:A>X|t.share|held|75.8|2025-04-01|-|returns|2025-07-01|returns.csv|row 13|-|-|1");
  CHECK(line(13) == "council:B|t.agreed|complete|-|2025-04-01|2025-06-30|returns|2025-07-01|returns.csv|row 14|-|-|1");
  CHECK(line(14) == "council:A|t.score|held|2|2025-04-01|-|returns|2025-08-01|record|row 2|misread|4|2");
  for (const char* view : {"batch_readable", "run_readable", "explanation_readable", "trail_readable"}) {
    Statement rows = database->prepare(fmt::format("SELECT count(*) FROM {}", view), view);
    REQUIRE(rows.next());
    CHECK(rows.integer(0) > 1);
  }
}
