// The year ahead of one small world: what stands in it, on which day, what falls together, what is wanted by whom.
#include <catch2/catch.hpp>

#include "dsl/check/check.h"
#include "engine/calendar/calendar.h"
#include "tests/support/evidence_lines.h"

namespace assay {
namespace {

constexpr const char* kRules = R"(ruleset pool
  edition "1"
  in force from 2024-01-01
kind council "Council" plural councils
kind ics "System" plural systems
kind country "Country" plural countries
relation membership from council to ics
evidence next_visit of council : date
evidence board_review of ics : date
evidence wait of council : whole
  every quarter
  due within 2 months
evidence complaints of council : whole
  every quarter
  due within 2 months
evidence scrutiny of council : yes/no
  title "Members scrutinise"
  fresh for 12 months
evidence election_weeks of council : yes/no
  title "Pre-election weeks"
evidence advisers of country : whole
evidence booked of council : whole
  every month
regime support of council
  title "Support"
  decided by "the department"
  starts in usual
  stage usual
  stage directed "Direction"
  enter directed
    when wait is more than 1
    basis proposed
  exit directed to usual
    when wait is 0
    basis proposed
define wants of council : whole
  = first known of (booked, 0)
  basis proposed
define wanted of country : whole
  = sum of wants of councils
  basis proposed
flag too_few of country
  when wanted is more than advisers
  says "{country}"
  basis proposed
flag not_of_capacity of country
  when wanted is at least advisers
  says "{country}"
  basis proposed
interaction direction_reaches_system
  along membership from council to ics
  when support of council is directed
  effect bring forward board_review of ics by 1 month decided by "NHS England"
  says "{council} {ics}"
  basis proposed
)";

constexpr const char* kEvidence = R"(council:A | council.register | Ashford | 2020-01-01 | | | | | 2020-01-01
council:B | council.register | Barham | 2020-01-01 | | | | | 2020-01-01
ics:S | ics.register | System South | 2020-01-01 | | | | | 2020-01-01
country:E | country.register | England | 2020-01-01 | | | | | 2020-01-01
membership:A>S | membership.register | yes | 2020-01-01 | | | | | 2020-01-01
council:A | pool.next_visit | 2026-05-04 | 2026-01-01 | | | Letter | | 2026-01-05
council:B | pool.next_visit | 2026-05-05 | 2026-01-01 | | | Letter | | 2026-01-05
ics:S | pool.board_review | 2026-05-09 | 2026-01-01 | | | Letter | | 2026-01-05
council:A | pool.support | directed | 2025-05-01 | 2026-04-30 | | Direction | | 2025-05-01
council:A | pool.scrutiny | yes | 2025-09-01 | | | Minutes | | 2025-09-02
council:A | pool.election_weeks | yes | 2026-03-30 | 2026-05-07 | | Notice | | 2026-01-05
council:A | pool.wait | 5 | 2026-01-01 | 2026-03-31 | | Return | | 2026-01-05
country:E | pool.advisers | 3 | 2026-01-01 | | | Statement | | 2026-01-05
council:A | pool.booked | 2 | 2026-05-01 | 2026-05-31 | | Plan | | 2026-01-05
council:B | pool.booked | 3 | 2026-05-01 | 2026-05-31 | | Plan | | 2026-01-05
council:B | pool.booked | 3 | 2026-06-01 | 2026-06-30 | | Plan | | 2026-01-05
)";

Date day(const char* text) { return *Date::parse(text); }

// A snapshot points at its schema, and an evaluation at both, so a world never moves.
struct World {
  Rulebook book;
  std::optional<Snapshot> snapshot;
  std::optional<Evaluation> evaluation;
};

std::unique_ptr<World> world(const std::string& more = {}) {
  auto made = std::make_unique<World>();
  Sources sources;
  sources.add("rules.assay", kRules);
  DiagnosticSink sink;
  made->book = check(std::move(sources), sink);
  INFO(render(sink, made->book.sources));
  REQUIRE_FALSE(sink.has_errors());
  auto read = golden::evidence_lines(kEvidence + more, made->book.schema, day("2026-02-01"));
  INFO((read ? std::string() : read.error()));
  REQUIRE(read);
  made->snapshot.emplace(std::move(*read));
  made->evaluation.emplace(made->book, *made->snapshot);
  return made;
}

CalendarQuestion year() { return {.from = day("2026-02-01"), .to = day("2027-01-31")}; }

std::vector<const CalendarEntry*> of_kind(const Calendar& calendar, CalendarEntry::Kind kind) {
  std::vector<const CalendarEntry*> out;
  for (const CalendarEntry& entry : calendar.entries)
    if (entry.kind == kind) out.push_back(&entry);
  return out;
}

}  // namespace

TEST_CASE("dates that are recorded stand on their day, in order; stages that end, on their last") {
  const auto at = world();
  const Calendar calendar = calendar_of(*at->evaluation, year());
  const auto dated = of_kind(calendar, CalendarEntry::Kind::Dated);
  REQUIRE(dated.size() == 3);
  CHECK(dated[0]->from == day("2026-05-04"));
  CHECK(dated[2]->fields == std::vector<std::string>{"pool.board_review"});
  CHECK(dated[0]->document == "Letter");
  const auto ends = of_kind(calendar, CalendarEntry::Kind::Ends);
  REQUIRE(ends.size() == 1);
  CHECK(ends[0]->from == day("2026-04-30"));
  CHECK(ends[0]->title == "Support: Direction ends");
}

