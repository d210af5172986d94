// Verification names the first bad entry: each kind of damage, done by SQL behind the store's back.
#include <catch2/catch.hpp>

#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

// What verify says after the SQL has run on a store.
std::string after(const std::string& path, const std::string& sql) {
  change_behind(path, sql);
  auto store = Store::open(path, Access::Read);
  if (!store) return to_string(store.error());
  const auto report = store->verify();
  if (report) return "holds";
  CHECK(report.error().code == ErrorCode::Corruption);
  CHECK(report.error().place == path);
  return report.error().message;
}

std::string sample_after(const std::string& sql) {
  const TemporaryFolder folder;
  make_sample_store(folder / "s");
  return after(folder / "s", sql);
}

}  // namespace

TEST_CASE("an undamaged store verifies and is counted") {
  const TemporaryFolder folder;
  make_sample_store(folder / "s");
  const auto report = Store::open(folder / "s", Access::Read)->verify();
  REQUIRE(report);
  CHECK(report->entries == 5);
  CHECK(report->batches == 2);
  CHECK(report->rows == 14);
  CHECK(report->runs == 2);
  CHECK(report->explanations == 2);
  CHECK(report->head.size == 5);
  CHECK(sample_after("") == "holds");
}

TEST_CASE("changed rows") {
  const std::string rows = "entry 1 (batch 1, returns.csv): rows 1 to 13 are not as recorded";
  CHECK(sample_after("UPDATE observation SET value = 2 WHERE id = 4") ==
        "entry 1 (batch 1, returns.csv): row 4 is not as recorded: it said 3 and now says 2");
  CHECK(sample_after("UPDATE observation SET value = 2, recorded_on = recorded_on - 1 WHERE id = 4") == rows);
  CHECK(sample_after("UPDATE observation SET place = 'page 8' WHERE id = 7") == rows);
  CHECK(sample_after("UPDATE observation SET supersedes = 3 WHERE id = 14") ==
        "entry 2 (batch 2, record): row 14 is not as recorded");
  CHECK(sample_after("DELETE FROM observation WHERE id = 14") == "entry 2 (batch 2, record): row 14 is missing");
  CHECK(sample_after("DELETE FROM observation WHERE id = 3") == "entry 1 (batch 1, returns.csv): row 3 is missing");
  CHECK(
      sample_after("INSERT INTO observation SELECT 15, subject, field, value, standing, valid_from, valid_to, source, "
                   "recorded_on, document, place, NULL, NULL FROM observation WHERE id = 4") ==
      "more stands in the rows of evidence than the trail covers");
}

TEST_CASE("rows in a form that is never written") {
  const auto of_row = [](int row) {
    return fmt::format("entry 1 (batch 1, returns.csv): row {} is not as recorded", row);
  };
  CHECK(sample_after("UPDATE observation SET place = 'row 5' WHERE id = 4") == of_row(4));
  CHECK(sample_after("UPDATE observation SET standing = 0 WHERE id = 4").find("column standing") != std::string::npos);
  CHECK(sample_after("UPDATE observation SET value = '3' WHERE id = 4").find("row 4 holds a text for a value") !=
        std::string::npos);
  CHECK(sample_after("UPDATE observation SET place = '' WHERE id = 4").find("row 4 has an empty place") !=
        std::string::npos);
  CHECK(sample_after("UPDATE observation SET value = 1.5 WHERE id = 4").find("column value") != std::string::npos);
  CHECK(sample_after("UPDATE observation SET value = NULL WHERE id = 4").find("row 4 has no value") !=
        std::string::npos);
  CHECK(sample_after("UPDATE observation SET subject = 900 WHERE id = 4").find("column subject") != std::string::npos);
  CHECK(sample_after("UPDATE observation SET valid_from = 1 << 40 WHERE id = 4").find("column valid_from") !=
        std::string::npos);
}

