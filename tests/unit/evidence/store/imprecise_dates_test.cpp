// Dates known only to the month, quarter or year: in the table, in their leaf, read back, verified; and stores made
// before there were any.
#include <catch2/catch.hpp>

#include "evidence/store/database.h"
#include "evidence/trail/leaf.h"
#include "evidence/trail/merkle.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

ImpreciseDate within(std::string_view iso, Step step) { return {Date{days(iso)}, step}; }

// One row for each way of being known: from, to and value.
void make_store(const std::string& path) {
  auto store = Store::create(path, "2026-01-05T09:00:00Z");
  REQUIRE(store);
  auto names = store->catalogue();
  REQUIRE(names);
  RowMaker make(**names);
  std::vector<TypedRow> rows = {make.text("council:A", "council.register", "Ashby"),
                                make.cell("council:A", "t.published", within("2025-03-01", Step::Month).stored()),
                                make.cell("council:A", "t.score", 3), make.cell("council:A", "t.agreed", 1),
                                make.cell("council:A", "t.published", days("2025-03-05"))};
  rows[1].valid_from = within("2025-01-01", Step::Quarter).stored();
  rows[1].valid_to = within("2026-01-01", Step::Year).stored();
  rows[2].valid_from = within("2024-04-01", Step::FinancialYear).stored();
  rows[3].valid_from = within("1952-02-01", Step::Month).stored();
  REQUIRE(record(*store, "library.csv", rows));
}

std::string shown(const std::string& path, const std::string& sql) {
  auto database = Database::open(path, Database::Mode::Read);
  REQUIRE(database);
  Statement row = database->prepare(sql, "the view");
  std::string out;
  while (row.next()) out += fmt::format("{}{}", out.empty() ? "" : " ", row.is_null(0) ? "-" : row.text(0));
  REQUIRE(row.end());
  return out;
}

std::string verified(const std::string& path) {
  auto store = Store::open(path, Access::Read);
  if (!store) return to_string(store.error());
  const auto report = store->verify();
  return report ? "holds" : report.error().message;
}

void run(const std::string& path, const std::string& sql) {
  auto database = Database::open(path, Database::Mode::Write);
  REQUIRE(database);
  REQUIRE(database->execute(sql, "a change"));
}

// Runs the SQL with views and triggers set aside, which are put back in their order; the view of rows as it is given.
void behind_its_back(const std::string& path, const std::string& sql, const std::string& view = "") {
  std::string drop, restore;
  {
    auto database = Database::open(path, Database::Mode::Read);
    REQUIRE(database);
    Statement each = database->prepare(
        "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY rowid", "views");
    while (each.next()) {
      drop += fmt::format("DROP {} {};", each.text(0), each.text(1));
      restore += each.text(1) == "evidence_readable" && !view.empty() ? view : std::string(each.text(2));
      restore += ';';
    }
    REQUIRE(each.end());
  }
  run(path, drop + sql + restore);
}

}  // namespace

TEST_CASE("what is known of a date is read back") {
  const TemporaryFolder folder;
  make_store(folder / "s");
  const Schema schema = sample_schema();
  const auto read = Store::open(folder / "s", Access::Read)->snapshot(schema, Date{days("2025-12-31")});
  REQUIRE(read);
  const auto council = read->find(schema.find_kind("council").value(), "A").value();
  const auto published = read->rows(schema.find_field("t.published").value(), council);
  REQUIRE(published.size() == 2);
  const Observation& open = published[0];
  CHECK(open.value == Value(within("2025-03-01", Step::Month)));
  CHECK(open.valid_from == Date{days("2025-01-01")});
  CHECK(open.from() == within("2025-01-01", Step::Quarter));
  CHECK(open.valid_to == Date{days("2026-12-31")});
  CHECK(open.to() == within("2026-01-01", Step::Year));
  CHECK_FALSE(open.exact());
  CHECK(published[1].exact());
  CHECK(published[1].value == Value(Date{days("2025-03-05")}));
  const auto score = read->rows(schema.find_field("t.score").value(), council);
  REQUIRE(score.size() == 1);
  CHECK(score[0].from() == within("2024-04-01", Step::FinancialYear));

  std::string leaf;
  append_leaf(leaf, {.row = 2,
                     .subject = "council:A",
                     .field = "t.published",
                     .value = "2025-03",
                     .valid_from = "2025-Q1",
                     .valid_to = "2026",
                     .source = "returns",
                     .recorded_on = "2025-07-01",
                     .document = "library.csv",
                     .place = "row 3"});
  CHECK(open.digest == merkle_leaf(leaf));
  const auto key = Store::open(folder / "s", Access::Read)->row_key(3);
  REQUIRE(key);
  CHECK(key->valid_from == within("2024-04-01", Step::FinancialYear));
}

