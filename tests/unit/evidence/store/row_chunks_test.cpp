// Rows shared out in chunks are verified as if one went through them all: with the same words, the first bad row first.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>

#include "evidence/store/read_view.h"
#include "evidence/store/row_chunks.h"
#include "evidence/store/verify.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

constexpr int kRows = 2000;  // eight chunks of 256, the last of fewer
constexpr VerifyShares kInChunks{.rows_each = 256, .second_from = 0}, kAlone{};

// Every third row holds a text, every fifth a note; some are redacted; a second batch follows.
void make_long_store(const std::string& path) {
  Store store = std::move(*Store::create(path, "2025-06-01T08:00:00Z"));
  RowMaker make(**store.catalogue());
  std::vector<TypedRow> rows;
  for (int i = 1; i <= kRows; ++i) {
    const std::string subject = fmt::format("council:{}", i % 100);
    rows.push_back(i % 3 == 0 ? make.text(subject, "t.comment", fmt::format("comment {}", i))
                              : make.cell(subject, "t.score", 1 + i % 4));
    if (i % 5 == 0) rows.back().note = fmt::format("note {}", i);
    if (i % 7 == 0) rows.back().place = fmt::format("page {}", i);
  }
  REQUIRE(record(store, "long.csv", rows));
  REQUIRE(record(store, "more.csv", {rows.begin(), rows.begin() + 20}));
  NewRedaction redaction{.by = "D. Officer",
                         .because = "request 12",
                         .on = Date{days("2025-11-28")},
                         .recorded_at = "2025-11-28T09:00:00Z",
                         .rows = {{300, {.value = true, .note = true}}, {1200, {.note = true}}},
                         .outcomes = {},
                         .explanations = {}};
  REQUIRE(store.redact(redaction));
  REQUIRE(store.sweep());
}

std::string verified(const std::string& path, const VerifyShares& shares) {
  const auto database = Database::open(path, Database::Mode::Read);
  REQUIRE(database);
  const auto report = verify_store(*database, shares);
  return report ? fmt::format("{} rows hold", report->rows) : report.error().message;
}

// What is said of a copy after the SQL, which has to be the same in chunks and without.
std::string said_after(const std::string& store, const std::string& sql) {
  const std::string copy = store + "_copy";
  std::filesystem::copy_file(store, copy, std::filesystem::copy_options::overwrite_existing);
  change_behind(copy, sql);
  const std::string alone = verified(copy, kAlone);
  for (int i = 0; i < 3; ++i) CHECK(verified(copy, kInChunks) == alone);
  return alone;
}

}  // namespace

TEST_CASE("rows in chunks hold, and each damage is named as if they were one") {
  const TemporaryFolder folder;
  const std::string store = folder / "s";
  make_long_store(store);
  CHECK(said_after(store, "") == "2020 rows hold");
  const std::string entry = "entry 1 (batch 1, long.csv): ";
  const auto score = [](int row) {
    return fmt::format("UPDATE observation SET value = 5 - value WHERE id = {};", row);
  };
  const auto spelt = [](int row) {
    return fmt::format("UPDATE observation SET place = 'row {}' WHERE id = {};", row + 1, row);
  };
  CHECK(said_after(store, score(1999)) == entry + "row 1999 is not as recorded: it said 4 and now says 1");
  CHECK(said_after(store, score(1999) + score(1000) + score(1001)) == entry + "rows 769 to 1024 are not as recorded");
  CHECK(said_after(store, spelt(1001)) == entry + "row 1001 is not as recorded");
  CHECK(said_after(store, spelt(1801) + spelt(514)) == entry + "row 514 is not as recorded");
  CHECK(said_after(store, "UPDATE batch_node SET hash = zeroblob(32) WHERE batch = 1 AND position = 3") ==
        entry + "the hash kept of rows 769 to 1024 is not as recorded");
  CHECK(said_after(store, "DELETE FROM batch_node WHERE batch = 1 AND position = 7") ==
        entry + "the hash kept of rows 1793 to 2000 is not as recorded");
  CHECK(said_after(store, "DELETE FROM observation WHERE id = 1025") == entry + "row 1025 is missing");
  CHECK(said_after(store, "DELETE FROM observation WHERE id = 1024") == entry + "row 1024 is missing");
  CHECK(said_after(store, "DELETE FROM observation WHERE id = 2000") == entry + "row 2000 is missing");
  CHECK(said_after(store, "UPDATE observation SET id = 0 WHERE id = 5").find("column id does not hold") !=
        std::string::npos);
  CHECK(said_after(store, "UPDATE observation SET subject = 900 WHERE id = 700") ==
        entry +
            "the store is damaged in the rows of evidence: column subject does not hold a number that belongs there");
  CHECK(said_after(store,
                   "INSERT INTO observation SELECT 2021, subject, field, value, standing, valid_from, valid_to, "
                   "source, recorded_on, document, place, NULL, NULL FROM observation WHERE id = 4") ==
        "more stands in the rows of evidence than the trail covers");
}