TEST_CASE("changed texts and notes") {
  CHECK(sample_after("UPDATE text_value SET content = 'Ashley' WHERE id = 1") ==
        "entry 1 (batch 1, returns.csv): the text of row 1 is not as recorded");
  CHECK(sample_after("UPDATE text_value SET salt = zeroblob(16) WHERE salt IS NOT NULL AND observation = 14") ==
        "entry 2 (batch 2, record): the text of row 14 is not as recorded");
  CHECK(sample_after("UPDATE text_value SET observation = 4 WHERE id = 2").find("the text of row 2") !=
        std::string::npos);
  CHECK(sample_after("INSERT INTO text_value SELECT max(id) + 1, 1, NULL, 'x', zeroblob(32) FROM text_value") ==
        "more stands in the texts than the trail covers");
}

TEST_CASE("changed names, used by rows or not") {
  const std::string names = "entry 1 (batch 1, returns.csv): the names it added are not as recorded";
  CHECK(sample_after("UPDATE subject SET code = 'Y' WHERE code = 'X'") == names);
  CHECK(sample_after("UPDATE subject SET kind = 2 WHERE id = 1") == names);
  CHECK(sample_after("UPDATE field SET places = 5 WHERE name = 't.rate'") == names);
  CHECK(sample_after("UPDATE label SET name = 'better'") == names);
  CHECK(sample_after("UPDATE source SET name = 'others'") == names);
  CHECK(sample_after("UPDATE document SET title = 'annex.odt'") == names);
  CHECK(sample_after("UPDATE kind SET name = 'borough' WHERE id = 1") == names);
  CHECK(sample_after("INSERT INTO source VALUES(2, 'nobody')") == "the store has more names than the trail covers");
  CHECK(sample_after("INSERT INTO source VALUES(3, 'nobody')") ==
        "the store is damaged in the sources: number 3 is out of order or names what another does");
  CHECK(sample_after("INSERT INTO source VALUES(2, 'returns')") ==
        "the store is damaged in the sources: number 2 is out of order or names what another does");
}

TEST_CASE("changed batches, heads and entries") {
  const std::string batch = "entry 1 (batch 1, returns.csv): the batch is not as its entry says";
  CHECK(sample_after("UPDATE batch SET recorded_by = 'Nobody' WHERE id = 1") == batch);
  CHECK(sample_after("UPDATE batch SET file_digest = NULL WHERE id = 1") == batch);
  CHECK(sample_after("UPDATE batch SET texts = 9 WHERE id = 1") == batch);
  CHECK(sample_after("UPDATE batch SET last_recorded = last_recorded + 1 WHERE id = 1") ==
        "entry 1 (batch 1, returns.csv): the last date of its rows is not as recorded");
  CHECK(sample_after("UPDATE batch SET entry = 3 WHERE id = 1") ==
        "entry 1: it is of no sort of entry that is written");
  // Of a batch of one node no hash is kept, but in stores made before, where it has to be right.
  CHECK(sample_after("INSERT INTO batch_node SELECT id, 0, root FROM batch WHERE id = 1") == "holds");
  CHECK(sample_after("INSERT INTO batch_node VALUES(1, 0, zeroblob(32))") ==
        "entry 1 (batch 1, returns.csv): the hash kept of rows 1 to 13 is not as recorded");
  CHECK(sample_after("INSERT INTO batch_node VALUES(0, 0, zeroblob(32))") ==
        "more stands in the hashes of a batch than the trail covers");
  CHECK(sample_after("INSERT INTO batch_node SELECT id, 1, root FROM batch WHERE id = 2") ==
        "entry 2 (batch 2, record): the hash kept of row 14 is not as recorded");
  CHECK(sample_after("UPDATE log_entry SET body = replace(body, 'Keeper', 'Kipper') WHERE number = 1") ==
        "entry 1 (batch 1, returns.csv): its text is not as recorded");
  CHECK(sample_after("UPDATE log_entry SET leaf = zeroblob(32) WHERE number = 0") ==
        "entry 0: its text is not as recorded");
  CHECK(sample_after("DELETE FROM log_entry WHERE number = 3") == "entry 3: it is missing");
  const std::string head = "entry 3 (run 1): the head of the trail kept for it does not follow from the entries";
  CHECK(sample_after("UPDATE log_head SET root = zeroblob(32) WHERE size = 4") == head);
  CHECK(sample_after("UPDATE log_head SET edge = zeroblob(64) WHERE size = 4") == head);
  CHECK(sample_after("DELETE FROM log_head WHERE size = 4") == head);
  CHECK(sample_after("INSERT INTO log_head SELECT 6, root, edge FROM log_head WHERE size = 5") ==
        "more stands in the heads of the trail than the trail covers");
  CHECK(sample_after("DELETE FROM log_entry; DELETE FROM log_head") == "the trail has no entry");
}

