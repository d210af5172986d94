// Recording: all of an act or nothing, numbers that go on, and what a batch says of itself.
#include <catch2/catch.hpp>

#include "evidence/trail/merkle.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

Store new_store(const TemporaryFolder& folder) {
  return std::move(*Store::create(folder / "s", "2025-06-01T08:00:00Z"));
}

}  // namespace

TEST_CASE("a batch is one entry of the trail") {
  const TemporaryFolder folder;
  Store store = new_store(folder);
  const auto batch = record(store, "returns.csv", sample_rows(**store.catalogue()));
  REQUIRE(batch);
  CHECK(batch->number == 1);
  CHECK(batch->entry == 1);
  CHECK(batch->file == "returns.csv");
  CHECK(batch->imported_at == "2025-07-01T09:00:00Z");
  const auto entry = store.log_entries()->at(1);
  CHECK(entry.leaf == merkle_leaf(entry.body));
  CHECK(entry.body.find(R"("entry":"batch","file":"returns.csv","file_digest":"sha256:)") != std::string::npos);
  CHECK(entry.body.find(R"("first_row":1,)") != std::string::npos);
  CHECK(entry.body.find(R"("rows":13,"salted":true})") != std::string::npos);
  CHECK(store.head()->size == 2);
  CHECK(store.head()->root == merkle_node(store.log_entries()->at(0).leaf, entry.leaf));
  CHECK(store.last_recorded().value() == Date{days("2025-07-01")});
  CHECK(store.verify()->rows == 13);
}

TEST_CASE("what is not known at the start may be said before the end") {
  const TemporaryFolder folder;
  Store store = new_store(folder);
  auto rows = sample_rows(**store.catalogue());
  auto writer = store.begin_batch({.file = "late.csv", .recorded_by = "me", .imported_at = "2025-07-01T09:00:00Z"});
  REQUIRE(writer->add(rows));
  writer->info().layout = "recognised";
  writer->info().file_digest = sha256(std::string_view("late"));
  CHECK(writer->commit()->layout == "recognised");
  CHECK(store.log_entries()->at(1).body.find(sha256(std::string_view("late")).to_string()) != std::string::npos);
  CHECK(store.verify());
}

TEST_CASE("a batch dropped leaves nothing behind, names included") {
  const TemporaryFolder folder;
  Store store = new_store(folder);
  {
    auto writer = store.begin_batch(batch_info("dropped.csv"));
    REQUIRE(writer);
    REQUIRE(writer->add(sample_rows(**store.catalogue())));
  }
  CHECK((*store.catalogue())->find_subject("council", "A") == 0);
  CHECK(store.head()->size == 1);
  const auto batch = record(store, "kept.csv", {RowMaker(**store.catalogue()).cell("council:Z", "t.score", 1)});
  CHECK(batch->number == 1);
  const auto report = store.verify();
  REQUIRE(report);
  CHECK(report->rows == 1);
}

TEST_CASE("while a batch is recorded the store answers nothing else") {
  const TemporaryFolder folder;
  Store store = new_store(folder);
  auto writer = store.begin_batch(batch_info("x.csv"));
  REQUIRE(writer);
  CHECK(store.catalogue());
  CHECK(store.begin_batch(batch_info("y.csv")).error().message == "a batch is being recorded");
  CHECK(store.verify().error().code == ErrorCode::WrongUse);
  CHECK(store.snapshot(sample_schema(), Date{}).error().code == ErrorCode::WrongUse);
  CHECK(store.record_run(sample_run()).error().code == ErrorCode::WrongUse);
}

TEST_CASE("names and numbers go on in the next process") {
  const TemporaryFolder folder;
  make_sample_store(folder / "s");
  auto store = Store::open(folder / "s", Access::Write);
  Catalogue& catalogue = **store->catalogue();
  CHECK(catalogue.find_subject("council", "A") == 1);
  CHECK(catalogue.find_alias("council", "ashby") == 1);
  CHECK(catalogue.find_alias("council", "00aa") == 1);
  CHECK(catalogue.find_alias("council", "the return came late") == 0);
  const auto link = catalogue.subjects()[catalogue.find_subject("membership", "A>X")];
  CHECK(catalogue.subjects()[link.from].code == "A");
  CHECK(catalogue.subjects()[link.to].code == "X");
  CHECK(catalogue.labels()[1].name == "good");
  CHECK(catalogue.fields()[catalogue.find_field("t.rate")].places == 6);
  const auto batch = record(*store, "more.csv", {RowMaker(catalogue).cell("council:C", "t.score", 1)});
  CHECK(batch->number == 3);
  CHECK(batch->entry == 5);
  CHECK(store->verify()->rows == 15);
}

TEST_CASE("a row is known by its number") {
  const TemporaryFolder folder;
  make_sample_store(folder / "s");
  auto store = Store::open(folder / "s", Access::Read);
  const auto key = store->row_key(6);
  REQUIRE(key);
  CHECK(key->subject == "council:A");
  CHECK(key->field == "t.rate");
  CHECK(key->source == "returns");
  CHECK(key->valid_from == Date{days("2025-04-01")});
  CHECK(key->valid_to == Date{days("2026-03-31")});
  CHECK(store->row_key(15).error().code == ErrorCode::NotFound);
  CHECK(store->row_key(-1).error().message == "there is no row -1");
}

TEST_CASE("a row cannot supersede what is not there") {
  const TemporaryFolder folder;
  Store store = new_store(folder);
  auto writer = store.begin_batch(batch_info("x.csv"));
  TypedRow row = RowMaker(**store.catalogue()).cell("council:A", "t.score", 1);
  row.supersedes = 1;
  CHECK(writer->add({&row, 1}).error().message == "there is no row 1 to correct or withdraw");
}

TEST_CASE("a file whose name is not text cannot stand in the trail") {
  const TemporaryFolder folder;
  Store store = new_store(folder);
  CHECK(record(store, "caf\xe9.csv", sample_rows(**store.catalogue())).error().code == ErrorCode::WrongUse);
  CHECK(store.head()->size == 1);
  CHECK(record(store, "caf\xc3\xa9.csv", sample_rows(**store.catalogue())));
  CHECK(store.verify());
}

TEST_CASE("a batch of many blocks is inserted by the second thread and keeps its order") {
  const TemporaryFolder folder;
  Store store = new_store(folder);
  RowMaker make(**store.catalogue());
  std::vector<TypedRow> rows;
  for (int i = 0; i < 30000; ++i) rows.push_back(make.cell(fmt::format("council:{}", i % 1000), "t.score", 1 + i % 4));
  rows[20000].note = "one note among many";
  rows[25000].place = "row 25002";  // the same as the default, so not kept
  REQUIRE(record(store, "many.csv", rows));
  const auto report = store.verify();
  REQUIRE(report);
  CHECK(report->rows == 30000);
  const auto snapshot = store.snapshot(sample_schema(), Date{days("2025-07-01")});
  REQUIRE(snapshot);
  CHECK(snapshot->all_rows().size() == 30000);
  const FieldId score = sample_schema().find_field("t.score").value();
  const SubjectId subject = snapshot->find(sample_schema().find_kind("council").value(), "7").value();
  REQUIRE(snapshot->rows(score, subject).size() == 30);
  CHECK(snapshot->rows(score, subject)[0].row == 8);
  CHECK(snapshot->rows(score, subject)[0].place == "row 9");
}

TEST_CASE("a store with no rows in a batch") {
  const TemporaryFolder folder;
  Store store = new_store(folder);
  REQUIRE(record(store, "empty.csv", {}));
  CHECK(store.last_recorded().value() == std::nullopt);
  REQUIRE(record(store, "one.csv", {RowMaker(**store.catalogue()).cell("council:A", "t.score", 1)}));
  CHECK(store.verify()->batches == 2);
  CHECK(store.snapshot(sample_schema(), Date{days("2025-07-01")})->all_rows()[0].document == "one.csv");
}

TEST_CASE("another program's names are seen, and never numbered twice") {
  const TemporaryFolder folder;
  Store mine = new_store(folder);
  REQUIRE(mine.catalogue());
  auto theirs = Store::open(folder / "s", Access::Write);
  REQUIRE(record(*theirs, "theirs.csv", {RowMaker(**theirs->catalogue()).cell("council:T", "t.score", 1)}));
  CHECK((*mine.catalogue())->find_subject("council", "T") == 1);

  const TypedRow row = RowMaker(**mine.catalogue()).cell("council:M", "t.score", 1);
  REQUIRE(record(*theirs, "theirs.csv", {RowMaker(**theirs->catalogue()).cell("council:U", "t.score", 1)}));
  const auto late = record(mine, "mine.csv", {row});
  REQUIRE_FALSE(late);
  CHECK(late.error().code == ErrorCode::Busy);
  CHECK(theirs->verify()->rows == 2);
}
