// Rows as a rulebook reads them: by schema, by date, by entry.
#include <catch2/catch.hpp>

#include "evidence/trail/leaf.h"
#include "evidence/trail/merkle.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

struct Opened {
  TemporaryFolder folder;
  Schema schema = sample_schema();
  std::optional<Store> store;
  Opened() {
    make_sample_store(folder / "s");
    store = std::move(*Store::open(folder / "s", Access::Read));
  }
  const Observation& only(const Snapshot& snapshot, const char* field, const char* kind, const char* code) {
    const auto subject = snapshot.find(schema.find_kind(kind).value(), code);
    REQUIRE(subject);
    const auto rows = snapshot.rows(schema.find_field(field).value(), *subject);
    REQUIRE(rows.size() == 1);
    return rows[0];
  }
};

}  // namespace

TEST_CASE("each way of keeping a value gives it back") {
  Opened opened;
  const auto read = opened.store->snapshot(opened.schema, Date{days("2025-07-31")});
  REQUIRE(read);
  const auto value = [&](const char* field, const char* kind, const char* code) {
    const Observation& row = opened.only(*read, field, kind, code);
    return to_plain(row.value, opened.schema.field(row.field).type);
  };
  CHECK(value("council.register", "council", "A") == "Ashby");
  CHECK(value("t.score", "council", "A") == "3");
  CHECK(value("t.rate", "council", "A") == "-12.5");
  CHECK(value("t.rate", "council", "B") == "0.123456789");
  CHECK(value("t.published", "council", "A") == "2025-06-30");
  CHECK(value("t.agreed", "council", "A") == "yes");
  CHECK(value("t.rating", "council", "A") == "good");
  CHECK(value("t.comment", "council", "B") == "caf\xc3\xa9 \"quoted\"");
  CHECK(value("t.share", "membership", "A>X") == "75.8");

  const Observation& late = opened.only(*read, "t.score", "council", "B");
  CHECK(late.standing == Standing::NotAvailable);
  CHECK(late.note == "the return came late");
  const Observation& annex = opened.only(*read, "t.rate", "council", "B");
  CHECK(annex.document == "annex.pdf");
  CHECK(annex.place == "page 7");
  CHECK(opened.only(*read, "t.rate", "council", "A").valid_to == Date{days("2026-03-31")});
  CHECK(read->batch(annex.batch).file == "returns.csv");
  CHECK(read->batch(annex.batch).entry == 1);
  CHECK(read->source_name(annex.source) == "returns");
  const auto link = read->find(opened.schema.find_kind("membership").value(), "A>X");
  CHECK(read->subject(*read->subject(*link).to).code == "X");
}

TEST_CASE("the digest of a row is that of its leaf") {
  Opened opened;
  const auto read = opened.store->snapshot(opened.schema, Date{days("2025-12-31")});
  std::string leaf;
  append_leaf(leaf, {.row = 6,
                     .subject = "council:A",
                     .field = "t.rate",
                     .value = "-12.5",
                     .valid_from = "2025-04-01",
                     .valid_to = "2026-03-31",
                     .source = "returns",
                     .recorded_on = "2025-07-01",
                     .document = "returns.csv",
                     .place = "row 7"});
  CHECK(opened.only(*read, "t.rate", "council", "A").digest == merkle_leaf(leaf));
}

TEST_CASE("what was recorded later is not there yet") {
  Opened opened;
  const FieldId score = opened.schema.find_field("t.score").value();
  const auto scores = [&](const Snapshot& snapshot) {
    return snapshot.rows(score, snapshot.find(opened.schema.find_kind("council").value(), "A").value());
  };
  const auto before = opened.store->snapshot(opened.schema, Date{days("2025-07-31")});
  REQUIRE(scores(*before).size() == 1);
  CHECK_FALSE(scores(*before)[0].superseded);
  const auto after = opened.store->snapshot(opened.schema, Date{days("2025-08-01")});
  REQUIRE(scores(*after).size() == 2);
  CHECK(scores(*after)[0].superseded);
  CHECK(scores(*after)[1].supersedes == 4);
  CHECK(scores(*after)[1].note == "misread");
  CHECK(opened.store->snapshot(opened.schema, Date{days("2025-06-30")})->all_rows().empty());
  CHECK(opened.store->last_recorded().value() == Date{days("2025-08-01")});
}

TEST_CASE("a replay sees what the store held when an entry was written") {
  Opened opened;
  const Date late{days("2025-12-31")};
  CHECK(opened.store->snapshot(opened.schema, late, 1)->all_rows().empty());
  CHECK(opened.store->snapshot(opened.schema, late, 2)->all_rows().size() == 13);
  CHECK(opened.store->snapshot(opened.schema, late, 3)->all_rows().size() == 14);
  CHECK(opened.store->snapshot(opened.schema, late)->all_rows().size() == 14);
}

