// Rows read from the pages against the same rows as SQL reads them: every width of number, texts and bytes of every
// length, gaps in the numbers, trees of one page and of many. And where pages must not be read, or not be trusted.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "evidence/store/database.h"
#include "evidence/store/row_walk.h"
#include "evidence/store/table_pages.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::string_view kColumns = "id, number, words, bytes";

std::string as_text(const WalkedRow& row) {
  std::string text;
  for (std::size_t i = 0; i < 4; ++i) {
    const WalkedRow::Cell& cell = row.cells[i];
    if (cell.type == WalkedRow::Type::Null) text += "null ";
    if (cell.type == WalkedRow::Type::Integer) text += fmt::format("{} ", cell.integer);
    if (cell.type == WalkedRow::Type::Text) text += fmt::format("'{}' ", cell.bytes);
    if (cell.type == WalkedRow::Type::Blob)
      text += fmt::format("x{} {:x} ", cell.bytes.size(), sha256(cell.bytes).bytes[0]);
  }
  return text;
}

// The whole file of rows 1, 4, 7 ...; a text of `longest` in the last.
void make_table(const std::string& path, int rows, std::size_t longest) {
  const auto database = Database::open(path, Database::Mode::Create);
  REQUIRE(database);
  REQUIRE(
      database->execute("PRAGMA journal_mode=WAL; CREATE TABLE odd(id INTEGER PRIMARY KEY, number ANY, words TEXT, "
                        "bytes BLOB) STRICT",
                        "a table"));
  constexpr std::int64_t kNumbers[] = {0,
                                       1,
                                       -1,
                                       127,
                                       128,
                                       -129,
                                       32767,
                                       32768,
                                       8388607,
                                       8388608,
                                       2147483647,
                                       2147483648,
                                       (1LL << 47) - 1,
                                       -(1LL << 47),
                                       1LL << 47,
                                       kMost,
                                       -kMost - 1};
  auto transaction = Transaction::begin(*database, Transaction::Kind::Write);
  REQUIRE(transaction);
  Statement insert = database->prepare("INSERT INTO odd VALUES(?, ?, ?, ?)", "a table");
  for (int i = 0; i < rows; ++i) {
    const std::string words(i + 1 == rows ? longest : static_cast<std::size_t>(i % 200), 'w');
    const std::optional<std::string> text = i % 5 == 0 ? std::nullopt : std::optional(words);
    const auto number = static_cast<std::size_t>(i) % std::size(kNumbers);
    REQUIRE(insert.with(1 + 3 * i, kNumbers[number], text, Bytes{words}).run());
  }
  REQUIRE(transaction->commit());
}

struct Found {
  std::vector<std::string> rows;
  TablePages::Ended ended = TablePages::Ended::Unclear;
  std::int64_t next = 0;
};

Found from_pages(const Database& database, std::int64_t low, std::int64_t high) {
  auto pages = TablePages::open(database, "odd", kColumns);
  REQUIRE(pages);
  Found found{.next = low};
  WalkedRow row(kColumns);
  found.ended = pages->walk(found.next, high, row, [&](const WalkedRow& seen) {
    found.rows.push_back(as_text(seen));
    return true;
  });
  return found;
}

// Outside a transaction only SQLite is asked.
std::vector<std::string> from_sql(const Database& database, std::int64_t low, std::int64_t high) {
  REQUIRE_FALSE(TablePages::open(database, "odd", kColumns));
  std::vector<std::string> rows;
  RowWalk walk(database, kColumns, "odd", "a table");
  REQUIRE(walk.run(low, high, [&](const WalkedRow& seen) {
    rows.push_back(as_text(seen));
    return true;
  }));
  return rows;
}

// A transaction that has read.
Transaction begin_to_read(const Database& database) {
  auto transaction = Transaction::begin(database, Transaction::Kind::Read);
  REQUIRE(transaction);
  REQUIRE(database.prepare("SELECT count(*) FROM sqlite_schema", "a table").next());
  return std::move(*transaction);
}

}  // namespace