TEST_CASE("series due on one day stand together, with those whose reading is not yet held") {
  const auto at = world();
  const Calendar calendar = calendar_of(*at->evaluation, year());
  const auto due = of_kind(calendar, CalendarEntry::Kind::Due);
  REQUIRE(due.size() == 4);
  CHECK(due[0]->from == day("2026-02-28"));
  CHECK(due[0]->note == "for the quarter to 31 December 2025");
  CHECK(due[0]->fields == std::vector<std::string>{"pool.wait", "pool.complaints"});
  CHECK(due[0]->of == 2);
  CHECK(due[1]->from == day("2026-05-31"));
  // Ashford's wait is held, its complaints are not.
  CHECK(due[1]->subjects.size() == 2);
}

TEST_CASE("evidence is to be looked at again on the last day on which it counts") {
  const auto at = world();
  const Calendar calendar = calendar_of(*at->evaluation, year());
  const auto stale = of_kind(calendar, CalendarEntry::Kind::Stale);
  REQUIRE(stale.size() == 1);
  CHECK(stale[0]->from == day("2026-09-01"));
  CHECK(stale[0]->title == "Members scrutinise");
}

TEST_CASE("a period stands as entered, and a date of the same body within it is a clash") {
  const auto at = world();
  const Calendar calendar = calendar_of(*at->evaluation, year());
  const auto periods = of_kind(calendar, CalendarEntry::Kind::Period);
  REQUIRE(periods.size() == 1);
  CHECK(periods[0]->from == day("2026-03-30"));
  CHECK(periods[0]->to == day("2026-05-07"));
  REQUIRE(calendar.clashes.size() == 2);
  CHECK(calendar.entries[calendar.clashes[0].first].kind == CalendarEntry::Kind::Period);
  CHECK(calendar.entries[calendar.clashes[0].second].from == day("2026-05-04"));
}

TEST_CASE("dates fall together of one body or of linked ones, as near as is asked") {
  const auto at = world();
  CalendarQuestion question = year();
  const auto together = [&] {
    std::vector<std::int32_t> days;
    for (const CalendarClash& clash : calendar_of(*at->evaluation, question).clashes)
      if (clash.of_first != clash.of_second) days.push_back(clash.days);
    return days;
  };
  // Ashford and its system; Barham belongs to none.
  CHECK(together() == std::vector<std::int32_t>{5});
  question.within_days = 4;
  CHECK(together().empty());
}

TEST_CASE("an interaction moves no date: from when to when, and who decides") {
  const auto at = world();
  const Calendar calendar = calendar_of(*at->evaluation, year());
  REQUIRE(calendar.moves.size() == 1);
  CHECK(calendar.moves[0].effect.from == ImpreciseDate(day("2026-05-09")));
  CHECK(calendar.moves[0].effect.to == day("2026-04-09"));
  CHECK(calendar.moves[0].effect.decided_by == "NHS England");
}

TEST_CASE("by month what is wanted stands beside what there is, with those who compete, most first") {
  const auto at = world();
  const Calendar calendar = calendar_of(*at->evaluation, year());
  REQUIRE(calendar.demands.size() == 1);
  CHECK(at->book.rule(calendar.demands[0].flag).name == "pool.too_few");
  const auto& months = calendar.demands[0].months;
  REQUIRE(months.size() == 12);
  CHECK(months[3].end == day("2026-05-31"));
  CHECK(months[3].status == Status::Raised);
  REQUIRE(months[3].competing.size() == 2);
  CHECK(name_on(*at->snapshot, months[3].competing[0].subject, months[3].end) == "Barham");
  CHECK(months[4].status == Status::Clear);
  CHECK(months[4].competing.size() == 1);
  CHECK(months[5].competing.empty());
}

TEST_CASE("of one body, what is its own and that of those it is linked to") {
  const auto at = world();
  CalendarQuestion question = year();
  question.subject = at->snapshot->find(*at->book.schema.find_kind("council"), "B");
  const Calendar calendar = calendar_of(*at->evaluation, question);
  CHECK(of_kind(calendar, CalendarEntry::Kind::Dated).size() == 1);
  CHECK(calendar.moves.empty());
}

TEST_CASE("a date known only to the month stands in it and falls together with nothing; one in conflict is told") {
  const auto at = world(
      "council:B | pool.next_visit | 2026-08 | 2026-01-15 | | | Note | | 2026-01-16\n"
      "ics:S | pool.board_review | 2026-05-20 | 2026-01-01 | | other | Note | | 2026-01-05\n");
  const Calendar calendar = calendar_of(*at->evaluation, year());
  const auto dated = of_kind(calendar, CalendarEntry::Kind::Dated);
  REQUIRE(dated.size() == 2);
  CHECK(dated[1]->from == day("2026-08-01"));
  CHECK(dated[1]->to == day("2026-08-31"));
  CHECK_FALSE(dated[1]->exact);
  REQUIRE(calendar.not_known.size() == 1);
  CHECK(calendar.not_known[0].find("conflict") != std::string::npos);
}

}  // namespace assay