TEST_CASE("changed runs") {
  const std::string run = "entry 3 (run 1): the run is not as its entry says";
  CHECK(sample_after("UPDATE run SET as_at = as_at + 1 WHERE number = 1") == run);
  CHECK(sample_after("UPDATE run SET run_by = 'Nobody' WHERE number = 1") == run);
  CHECK(sample_after("UPDATE outcome_block SET rule = 't.flap' WHERE id = 1") == run);
  CHECK(sample_after("UPDATE outcome_block SET block = 2 WHERE id = 1") == run);
  CHECK(sample_after("UPDATE explanation SET subject = 'council:C' WHERE id = 1") == run);
  CHECK(sample_after("UPDATE ruleset_text SET edition = '2026' WHERE id = 1") == run);
  CHECK(sample_after("DELETE FROM run_ruleset WHERE run = 1 AND position = 1") == run);
  CHECK(sample_after("UPDATE outcome_block SET bytes = x'00' WHERE id = 2") ==
        "entry 3 (run 1): outcome block 2 of 2 is not as recorded");
  CHECK(sample_after("UPDATE explanation SET json = '{}' WHERE id = 2") ==
        "entry 3 (run 1): explanation 2 of 2 is not as recorded");
  CHECK(sample_after("UPDATE ruleset_text SET text = 'ruleset other' WHERE id = 2") ==
        "entry 3 (run 1): the text of ruleset 2 is not as recorded");
  CHECK(sample_after("UPDATE run_ruleset SET ruleset = 2 WHERE run = 2") ==
        "entry 4 (run 2): the run is not as its entry says");
  CHECK(sample_after("INSERT INTO run_ruleset VALUES(3, 0, 1)") ==
        "more stands in the rulesets of a run than the trail covers");
  CHECK(sample_after(
            "INSERT INTO ruleset_text SELECT 3, digest, 'x', edition, file, text FROM ruleset_text WHERE id = 1") ==
        "more stands in the texts of rulesets than the trail covers");
  CHECK(sample_after("INSERT INTO outcome_block SELECT 4, rule, 9, digest, bytes FROM outcome_block WHERE id = 1") ==
        "more stands in the outcomes than the trail covers");
  CHECK(sample_after(
            "INSERT INTO run SELECT 3, entry, as_at, known_on, run_by, run_at, 4, 0, 3, 0 FROM run WHERE number = 2") ==
        "run 3 has no entry of its own in the trail");
}

TEST_CASE("tables, views and triggers that were changed") {
  CHECK(sample_after("DROP VIEW run_readable") == "the view `run_readable` of the store is not as it was made");
  CHECK(sample_after("CREATE TABLE mine(x)").find("is not as it was made") != std::string::npos);
}

TEST_CASE("the block of rows that is bad is named among many") {
  const TemporaryFolder folder;
  {
    Store store = std::move(*Store::create(folder / "s", "2025-06-01T08:00:00Z"));
    RowMaker make(**store.catalogue());
    std::vector<TypedRow> rows;
    for (int i = 0; i < 600; ++i) rows.push_back(make.cell(fmt::format("council:{}", i), "t.score", 1 + i % 4));
    REQUIRE(record(store, "many.csv", rows));
    REQUIRE(store.verify());
  }
  CHECK(after(folder / "s", "UPDATE observation SET value = 5 - value WHERE id = 300") ==
        "entry 1 (batch 1, many.csv): row 300 is not as recorded: it said 4 and now says 1");
  CHECK(after(folder / "s", "UPDATE observation SET value = 5 - value WHERE id = 400") ==
        "entry 1 (batch 1, many.csv): rows 257 to 512 are not as recorded");
}