TEST_CASE("fields that the schema does not know are passed over") {
  Opened opened;
  Schema narrow;
  const KindId council = narrow.add_kind({.name = "council", .plural = "councils"});
  narrow.add_field({.name = "t.score", .kind = council, .type = {.kind = TypeKind::Score}});
  const auto read = opened.store->snapshot(narrow, Date{days("2025-07-31")});
  REQUIRE(read);
  CHECK(read->all_rows().size() == 5);
}

TEST_CASE("evidence that the rules read in another way is refused by name") {
  Opened opened;
  const auto refused = [&](FieldDef field, const char* kind = "council") {
    Schema schema;
    field.kind = schema.add_kind({.name = kind});
    schema.add_field(std::move(field));
    const auto read = opened.store->snapshot(schema, Date{days("2025-12-31")});
    REQUIRE_FALSE(read);
    CHECK(read.error().code == ErrorCode::BadInput);
    return read.error().message;
  };
  CHECK(refused({.name = "t.rating", .type = {.kind = TypeKind::Scale, .labels = {{"poor", "Poor"}}}}) ==
        "row 10 holds `good`, which is no value of `t.rating` in the rules");
  CHECK(refused({.name = "t.score",
                 .type = {.kind = TypeKind::Score, .low = Decimal::from_int(1), .high = Decimal::from_int(2)}})
            .find("row 4 holds 3 for `t.score`") == 0);
  CHECK(refused({.name = "t.score", .type = {.kind = TypeKind::Date}}).find("the store holds `t.score` of council") ==
        0);
  CHECK(refused({.name = "t.score", .type = {.kind = TypeKind::Score}}, "place").find("the store holds `t.score`") ==
        0);
}

TEST_CASE("a link whose ends are of other kinds than the rules declare is refused") {
  Opened opened;
  Schema turned;
  const KindId ics = turned.add_kind({.name = "ics", .plural = "systems"});
  const KindId council = turned.add_kind({.name = "council", .plural = "councils"});
  const KindId membership =
      turned.add_kind({.name = "membership", .plural = "memberships", .relation = true, .from = ics, .to = council});
  turned.add_field({.name = "t.share", .kind = membership, .type = {.kind = TypeKind::Percent}});
  const auto read = opened.store->snapshot(turned, Date{days("2025-12-31")});
  REQUIRE_FALSE(read);
  CHECK(read.error().message == "the store holds `membership:A>X`, which is no kind of the rules");
}

TEST_CASE("a part is the same whether the names are at hand or only those of its subjects are read") {
  Opened opened;
  const Date known_on{days("2026-01-01")};
  const auto whole = opened.store->snapshot(opened.schema, known_on);  // reads all names
  REQUIRE(whole);
  const auto columns = opened.store->subject_columns();
  REQUIRE(columns);
  int rows = 0;
  for (std::uint32_t subject = 1; subject < columns->kind.size(); ++subject) {
    INFO(subject);
    auto anew = Store::open(opened.folder / "s", Access::Read);
    const auto some = anew->snapshot(opened.schema, known_on, Store::Part{{subject}, {}});
    const auto known = opened.store->snapshot(opened.schema, known_on, Store::Part{{subject}, {}});
    REQUIRE(some);
    REQUIRE(known);
    REQUIRE(some->all_rows().size() == known->all_rows().size());
    for (std::size_t i = 0; i < known->all_rows().size(); ++i) {
      const Observation &one = some->all_rows()[i], &other = known->all_rows()[i];
      CHECK(one.row == other.row);
      CHECK(one.digest == other.digest);
      CHECK(one.digest == std::ranges::find(whole->all_rows(), one.row, &Observation::row)->digest);
      CHECK(some->subject(one.subject).code == known->subject(other.subject).code);
      ++rows;
    }
  }
  CHECK(rows == 14);
}

TEST_CASE("a subject is found by its name, whether the names are at hand or not") {
  Opened opened;
  for (const bool at_hand : {false, true}) {
    INFO(at_hand);
    if (at_hand) REQUIRE(opened.store->catalogue());
    const auto number = opened.store->subject_number("council:B");
    REQUIRE(number);
    CHECK(*number != 0);
    CHECK(opened.store->subject_codes(std::array{*number})->front() == "B");
    for (const char* none : {"council:Ashby", "system:B", "B", ":B", "council:", ""}) {
      INFO(none);
      CHECK(opened.store->subject_number(none).value() == 0);
    }
    CHECK(opened.store->subject_number("membership:A>X").value() != 0);
  }
}