TEST_CASE("rows read from the pages are those that SQLite reads") {
  const TemporaryFolder folder;
  for (const int rows : {1, 2, 40, 3000, 60'000}) {
    const std::string path = folder / fmt::format("t{}", rows);
    make_table(path, rows, 300);
    const auto database = Database::open(path, Database::Mode::Read);
    REQUIRE(database);
    const std::int64_t last = 1 + 3 * (rows - 1);
    for (const auto& [low, high] : std::vector<std::pair<std::int64_t, std::int64_t>>{
             {-kMost - 1, kMost}, {1, 1}, {2, 3}, {last, kMost}, {last + 1, kMost}, {last / 3, last / 2}, {9, 5}}) {
      const auto expected = from_sql(*database, low, high);
      const auto reading = begin_to_read(*database);
      const Found found = from_pages(*database, low, high);
      CHECK(found.ended == TablePages::Ended::Seen);
      CHECK(found.rows == expected);
    }
  }
}

TEST_CASE("a row too long for its page is left to SQLite, and the walk goes on from there") {
  const TemporaryFolder folder;
  make_table(folder / "t", 100, 9000);
  const auto database = Database::open(folder / "t", Database::Mode::Read);
  REQUIRE(database);
  const auto expected = from_sql(*database, 1, kMost);
  const auto reading = begin_to_read(*database);
  const Found found = from_pages(*database, 1, kMost);
  CHECK(found.ended == TablePages::Ended::Unclear);
  CHECK(found.rows.size() == 99);
  CHECK(found.next == 1 + 3 * 98 + 1);
  std::vector<std::string> all;
  RowWalk walk(*database, kColumns, "odd", "a table");
  REQUIRE(walk.run(1, kMost, [&](const WalkedRow& seen) {
    all.push_back(as_text(seen));
    return true;
  }));
  CHECK(all == expected);
}

TEST_CASE("pages are not read while some of the store stands in the log, nor of another table") {
  const TemporaryFolder folder;
  make_table(folder / "t", 10, 5);
  const auto database = Database::open(folder / "t", Database::Mode::Read);
  REQUIRE(database);
  {
    const auto reading = begin_to_read(*database);
    CHECK(TablePages::open(*database, "odd", kColumns));
    CHECK_FALSE(TablePages::open(*database, "odd", "id, words, number, bytes"));
    CHECK_FALSE(TablePages::open(*database, "even", kColumns));
  }
  const auto writer = Database::open(folder / "t", Database::Mode::Write);
  REQUIRE(writer);
  REQUIRE(writer->execute("UPDATE odd SET words = 'new' WHERE id = 4", "a table"));
  const auto reading = begin_to_read(*database);
  CHECK_FALSE(TablePages::open(*database, "odd", kColumns));
}

TEST_CASE("what is seen does not change while the transaction lasts, whoever writes") {
  const TemporaryFolder folder;
  make_table(folder / "t", 10, 5);
  const auto database = Database::open(folder / "t", Database::Mode::Read);
  REQUIRE(database);
  const auto reading = begin_to_read(*database);
  const auto before = from_pages(*database, 1, kMost).rows;
  auto pages = TablePages::open(*database, "odd", kColumns);
  const auto writer = Database::open(folder / "t", Database::Mode::Write);
  REQUIRE(writer);
  REQUIRE(writer->execute("UPDATE odd SET words = 'new'", "a table"));
  // Folds into the file what no reader needs as it was.
  REQUIRE(writer->execute("PRAGMA wal_checkpoint(PASSIVE)", "the log"));
  std::vector<std::string> rows;
  std::int64_t low = 1;
  WalkedRow row(kColumns);
  CHECK(pages->walk(low, kMost, row, [&](const WalkedRow& seen) {
    rows.push_back(as_text(seen));
    return true;
  }) == TablePages::Ended::Seen);
  CHECK(rows == before);
}

// Whatever stands in the file: no crash, and no row out of order.
TEST_CASE("damaged pages are left to SQLite") {
  const TemporaryFolder folder;
  make_table(folder / "t", 400, 5);
  std::ifstream in(folder / "t", std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(in)), {});
  int unclear = 0;
  for (std::size_t at = 4096; at < whole.size(); at += 7) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << at % 8));
    std::ofstream(folder / "d", std::ios::binary | std::ios::trunc) << damaged;
    const auto database = Database::open(folder / "d", Database::Mode::ReadUnchanging);
    REQUIRE(database);
    auto transaction = Transaction::begin(*database, Transaction::Kind::Read);
    REQUIRE(transaction);
    static_cast<void>(database->prepare("SELECT count(*) FROM sqlite_schema", "a table").next());
    auto pages = TablePages::open(*database, "odd", kColumns);
    if (!pages) continue;
    std::int64_t low = 1, before = 0;
    WalkedRow row(kColumns);
    const auto ended = pages->walk(low, kMost, row, [&](const WalkedRow& seen) {
      const bool follows = seen.cells[0].integer > before;
      CHECK(follows);
      before = seen.cells[0].integer;
      return follows;
    });
    if (ended == TablePages::Ended::Unclear) ++unclear;
  }
  CHECK(unclear > 100);
}
