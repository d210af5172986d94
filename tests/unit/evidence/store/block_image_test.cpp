// Rows, texts and subjects through the image against the same as SQL reads them back: every width of number, texts, and
// enough rows to need one leaf, many, and none.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <limits>
#include <optional>

#include "evidence/store/block_table.h"
#include "evidence/store/layout.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

std::vector<StoredRow> rows_of(std::size_t count, std::int64_t first, TextArena& kept) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kValues[] = {0,           1,
                                      -1,          2,
                                      127,         128,
                                      -128,        -129,
                                      32767,       32768,
                                      -32769,      8388607,
                                      8388608,     -8388609,
                                      2147483647,  2147483648,
                                      -2147483649, (1LL << 47) - 1,
                                      1LL << 47,   -(1LL << 47) - 1,
                                      kMost,       -kMost - 1};
  std::vector<StoredRow> rows;
  for (std::size_t i = 0; i < count; ++i) {
    StoredRow row;
    row.row = first + static_cast<std::int64_t>(i);
    row.subject = static_cast<std::uint32_t>(1 + i * 7919 % 70'000);
    row.field = static_cast<std::uint32_t>(1 + i % 3);
    row.form = i % 5 == 0 ? StoredRow::Form::None : i % 7 == 0 ? StoredRow::Form::Decimal : StoredRow::Form::Number;
    row.number = kValues[i % std::size(kValues)];
    if (row.form == StoredRow::Form::Decimal) row.decimal = kept.keep("0.123456789");
    row.standing = static_cast<Standing>(i % 9);
    row.valid_from = static_cast<std::int32_t>(i * 31) - 1000;
    if (i % 4 == 0) row.valid_to = 20'020'148;
    row.source = static_cast<std::uint32_t>(1 + i % 300);
    row.recorded_on = 20'000;
    row.document = static_cast<std::uint32_t>(i % 3);
    if (i % 2 == 0) row.place = kept.keep(std::string(1 + i * 13 % 1000, 'p'));
    row.note = static_cast<std::int64_t>(i % 6);
    row.supersedes = i % 11 == 0 ? row.row - 1 : 0;
    rows.push_back(row);
  }
  return rows;
}

// Those of a store, empty, and what inserts into them.
struct Tables {
  Database database = std::move(*Database::open(":memory:", Database::Mode::Create));
  std::optional<BlockTable> table;
  Tables() {
    REQUIRE(make_layout(database));
    table.emplace(std::move(*BlockTable::attach(database)));
  }
};

void check_pages(const Database& database) {
  Statement pages = database.prepare("PRAGMA integrity_check", "the pages");
  REQUIRE(pages.next());
  CHECK(pages.text(0) == "ok");
}

}  // namespace

TEST_CASE("rows arrive as they were put in") {
  for (const std::size_t count : {0U, 1U, 5U, 130U, 4096U}) {
    CAPTURE(count);
    Tables tables;
    auto& [database, table] = tables;
    std::vector<StoredRow> all;
    TextArena kept;
    REQUIRE(database.execute("BEGIN IMMEDIATE", "a test"));
    REQUIRE(table->begin());
    for (int block = 0; block < 3; ++block) {
      Block made;
      made.rows = rows_of(count, 1 + static_cast<std::int64_t>(all.size()), kept);
      all.insert(all.end(), made.rows.begin(), made.rows.end());
      REQUIRE(table->insert(made));
    }
    table->end();
    REQUIRE(database.execute("COMMIT", "a test"));
    Statement row = database.prepare("SELECT * FROM main.observation ORDER BY id", "the rows");
    bool same = true;
    const auto is = [&](int column, std::int64_t value, std::int64_t none) {
      same = same && (value == none ? row.is_null(column) : row.integer(column) == value);
    };
    constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::min() + 1;
    for (const StoredRow& put : all) {
      REQUIRE(row.next());
      is(0, put.row, kNever), is(1, put.subject, kNever), is(2, put.field, kNever);
      if (put.form == StoredRow::Form::None) same = same && row.is_null(3);
      if (put.form == StoredRow::Form::Number) is(3, put.number, kNever);
      if (put.form == StoredRow::Form::Decimal) same = same && row.text(3) == put.decimal;
      is(4, static_cast<int>(put.standing), 0), is(5, put.valid_from, kNever), is(6, put.valid_to, TypedRow::kNoDate);
      is(7, put.source, kNever), is(8, put.recorded_on, kNever), is(9, put.document, 0);
      same = same && (put.place.empty() ? row.is_null(10) : row.text(10) == put.place);
      is(11, put.note, 0), is(12, put.supersedes, 0);
      REQUIRE(row.sound());
      REQUIRE(same);
    }
    CHECK_FALSE(row.next());
    REQUIRE(row.end());
    check_pages(database);
  }
}