TEST_CASE("texts run on from chunk to chunk") {
  const TemporaryFolder folder;
  const std::string store = folder / "s";
  make_long_store(store);
  const std::string entry = "entry 1 (batch 1, long.csv): ";
  CHECK(said_after(store, "UPDATE text_value SET content = 'other' WHERE observation = 999") ==
        entry + "the text of row 999 is not as recorded");
  // A text that none numbers, just where a chunk ends, all after it one further on.
  const std::string one_more =
      "UPDATE text_value SET id = id + 10001 WHERE observation > 768; UPDATE text_value SET id = id - 10000 WHERE id > "
      "10000; UPDATE observation SET note = note + 1 WHERE id > 768 AND note IS NOT NULL; UPDATE observation SET value "
      "= value + 1 WHERE id > 768 AND id % 3 = 0 AND (id < 2001 OR (id - 2000) % 3 = 0); INSERT INTO text_value SELECT "
      "(SELECT min(id) - 1 FROM text_value WHERE observation > 768), 768, NULL, 'x', zeroblob(32);";
  CHECK(said_after(store, one_more) == entry + "the text of row 770 is not as recorded");
  CHECK(said_after(store, "DELETE FROM text_value WHERE observation = 1026") ==
        entry + "the text of row 1026 is not as recorded");
  CHECK(said_after(store, "INSERT INTO text_value SELECT 0, 3, NULL, 'x', zeroblob(32)") ==
        entry + "the text of row 3 is not as recorded");
  CHECK(said_after(store, "UPDATE text_value SET digest = x'00' WHERE observation = 1503") ==
        entry + "the store is damaged in the texts: column digest does not hold a digest");
  CHECK(said_after(store, "UPDATE observation SET note = note + 1 WHERE id = 1540") ==
        entry + "the text of row 1540 is not as recorded");
  CHECK(said_after(store, "UPDATE text_value SET salt = zeroblob(15) WHERE observation = 1540") ==
        entry + "the text of row 1540 is not as recorded");
  CHECK(said_after(store, "UPDATE observation SET valid_from = valid_from + 1 WHERE id = 300") ==
        entry + "what is left of row 300 is not as its redaction says");
  CHECK(said_after(store, "UPDATE text_value SET content = 'x' WHERE observation = 1200 AND content IS NULL") ==
        entry + "the text of row 1200 is not as recorded");
}

TEST_CASE("rows about persons, each with a salt that no row numbers, go in one chunk") {
  const TemporaryFolder folder;
  const std::string path = folder / "s";
  {
    Store store = std::move(*Store::create(path, "2025-06-01T08:00:00Z"));
    RowMaker make(**store.catalogue());
    BatchInfo info = batch_info("cases.csv");
    info.personal = PersonalData{"complaint 12", Date{days("2026-12-31")}};
    auto writer = store.begin_batch(info);
    std::vector<TypedRow> rows;
    for (int i = 1; i <= 600; ++i)
      rows.push_back(i % 2 == 0 ? make.text("council:A", "t.comment", fmt::format("case {}", i))
                                : make.cell("council:A", "t.score", 1 + i % 4));
    REQUIRE(writer->add(rows));
    REQUIRE(writer->commit());
  }
  CHECK(said_after(path, "") == "600 rows hold");
  CHECK(said_after(path, "UPDATE text_value SET salt = zeroblob(16) WHERE observation = 581") ==
        "entry 1 (batch 1, cases.csv): the salt of row 581 is not as recorded");
}

