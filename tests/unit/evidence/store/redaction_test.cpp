// Redaction by the store's own face: what was destroyed is gone from the file, the proofs hold, what is left cannot be
// used to guess it, and whoever changes what is left is found.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "evidence/store/database.h"
#include "evidence/trail/leaf.h"
#include "evidence/trail/merkle.h"
#include "evidence/trail/salt.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

constexpr std::int64_t kRemark = 1, kBorn = 2;
constexpr const char *kText = "Elsie Ample rang", *kNote = "NHS 999 000 0018";

// One batch let in as data about persons: a text, and a date with a note; then a run that shows the text.
void make_personal_store(const std::string& path) {
  Store store = std::move(*Store::create(path, "2025-06-01T08:00:00Z"));
  BatchInfo info = batch_info("cases.csv");
  info.personal = PersonalData{"complaint 12", Date{days("2026-12-31")}};
  auto writer = store.begin_batch(info);
  REQUIRE(writer);
  RowMaker make(**store.catalogue());
  std::vector<TypedRow> rows = {make.text("council:A", "t.comment", kText),
                                make.cell("council:A", "t.published", days("1941-03-12"))};
  rows[1].note = kNote;
  rows[1].place = "case of Elsie Ample";
  REQUIRE(writer->add(rows));
  REQUIRE(writer->commit());
  Store::NewRun run = sample_run();
  run.blocks = {{"t.flag", 0, std::string(kText) + "\n"}, {"t.other", 0, "nothing of it\n"}};
  REQUIRE(store.record_run(run));
}

NewRedaction all_of_it() {
  return {.by = "D. Officer",
          .because = "request 12",
          .on = Date{days("2025-11-28")},
          .recorded_at = "2025-11-28T09:00:00Z",
          .rows = {{kRemark, {.value = true}}, {kBorn, {.value = true, .note = true, .place = true}}},
          .outcomes = {{1, 0, "redacted\n"}},
          .explanations = {}};
}

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// What another program does to the file.
void change(const std::string& path, const std::string& sql) {
  auto database = Database::open(path, Database::Mode::Write);
  REQUIRE(database);
  REQUIRE(database->execute(sql, "a change"));
}

}  // namespace

TEST_CASE("what is redacted is in no byte of the file, and the proofs hold") {
  const TemporaryFolder folder;
  make_personal_store(folder / "s");
  Store store = std::move(*Store::open(folder / "s", Access::Write));
  const Schema schema = sample_schema();
  const auto before = *store.snapshot(schema, Date{days("2025-12-01")});
  REQUIRE(bytes_of(folder / "s").find(kText) != std::string::npos);

  const auto entry = store.redact(all_of_it());
  REQUIRE(entry);
  REQUIRE(store.sweep());
  for (const char* ending : {"", "-wal", "-shm"})
    for (const char* text : {kText, kNote, "Ample"})
      CHECK(bytes_of(folder / "s" + std::string(ending)).find(text) == std::string::npos);
  CHECK(store.holding(std::vector<std::string>{kText, kNote})->empty());

  const auto report = store.verify();
  REQUIRE(report);
  CHECK(report->redactions == 1);
  const auto after = *store.snapshot(schema, Date{days("2025-12-01")});
  REQUIRE(after.all_rows().size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    const Observation& row = after.all_rows()[i];
    CHECK(row.standing == Standing::Redacted);
    CHECK(row.note == "redacted on 28 November 2025 by D. Officer because request 12");
    CHECK(row.digest == before.all_rows()[i].digest);
  }
}

TEST_CASE("no run that was being made keeps what is redacted meanwhile") {
  const TemporaryFolder folder;
  make_personal_store(folder / "s");
  Store store = std::move(*Store::open(folder / "s", Access::Write));
  const std::int64_t size = store.head()->size;
  // Worked out before another run was recorded, which may hold the text too.
  NewRedaction asked = all_of_it();
  asked.at = size;
  Store::NewRun run = sample_run();
  run.read = size;
  REQUIRE(store.record_run(run));
  const auto early = store.redact(asked);
  REQUIRE_FALSE(early);
  CHECK(early.error().code == ErrorCode::Busy);
  asked.at = size + 1;
  REQUIRE(store.redact(asked));
  // Read before the redaction.
  run.read = size + 1;
  const auto late = store.record_run(run);
  REQUIRE_FALSE(late);
  CHECK(late.error().code == ErrorCode::Busy);
  run.read = store.head()->size;
  CHECK(store.record_run(run));
  CHECK(store.verify());
}

