// What a snapshot answers: subjects, links, sources, batches, and the rows of a cell.
#include "evidence/core/snapshot.h"

#include <catch2/catch.hpp>

#include "tests/unit/evidence/core/death.h"

using namespace assay;

namespace {

struct World {
  Schema schema;
  KindId council, ics, membership;
  FieldId needs, governance;

  World() {
    council = schema.add_kind({.name = "council"});
    ics = schema.add_kind({.name = "ics"});
    membership = schema.add_kind({.name = "membership", .relation = true, .from = council, .to = ics});
    needs = schema.add_field({.name = "needs", .kind = council, .type = {.kind = TypeKind::Score}});
    governance = schema.add_field({.name = "governance", .kind = council, .type = {.kind = TypeKind::Score}});
  }
};

Date day(std::string_view iso) { return Date::parse(iso).value(); }

Observation row(std::int64_t number, SubjectId subject, FieldId field, std::string_view valid_from,
                std::string_view recorded_on, std::int64_t supersedes = 0) {
  return {.row = number,
          .subject = subject,
          .field = field,
          .value = Decimal::from_int(number),
          .valid_from = day(valid_from),
          .recorded_on = day(recorded_on),
          .supersedes = supersedes};
}

std::vector<std::string> codes(const Snapshot& snapshot, std::span<const SubjectId> ids) {
  std::vector<std::string> made;
  for (const SubjectId id : ids) made.push_back(snapshot.subject(id).code);
  return made;
}

std::vector<std::int64_t> numbers(std::span<const Observation> rows) {
  std::vector<std::int64_t> made;
  for (const Observation& one : rows) made.push_back(one.row);
  return made;
}

using Codes = std::vector<std::string>;
using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("an empty snapshot answers with nothing") {
  const World world;
  const Snapshot snapshot = SnapshotBuilder(world.schema, day("2025-12-05")).seal();
  REQUIRE(&snapshot.schema() == &world.schema);
  REQUIRE(snapshot.known_on() == day("2025-12-05"));
  REQUIRE(snapshot.subjects().empty());
  REQUIRE(snapshot.of_kind(world.council).empty());
  REQUIRE_FALSE(snapshot.find(world.council, "E06000014"));
  REQUIRE(snapshot.rows(world.needs, SubjectId{0}).empty());
  REQUIRE(snapshot.all_rows().empty());
  REQUIRE(snapshot.links_from(world.membership, SubjectId{0}).empty());
  REQUIRE_FALSE(snapshot.find_source("cqc_report"));
}

TEST_CASE("subjects stand by kind as declared, then by code; the same code twice is one subject") {
  const World world;
  SnapshotBuilder builder(world.schema, day("2025-12-05"));
  builder.subject(world.ics, "QOQ");
  builder.subject(world.council, "E06000014");
  const SubjectId first = builder.subject(world.council, "E06000009");
  REQUIRE(builder.subject(world.council, "E06000009") == first);
  builder.subject(world.ics, "E06000014");  // another kind, another subject
  const Snapshot snapshot = std::move(builder).seal();

  REQUIRE(snapshot.subjects().size() == 4);
  REQUIRE(codes(snapshot, snapshot.of_kind(world.council)) == Codes{"E06000009", "E06000014"});
  REQUIRE(codes(snapshot, snapshot.of_kind(world.ics)) == Codes{"E06000014", "QOQ"});
  REQUIRE(snapshot.of_kind(world.membership).empty());
  REQUIRE(snapshot.find(world.council, "E06000014") == SubjectId{1});
  REQUIRE(snapshot.find(world.ics, "E06000014") == SubjectId{2});
  REQUIRE_FALSE(snapshot.find(world.council, "QOQ"));
  REQUIRE_FALSE(snapshot.find(world.council, "E0600001"));
  for (std::uint32_t i = 0; i < 4; ++i) {
    const Subject& subject = snapshot.subject(SubjectId{i});
    REQUIRE(snapshot.find(subject.kind, subject.code) == SubjectId{i});
  }
}

TEST_CASE("links know their ends under the new numbers, from either side, in the order of the other end") {
  const World world;
  SnapshotBuilder builder(world.schema, day("2025-12-05"));
  const SubjectId z = builder.subject(world.ics, "Z"), a = builder.subject(world.ics, "A");
  const SubjectId two = builder.subject(world.council, "2"), one = builder.subject(world.council, "1");
  builder.link(world.membership, two, z);
  builder.link(world.membership, one, z);
  const SubjectId again = builder.link(world.membership, two, a);
  REQUIRE(builder.link(world.membership, two, a) == again);
  const Snapshot snapshot = std::move(builder).seal();

  const SubjectId council_1 = snapshot.find(world.council, "1").value(),
                  council_2 = snapshot.find(world.council, "2").value();
  const SubjectId ics_a = snapshot.find(world.ics, "A").value(), ics_z = snapshot.find(world.ics, "Z").value();
  REQUIRE(codes(snapshot, snapshot.of_kind(world.membership)) == Codes{"1>Z", "2>A", "2>Z"});
  REQUIRE(codes(snapshot, snapshot.links_from(world.membership, council_1)) == Codes{"1>Z"});
  REQUIRE(codes(snapshot, snapshot.links_from(world.membership, council_2)) == Codes{"2>A", "2>Z"});
  REQUIRE(codes(snapshot, snapshot.links_to(world.membership, ics_a)) == Codes{"2>A"});
  REQUIRE(codes(snapshot, snapshot.links_to(world.membership, ics_z)) == Codes{"1>Z", "2>Z"});
  REQUIRE(snapshot.links_from(world.membership, ics_z).empty());
  REQUIRE(snapshot.links_from(world.council, council_1).empty());
  const Subject& link = snapshot.subject(snapshot.find(world.membership, "2>A").value());
  REQUIRE(link.from == council_2);
  REQUIRE(link.to == ics_a);
}

TEST_CASE("the order of links is that of the other end, not of the codes put together") {
  const World world;
  SnapshotBuilder builder(world.schema, day("2025-12-05"));
  const SubjectId ics = builder.subject(world.ics, "Q");
  // "1!>Q" sorts before "1>Q" as text, yet council 1 comes before council 1!.
  builder.link(world.membership, builder.subject(world.council, "1!"), ics);
  builder.link(world.membership, builder.subject(world.council, "1"), ics);
  const Snapshot snapshot = std::move(builder).seal();
  REQUIRE(codes(snapshot, snapshot.links_to(world.membership, snapshot.find(world.ics, "Q").value())) ==
          Codes{"1>Q", "1!>Q"});
}

TEST_CASE("rows of a cell stand by valid_from, recorded_on, row") {
  const World world;
  SnapshotBuilder builder(world.schema, day("2025-12-05"));
  builder.source("cqc_report");
  const SubjectId york = builder.subject(world.council, "E06000014"),
                  bath = builder.subject(world.council, "E06000022");
  const SubjectId early = builder.subject(world.council, "E06000001");
  builder.add(row(5, york, world.needs, "2025-02-01", "2025-02-02"));
  builder.add(row(4, york, world.needs, "2025-01-01", "2025-03-01"));
  builder.add(row(3, york, world.needs, "2025-01-01", "2025-02-01"));
  builder.add(row(2, york, world.needs, "2025-01-01", "2025-02-01"));
  builder.add(row(1, york, world.governance, "2025-01-01", "2025-02-01"));
  builder.add(row(6, bath, world.needs, "2024-01-01", "2025-02-01"));
  builder.add(row(7, early, world.governance, "2026-01-01", "2025-02-01"));
  const Snapshot snapshot = std::move(builder).seal();

  REQUIRE(numbers(snapshot.rows(world.needs, snapshot.find(world.council, "E06000014").value())) ==
          Numbers{2, 3, 4, 5});
  REQUIRE(numbers(snapshot.rows(world.needs, snapshot.find(world.council, "E06000022").value())) == Numbers{6});
  REQUIRE(snapshot.rows(world.needs, snapshot.find(world.council, "E06000001").value()).empty());
  REQUIRE(numbers(snapshot.all_rows()) == Numbers{2, 3, 4, 5, 6, 7, 1});
  for (const Observation& one : snapshot.all_rows()) REQUIRE(one.value == Value(Decimal::from_int(one.row)));
}

TEST_CASE("rows with one key, as in scenarios, stay in the order in which they were given") {
  const World world;
  SnapshotBuilder builder(world.schema, day("2025-12-05"));
  builder.source("given");
  const SubjectId york = builder.subject(world.council, "E06000014");
  for (int i = 0; i < 50; ++i) {
    Observation given = row(0, york, i % 2 == 0 ? world.governance : world.needs, "2025-01-01", "2025-01-01");
    given.note = std::to_string(i);
    builder.add(given);
  }
  const Snapshot snapshot = std::move(builder).seal();
  const auto needs = snapshot.rows(world.needs, SubjectId{0});
  REQUIRE(needs.size() == 25);
  for (std::size_t i = 0; i < needs.size(); ++i) REQUIRE(needs[i].note == std::to_string(2 * i + 1));
}

TEST_CASE("what was recorded after the known-on date is not there, and supersedes nothing") {
  const World world;
  for (const auto& [known_on, held, superseded] :
       {std::tuple("2025-06-30", Numbers{1}, false), std::tuple("2025-07-01", Numbers{1, 2}, true)}) {
    SnapshotBuilder builder(world.schema, day(known_on));
    builder.source("cqc_report");
    const SubjectId york = builder.subject(world.council, "E06000014");
    builder.add(row(2, york, world.needs, "2025-01-01", "2025-07-01", 1));
    builder.add(row(1, york, world.needs, "2025-01-01", "2025-02-01"));
    const Snapshot snapshot = std::move(builder).seal();
    const auto rows = snapshot.rows(world.needs, SubjectId{0});
    REQUIRE(numbers(rows) == held);
    REQUIRE(rows[0].superseded == superseded);
    if (superseded) REQUIRE_FALSE(rows[1].superseded);
  }
}

TEST_CASE("a chain of corrections leaves the last one standing; rows of scenarios are never superseded") {
  const World world;
  SnapshotBuilder builder(world.schema, day("2025-12-05"));
  builder.source("cqc_report");
  const SubjectId york = builder.subject(world.council, "E06000014");
  builder.add(row(1, york, world.needs, "2025-01-01", "2025-02-01"));
  builder.add(row(2, york, world.needs, "2025-01-01", "2025-03-01", 1));
  Observation withdrawal = row(3, york, world.needs, "2025-01-01", "2025-04-01", 2);
  withdrawal.standing = Standing::Withdrawn;
  builder.add(withdrawal);
  builder.add(row(0, york, world.needs, "2025-05-01", "2025-04-01"));
  const Snapshot snapshot = std::move(builder).seal();
  std::vector<bool> superseded;
  for (const Observation& one : snapshot.all_rows()) superseded.push_back(one.superseded);
  REQUIRE(superseded == std::vector<bool>{true, true, false, false});
}

TEST_CASE("sources and batches keep the numbers they were given") {
  const World world;
  SnapshotBuilder builder(world.schema, day("2025-12-05"));
  const SourceId cqc = builder.source("cqc_report"), ascof = builder.source("ascof");
  REQUIRE(builder.source("cqc_report") == cqc);
  const BatchId first = builder.batch({.number = 1, .file = "a.csv"}),
                second = builder.batch({.number = 2, .file = "record"});
  const Snapshot snapshot = std::move(builder).seal();
  REQUIRE(snapshot.source_name(ascof) == "ascof");
  REQUIRE(snapshot.find_source("ascof") == ascof);
  REQUIRE(snapshot.find_source("cqc_report") == cqc);
  REQUIRE_FALSE(snapshot.find_source("cqc"));
  REQUIRE(snapshot.batch(first).file == "a.csv");
  REQUIRE(snapshot.batch(second).number == 2);
}

TEST_CASE("a row that names no known field, subject or source is our own fault") {
  const World world;
  const auto stopped = [&](auto change) {
    return last_words([&] {
             SnapshotBuilder builder(world.schema, day("2025-12-05"));
             builder.source("cqc_report");
             Observation one =
                 row(1, builder.subject(world.council, "E06000014"), world.needs, "2025-01-01", "2025-01-01");
             change(one);
             builder.add(one);
           })
        .starts_with("defect: CHECK(");
  };
  REQUIRE_FALSE(stopped([](Observation&) {}));
  REQUIRE(stopped([](Observation& one) { one.field.index = 1000; }));
  REQUIRE(stopped([](Observation& one) { one.subject.index = 1; }));
  REQUIRE(stopped([](Observation& one) { one.source.index = 1; }));
}

TEST_CASE("standings in words, under the numbers that stand in stores") {
  const std::vector<std::string> words = {"held",      "not available", "suppressed", "not applicable", "complete",
                                          "withdrawn", "redacted",      "minded to",  "ended"};
  for (std::size_t i = 0; i < words.size(); ++i) REQUIRE(to_string(static_cast<Standing>(i)) == words[i]);
}
