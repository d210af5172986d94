// When it was so and when it could be known, told apart: rows recorded late, corrected, and recorded ahead.
#include <catch2/catch.hpp>

#include "dsl/check/check.h"
#include "engine/eval/evaluation.h"
#include "engine/history/history.h"
#include "engine/history/known_earlier.h"

namespace assay {
namespace {

constexpr const char* kRules = R"(ruleset waits
  edition "1"
  in force from 2024-01-01
kind council "Council" plural councils
evidence wait of council : duration in days
flag slow of council
  when  wait is more than 28 days
  says  "{council}"
  basis proposed
)";

Date day(const char* text) { return *Date::parse(text); }

struct Given {
  int days;
  const char *from, *recorded_on;
  std::int64_t supersedes = 0;
};

struct World {
  Rulebook book;
  std::optional<Snapshot> snapshot;
  PeriodQuestion question;
};

// Row 1 is the register's; the rows given follow. A snapshot points at its schema, so a world never moves.
std::unique_ptr<World> world(std::initializer_list<Given> rows) {
  auto made = std::make_unique<World>();
  Sources sources;
  sources.add("rules.assay", kRules);
  DiagnosticSink sink;
  made->book = check(std::move(sources), sink);
  REQUIRE_FALSE(sink.has_errors());
  const Schema& schema = made->book.schema;
  SnapshotBuilder builder(schema, day("2026-01-01"));
  const KindId kind = *schema.find_kind("council");
  Observation row;
  row.row = 1;
  row.subject = builder.subject(kind, "E1");
  row.field = schema.kind(kind).register_field;
  row.value = std::string("Ashford");
  row.valid_from = row.recorded_on = day("2020-01-01");
  row.source = builder.source("register");
  row.batch = builder.batch({});
  builder.add(row);
  row.field = *schema.find_field("waits.wait");
  for (const Given& given : rows) {
    ++row.row;
    row.value = Decimal::from_int(given.days);
    row.valid_from = day(given.from);
    row.recorded_on = day(given.recorded_on);
    row.supersedes = given.supersedes;
    builder.add(row);
  }
  made->snapshot = std::move(builder).seal();
  made->question = {"waits.slow", *made->snapshot->find(kind, "E1"), day("2024-01-01"), day("2025-12-31")};
  return made;
}

}  // namespace

TEST_CASE("a row recorded late is knowable from its own day, and known from the day it was recorded") {
  const auto w = world({{20, "2024-01-01", "2024-01-05"}, {31, "2024-07-01", "2024-09-20"}});
  Evaluation evaluation(w->book, *w->snapshot);
  const History history = history_of(evaluation, w->question);
  CHECK(history.first_knowable == day("2024-07-01"));
  REQUIRE(history.first_known);
  CHECK(history.first_known->on == day("2024-09-20"));
  CHECK(history.first_known->about == day("2024-07-01"));
  CHECK_FALSE(history.first_known->until);
}

TEST_CASE("a row recorded ahead of its day is not known before that day comes") {
  const auto w = world({{31, "2024-07-01", "2024-05-01"}});
  const auto first = first_known(w->book, *w->snapshot, w->question);
  REQUIRE(first);
  CHECK(first->on == day("2024-07-01"));
  CHECK(first->about == day("2024-07-01"));
}

TEST_CASE("what a correction took back was known until the correction, though it is knowable no longer") {
  const auto w = world({{31, "2024-07-01", "2024-07-10"}, {21, "2024-07-01", "2024-08-01", 2}});
  Evaluation evaluation(w->book, *w->snapshot);
  const History history = history_of(evaluation, w->question);
  CHECK_FALSE(history.first_knowable);
  REQUIRE(history.first_known);
  CHECK(history.first_known->on == day("2024-07-10"));
  CHECK(history.first_known->about == day("2024-07-01"));
  CHECK(history.first_known->until == day("2024-08-01"));
}

TEST_CASE("where nothing held would have raised it, it was never known") {
  const auto w = world({{20, "2024-01-01", "2024-01-05"}});
  CHECK_FALSE(first_known(w->book, *w->snapshot, w->question));
}

TEST_CASE("a row that was corrected since counts again in what was known before") {
  const auto w = world({{31, "2024-07-01", "2024-07-10"}, {21, "2024-07-01", "2024-08-01", 2}});
  const std::vector<bool> all(w->book.schema.fields().size(), true);
  const Snapshot before = known_earlier(*w->snapshot, day("2024-07-31"), all);
  const FieldId wait = *w->book.schema.find_field("waits.wait");
  REQUIRE(before.rows(wait, w->question.subject).size() == 1);
  CHECK_FALSE(before.rows(wait, w->question.subject).front().superseded);
  CHECK(before.known_on() == day("2024-07-31"));
  const std::vector<bool> none(all.size(), false);
  CHECK(known_earlier(*w->snapshot, day("2025-01-01"), none).all_rows().size() == 1);
}

}  // namespace assay