TEST_CASE("a flipped bit is refused by two threads where it is by one") {
  const TemporaryFolder folder;
  const std::string store = folder / "s", copy = folder / "copy";
  make_long_store(store);
  std::ifstream in(store, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  std::mt19937_64 dice(7);
  int refused = 0;
  for (int i = 0; i < 150; ++i) {
    std::string flipped = bytes;
    char& byte = flipped[std::uniform_int_distribution<std::size_t>(0, bytes.size() - 1)(dice)];
    byte = static_cast<char>(byte ^ (1 << (i % 8)));
    std::ofstream(copy, std::ios::binary).write(flipped.data(), static_cast<std::streamsize>(flipped.size()));
    const auto database = Database::open(copy, Database::Mode::Read);
    REQUIRE(database);
    const auto alone = verify_store(*database, kAlone), together = verify_store(*database, kInChunks);
    REQUIRE(alone.has_value() == together.has_value());
    if (!alone) CHECK(alone.error().message == together.error().message);
    refused += alone ? 0 : 1;
  }
  CHECK(refused > 60);  // the rest is room that nothing stands in
}

TEST_CASE("one worker after another gives what one alone does") {
  const TemporaryFolder folder;
  const std::string store = folder / "s";
  make_long_store(store);
  const auto database = Database::open(store, Database::Mode::Read);
  REQUIRE(database);
  Names names;
  REQUIRE(names.load_without_spellings(*database));
  const auto redactions = Redactions::load(*database);
  REQUIRE(redactions);
  BatchRow batch{.batch = {.file = "long.csv"}, .first_row = 1, .rows = kRows, .salted = true};
  const auto rows_in = [&](std::int64_t each) {
    RowCheck first(*database, names.catalogue, *redactions), second(*database, names.catalogue, *redactions);
    RowChunks chunks(batch, {store, "entry 1"}, {each, 1, kRows});
    CHECK(chunks.size() == static_cast<std::size_t>((kRows + each - 1) / each));
    chunks.work(first);
    chunks.work(second);  // finds nothing left
    return chunks.together();
  };
  const CheckedRows whole = rows_in(2048), parts = rows_in(256);
  REQUIRE_FALSE(whole.fault);
  REQUIRE_FALSE(parts.fault);
  CHECK(whole.nodes.size() == 8);
  CHECK(whole.nodes == parts.nodes);
  CHECK(whole.texts == 666 + 400);
  CHECK(parts.texts == whole.texts);
  CHECK(parts.last_recorded == days("2025-07-01"));

  // A batch that says it has more rows than any file could hold.
  batch.rows = std::numeric_limits<std::int64_t>::max();
  RowCheck check(*database, names.catalogue, *redactions);
  RowChunks chunks(batch, {store, "entry 1"}, {256, 1, 100'000});
  CHECK(chunks.size() == 391);
  chunks.work(check);
  CHECK(chunks.together().fault->message == "entry 1: row 2021 is missing");
}

TEST_CASE("two connections are brought to see the same though somebody wrote between them") {
  const TemporaryFolder folder;
  const std::string path = folder / "s";
  make_sample_store(path);
  const auto one = Database::open(path, Database::Mode::Read), other = Database::open(path, Database::Mode::Read);
  auto earlier = ReadView::begin(*one);
  REQUIRE(earlier);
  {
    Store store = std::move(*Store::open(path, Access::Write));
    RowMaker make(**store.catalogue());
    REQUIRE(record(store, "meanwhile.csv", {make.cell("council:A", "t.score", 2)}));
  }
  auto later = ReadView::begin(*other);
  REQUIRE(later);
  CHECK(earlier->head()->size == 5);
  CHECK(later->head()->size == 6);
  CHECK(*bring_together(*earlier, *later));
  CHECK(earlier->head()->size == 6);
  CHECK(read_head(*one)->size == 6);
}

TEST_CASE("a store of which no newest head can be read has no second reader") {
  const TemporaryFolder folder;
  const std::string path = folder / "s";
  make_sample_store(path);
  change_behind(path, "UPDATE log_head SET root = x'00' WHERE size = 5");
  CHECK(verified(path, kInChunks) == verified(path, kAlone));
  CHECK(verified(path, kAlone).find("entry 4 (run 2)") == 0);
}