TEST_CASE("texts arrive as they were put in, those too long for an image too") {
  for (const std::size_t count : {0U, 3U, 17U, 5000U}) {
    CAPTURE(count);
    Tables tables;
    auto& [database, table] = tables;
    TextArena kept;
    std::vector<StoredText> all;
    std::int64_t next_row = 1;
    REQUIRE(database.execute("BEGIN IMMEDIATE", "a test"));
    REQUIRE(table->begin());
    for (const std::size_t longest : {40U, 20'000U, 64'999U, 65'000U, 200'000U}) {
      Block made;
      made.rows = rows_of(20, next_row, kept);
      next_row += 20;
      for (std::size_t i = 0; i < count; ++i) {
        // Of the third block all together are too many.
        const bool many = longest == 64'999 && count == 5000;
        const std::size_t length = i == count / 2 ? longest : many ? 2'000 : i % 41;
        made.texts.push_back({.number = 1 + static_cast<std::int64_t>(all.size()),
                              .row = made.rows[i % 20].row,
                              .salt = i % 3 == 0 ? "" : "sixteen of bytes",
                              .content = i % 5 == 4 ? std::nullopt : std::optional(std::string(length, 'x')),
                              .digest = sha256(fmt::format("{}", i))});
        all.push_back(made.texts.back());
      }
      REQUIRE(table->insert(made));
    }
    table->end();
    REQUIRE(database.execute("COMMIT", "a test"));
    Statement text = database.prepare("SELECT * FROM main.text_value ORDER BY id", "the texts");
    bool same = true;
    for (const StoredText& put : all) {
      REQUIRE(text.next());
      same = same && text.integer(0) == put.number && text.integer(1) == put.row && text.digest(4) == put.digest;
      same = same && (put.salt.empty() ? text.is_null(2) : text.blob(2) == put.salt);
      same = same && (put.content ? text.is_text(3) && text.text(3) == *put.content : text.is_null(3));
      REQUIRE(text.sound());
      REQUIRE(same);
    }
    CHECK_FALSE(text.next());
    check_pages(database);
  }
}

TEST_CASE("subjects arrive as they were put in") {
  for (const std::size_t count : {0U, 3U, 17U, 4096U}) {
    CAPTURE(count);
    Tables tables;
    auto& [database, table] = tables;
    std::vector<std::string> codes(2 * count);
    std::vector<SubjectRow> all;
    REQUIRE(database.execute("BEGIN IMMEDIATE", "a test"));
    REQUIRE(table->begin());
    for (std::size_t i = 0; i < codes.size(); ++i) {
      codes[i] = fmt::format("E{:08}", i) + std::string(i % 90, 'e');
      const auto from = static_cast<std::uint32_t>(i % 4 == 3 ? i : 0);
      all.push_back(
          {1 + static_cast<std::int64_t>(i), 1 + static_cast<std::int64_t>(i % 300), codes[i], from, from / 2});
    }
    REQUIRE(table->insert(std::span(all).first(count)));
    REQUIRE(table->insert(std::span(all).subspan(count)));
    table->end();
    REQUIRE(database.execute("COMMIT", "a test"));
    Statement subject = database.prepare("SELECT * FROM main.subject ORDER BY id", "the subjects");
    bool same = true;
    for (const SubjectRow& put : all) {
      REQUIRE(subject.next());
      same = same && subject.integer(0) == put.number && subject.integer(1) == put.kind && subject.text(2) == put.code;
      same = same && (put.from == 0 ? subject.is_null(3) : subject.integer(3) == put.from);
      same = same && (put.to == 0 ? subject.is_null(4) : subject.integer(4) == put.to);
      REQUIRE(subject.sound());
      REQUIRE(same);
    }
    CHECK_FALSE(subject.next());
    check_pages(database);
  }
}

TEST_CASE("what is not UTF-8 is refused, whole or one by one") {
  for (const std::size_t count : {1U, 100U}) {
    CAPTURE(count);
    Tables tables;
    auto& [database, table] = tables;
    std::vector<SubjectRow> subjects(count, {1, 1, "caf\xc3\xa9", 0, 0});
    for (std::size_t i = 0; i < count; ++i) subjects[i].number += static_cast<std::int64_t>(i);
    subjects.back().code = "caf\xe9";
    CHECK_FALSE(table->insert(subjects));
    TextArena kept;
    Block made;
    made.rows = rows_of(count, 1, kept);
    for (const StoredRow& row : made.rows) made.texts.push_back({row.row, row.row, "", "plain", sha256("plain")});
    made.texts.back().content = "caf\xe9";
    CHECK_FALSE(table->insert(made));
  }
}

TEST_CASE("the second names of tables are known to the connection alone, until the end") {
  Tables tables;
  auto& [database, table] = tables;
  TextArena kept;
  Block block;
  block.rows = rows_of(100, 1, kept);
  REQUIRE(database.execute("BEGIN IMMEDIATE", "a test"));
  REQUIRE(table->begin());
  CHECK(verify_layout(database));
  REQUIRE(table->insert(block));
  REQUIRE(database.execute("COMMIT", "a test"));
  table->end();
  CHECK_FALSE(database.execute("INSERT INTO main.observation_at_end DEFAULT VALUES", "a test"));

  // After one that is rolled back the next goes on where the last committed one ended.
  REQUIRE(database.execute("BEGIN IMMEDIATE", "a test"));
  REQUIRE(table->begin());
  block.rows = rows_of(100, 101, kept);
  REQUIRE(table->insert(block));
  REQUIRE(database.execute("ROLLBACK", "a test"));
  table->end();
  REQUIRE(database.execute("BEGIN IMMEDIATE", "a test"));
  REQUIRE(table->begin());
  REQUIRE(table->insert(block));

  // SQLite gives the numbers: rows that ask for others are refused.
  block.rows = rows_of(100, 500, kept);
  const auto refused = table->insert(block);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::Corruption);
  CHECK(refused.error().message == "the rows of evidence do not end where the last batch does");
}