TEST_CASE("the view shows them, and verification finds what was changed") {
  const TemporaryFolder folder;
  make_store(folder / "s");
  CHECK(verified(folder / "s") == "holds");
  CHECK(shown(folder / "s", "SELECT valid_from FROM evidence_readable ORDER BY row") ==
        "2025-04-01 2025-Q1 2024/25 1952-02 2025-04-01");
  CHECK(shown(folder / "s", "SELECT valid_to FROM evidence_readable ORDER BY row") == "- 2026 - - -");
  CHECK(shown(folder / "s", "SELECT value FROM evidence_readable WHERE field = 't.published' ORDER BY row") ==
        "2025-03 2025-03-05");
  behind_its_back(folder / "s", "UPDATE observation SET valid_from = 20020089 WHERE id = 2;");
  CHECK(verified(folder / "s") == "entry 1 (batch 1, library.csv): rows 1 to 5 are not as recorded");
}

TEST_CASE("a date that is written in no form is damage") {
  for (const char* number : {"20020090", "10020089", "60020089", "9000000"}) {
    const TemporaryFolder folder;
    make_store(folder / "s");
    run(folder / "s", fmt::format("DROP TRIGGER observation_no_update; UPDATE observation SET valid_from = {} "
                                  "WHERE id = 2",
                                  number));
    const Schema schema = sample_schema();
    const auto read = Store::open(folder / "s", Access::Read)->snapshot(schema, Date{days("2025-12-31")});
    REQUIRE_FALSE(read);
    CHECK(read.error().code == ErrorCode::Corruption);
    CHECK(read.error().message.find(fmt::format("row 2 holds {} for a date", number)) != std::string::npos);
  }
}

TEST_CASE("a store made before there were such dates verifies, and takes them") {
  const TemporaryFolder folder;
  std::filesystem::copy_file(
      std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/vectors/stores/before_entries_in_rows.assaydb", folder / "s");
  const std::string view = shown(folder / "s", "SELECT sql FROM sqlite_schema WHERE name = 'evidence_readable'");
  std::string old = view;
  for (const std::string column : {"o.value", "o.valid_from", "o.valid_to"}) {
    const std::size_t begin = old.find("CASE ((" + column);
    REQUIRE(begin != std::string::npos);
    const std::size_t end = old.find(" END", begin) + 4;
    old = old.substr(0, begin) + "date(" + column + " * 86400, 'unixepoch')" + old.substr(end);
  }
  behind_its_back(folder / "s", "", old);
  CHECK(verified(folder / "s") == "holds");
  {
    Store store = std::move(*Store::open(folder / "s", Access::Write));
    std::vector<TypedRow> row = {RowMaker(**store.catalogue()).cell("council:E1", "t.score", 3)};
    row[0].valid_from = within("2025-01-01", Step::Quarter).stored();
    REQUIRE(record(store, "library.csv", row));
  }
  CHECK(verified(folder / "s") == "holds");
  CHECK(shown(folder / "s", "SELECT valid_from FROM evidence_readable WHERE row > 7 ORDER BY row") == "2025-05-01 -");
}