TEST_CASE("a short value cannot be guessed back from what is kept of it") {
  const TemporaryFolder folder;
  make_personal_store(folder / "s");
  Store store = std::move(*Store::open(folder / "s", Access::Write));
  REQUIRE(store.redact(all_of_it()));
  REQUIRE(store.sweep());
  // All that anybody knows but the value itself, and the value guessed right: without the salt it gives another leaf.
  const auto redactions = *store.redactions();
  const Redaction::Row& born = redactions[0].rows[1];
  REQUIRE(born.row == kBorn);
  LeafText guess{.row = kBorn,
                 .subject = "council:A",
                 .field = "t.published",
                 .value = "1941-03-12",
                 .valid_from = "2025-04-01",
                 .source = "returns",
                 .recorded_on = "2025-07-01",
                 .document = "cases.csv",
                 .place = "case of Elsie Ample"};
  std::string json;
  append_leaf(json, guess);
  CHECK(merkle_leaf(json) != born.leaf);
  // Nor do the digests of its texts: what is left of them has no salt any more.
  const std::string content = dump(folder / "s");
  CHECK(content.find(text_digest({}, kNote).to_hex()) == std::string::npos);
  CHECK(content.find(text_digest({}, kText).to_hex()) == std::string::npos);
}

TEST_CASE("without a purpose a number has no salt, and the row says that it could be guessed") {
  const TemporaryFolder folder;
  make_sample_store(folder / "s");
  Store store = std::move(*Store::open(folder / "s", Access::Read));
  const std::vector<std::int64_t> rows = {3, 4, 11};
  const auto held = *store.rows_held(rows);
  CHECK(held[0].guessable.value);        // the name of a body
  CHECK(held[1].guessable.value);        // a score
  CHECK_FALSE(held[2].guessable.value);  // a free text
}

TEST_CASE("what is left of a row, changed afterwards, is found") {
  const TemporaryFolder folder;
  for (const char* sql :
       {"UPDATE observation SET valid_from = valid_from + 1 WHERE id = 2",
        "UPDATE observation SET place = 'p' WHERE id = 1", "UPDATE text_value SET content = 'x' WHERE id = 1",
        "UPDATE text_value SET digest = zeroblob(32) WHERE id = 1",
        "UPDATE outcome_block SET bytes = x'00', digest = x'00' WHERE id = 1"}) {
    INFO(sql);
    const std::string path = folder / "s";
    for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(path + ending);
    make_personal_store(path);
    {
      Store store = std::move(*Store::open(path, Access::Write));
      REQUIRE(store.redact(all_of_it()));
      REQUIRE(store.sweep());
      REQUIRE(store.verify());
    }
    const std::string table = std::string(sql).substr(7, std::string(sql).find(' ', 7) - 7);
    const std::string trigger = "CREATE TRIGGER " + table + "_no_update BEFORE update ON " + table +
                                " BEGIN SELECT RAISE(ABORT, 'a store is only added to'); END;";
    change(path, "DROP TRIGGER " + table + "_no_update;" + sql + ";" + trigger);
    Store store = std::move(*Store::open(path, Access::Read));
    CHECK_FALSE(store.verify());
  }
}

TEST_CASE("a row without its redaction, and a redaction of what was never there, are refused") {
  const TemporaryFolder folder;
  make_personal_store(folder / "s");
  Store store = std::move(*Store::open(folder / "s", Access::Write));
  NewRedaction unknown = all_of_it();
  unknown.rows = {{99, {.note = true}}};
  CHECK(store.redact(unknown).error().code == ErrorCode::NotFound);
  NewRedaction no_run = all_of_it();
  no_run.outcomes = {{7, 0, "redacted\n"}};
  CHECK(store.redact(no_run).error().code == ErrorCode::NotFound);
  CHECK(store.verify()->redactions == 0);
  CHECK(store.redactions()->empty());
}

TEST_CASE("a row is redacted in parts, and again") {
  const TemporaryFolder folder;
  make_personal_store(folder / "s");
  Store store = std::move(*Store::open(folder / "s", Access::Write));
  NewRedaction note = all_of_it();
  note.rows = {{kBorn, {.note = true}}};
  note.outcomes.clear();
  REQUIRE(store.redact(note));
  REQUIRE(store.verify());
  CHECK(store.snapshot(sample_schema(), Date{days("2025-12-01")})->all_rows()[1].standing == Standing::Held);
  REQUIRE(store.redact(all_of_it()));
  REQUIRE(store.sweep());
  CHECK(store.verify()->redactions == 2);
  const auto last = store.redactions()->back();
  CHECK(last.rows[1].gone == RowParts{.value = true, .note = true, .place = true});
  CHECK(store.redactions()->front().rows[0].leaf == last.rows[1].leaf);
}

TEST_CASE("a store made before texts had salts is read, and what is in it redacted") {
  const TemporaryFolder folder;
  const std::string path = folder / "s";
  std::filesystem::copy_file(std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/vectors/stores/before_salts.assaydb",
                             path);
  Store store = std::move(*Store::open(path, Access::Write));
  CHECK(store.verify()->rows == 7);
  const std::vector<std::int64_t> rows = {6, 7};
  CHECK((*store.rows_held(rows))[0].guessable.value);
  CHECK((*store.rows_held(rows))[1].guessable.value);
  NewRedaction redaction = all_of_it();
  redaction.rows = {{5, {.note = true}}, {6, {.value = true}}, {7, {.value = true}}};
  redaction.outcomes.clear();
  REQUIRE(store.redact(redaction));
  CHECK(store.verify()->redactions == 1);
}
