// A snapshot altered, held against the one it came from.
#include <catch2/catch.hpp>

#include "evidence/core/altered.h"

namespace assay {
namespace {

struct Held {
  Schema schema;
  KindId council, area, serving;
  FieldId score;
};

Held make_schema() {
  Held out;
  out.council = out.schema.add_kind({.name = "council", .plural = "councils"});
  out.area = out.schema.add_kind({.name = "area", .plural = "areas"});
  out.serving = out.schema.add_kind({.name = "serving", .relation = true, .from = out.council, .to = out.area});
  out.score = out.schema.add_field({.name = "score", .kind = out.council, .type = {.kind = TypeKind::Whole}});
  return out;
}

constexpr Date kDay{20000};

Observation row_of(const Held& held, SubjectId subject, SourceId source, BatchId batch, std::int64_t number) {
  Observation row;
  row.row = number;
  row.subject = subject;
  row.field = held.score;
  row.value = Decimal::from_int(number);
  row.valid_from = row.recorded_on = kDay;
  row.source = source;
  row.batch = batch;
  return row;
}

Snapshot two_rows(const Held& held) {
  SnapshotBuilder builder(held.schema, kDay);
  const SubjectId area = builder.subject(held.area, "N"), council = builder.subject(held.council, "E1");
  builder.link(held.serving, council, area);
  const BatchId first = builder.batch({.number = 1, .recorded_by = "A. Example"});
  const BatchId second = builder.batch({.number = 2, .recorded_by = "B. Example"});
  const SourceId letter = builder.source("letter"), report = builder.source("report");
  builder.add(row_of(held, council, letter, first, 1));
  Observation correction = row_of(held, council, report, second, 2);
  correction.supersedes = 1;
  builder.add(correction);
  return std::move(builder).seal();
}

TEST_CASE("what is kept is as it was: subjects, links, sources, who recorded it") {
  const Held held = make_schema();
  const Snapshot before = two_rows(held), after = altered(before, {});
  REQUIRE(after.subjects().size() == before.subjects().size());
  const auto council = after.find(held.council, "E1");
  REQUIRE(council == before.find(held.council, "E1"));
  REQUIRE(after.links_from(held.serving, *council).size() == 1);
  const auto rows = after.rows(held.score, *council);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].superseded);
  CHECK(after.source_name(rows[0].source) == "letter");
  CHECK(after.batch(rows[1].batch).recorded_by == "B. Example");
}

TEST_CASE("a row stands again when its correction is left out") {
  const Held held = make_schema();
  const Snapshot before = two_rows(held);
  Alteration alteration;
  alteration.keep = [](Observation& row) { return row.supersedes == 0; };
  const Snapshot after = altered(before, alteration);
  const auto rows = after.rows(held.score, *after.find(held.council, "E1"));
  REQUIRE(rows.size() == 1);
  CHECK_FALSE(rows[0].superseded);
}

TEST_CASE("a row is changed, and one added, without touching what they came from") {
  const Held held = make_schema();
  const Snapshot before = two_rows(held);
  const SubjectId council = *before.find(held.council, "E1");
  Alteration alteration;
  alteration.keep = [](Observation& row) {
    if (row.row == 2) row.value = Decimal::from_int(7);
    return true;
  };
  AddedRow added{row_of(held, council, {}, {}, 9), "would be"};
  added.row.valid_from = Date{kDay.days - 1};
  alteration.added = {added};
  const Snapshot after = altered(before, alteration);
  const auto rows = after.rows(held.score, council);
  REQUIRE(rows.size() == 3);
  CHECK(after.source_name(rows[0].source) == "would be");
  CHECK(same(rows[2].value, Decimal::from_int(7)));
  CHECK(same(before.rows(held.score, council)[1].value, Decimal::from_int(2)));
}

}  // namespace
}  // namespace assay
