// The days on which an answer can change, held against asking every day: over the rules and evidence of the golden
// cases of explanations, and over rules with every word of time, of which rows are made by chance with a fixed seed.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "dsl/check/check.h"
#include "engine/eval/evaluation.h"
#include "engine/history/timeline.h"
#include "tests/support/case_sections.h"
#include "tests/support/evidence_lines.h"

namespace assay {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Rulebook rulebook_of(const std::string& text) {
  Sources sources;
  sources.add("rules.assay", text + "\n");
  DiagnosticSink sink;
  Rulebook book = check(std::move(sources), sink);
  INFO(render(sink, book.sources));
  REQUIRE_FALSE(sink.has_errors());
  return book;
}

// The answer with all that decided it, but for what a date alone changes in it.
std::string said_on(Evaluation& evaluation, const PeriodQuestion& question, Date day) {
  const DayAnswer answer = answer_on(evaluation, question, day);
  std::string out = fmt::format("{}|{}|", to_string(answer.state), answer.words);
  if (!answer.outcome) return out;
  for (const Reason& why : answer.outcome->cell.why)
    out += fmt::format("{} {} {}|", why.subject.index, why.field.index, static_cast<int>(why.kind));
  std::vector<std::int64_t> rows;
  for (const Observation* row : evaluation.reads(answer.outcome->rule, question.subject, {day}))
    rows.push_back(row->row);
  std::sort(rows.begin(), rows.end());
  return out + fmt::format("{}", fmt::join(rows, ","));
}

struct Asked {
  std::size_t days = 0, points = 0;
};

// Every day between two points says what the first of them says.
Asked hold(const Rulebook& book, const Snapshot& snapshot, const PeriodQuestion& question) {
  const Bearing bearing = bearing_on(book, snapshot, question);
  REQUIRE(bearing.days.front() == question.from);
  Evaluation evaluation(book, snapshot);
  std::string said;
  std::size_t next = 0;
  for (Date day = question.from; day <= question.to; day.days += 1) {
    const std::string now = said_on(evaluation, question, day);
    if (next < bearing.days.size() && bearing.days[next] == day) {
      said = now;
      ++next;
    }
    INFO(question.rule << " on " << day.to_string());
    REQUIRE(now == said);
  }
  return {static_cast<std::size_t>(question.to.days - question.from.days + 1), bearing.days.size()};
}

Asked hold_all(const Rulebook& book, const Snapshot& snapshot, Date from, Date to) {
  Asked asked;
  for (const Rule& rule : book.rules)
    for (SubjectId subject : snapshot.of_kind(rule.kind)) {
      const Asked one = hold(book, snapshot, {rule.name, subject, from, to});
      asked.days += one.days;
      asked.points += one.points;
    }
  return asked;
}

constexpr const char* kRules = R"(ruleset probe
  edition "1"
  in force from 2024-02-10 to 2025-11-29

kind council "Council" plural councils
kind ics "System" plural systems
relation membership from council to ics
  with part : percent 0% to 100%

evidence standing of council : score 1 to 4
  fresh for 4 months
evidence second of council : score 1 to 4
evidence monthly of council : percent 0% to 100%
  every month
  due within 20 days
  fresh for 3 months
  break from 2025-03-01 "counted anew"
evidence quarterly of council : percent 0% to 100%
  every quarter
  due within 1 month
evidence weekly of council : whole 0 to 100
  every week
  due within 3 days
evidence notice of council : event
  fresh for 2 months
evidence plan of council : event

parameter limit : score 1 to 4
  = 2 from 2024-01-31
  = 3 from 2024-10-31 to 2025-06-30
  basis proposed

define doubled of council : whole
  = standing + second
  basis proposed
define slid of council : points
  = change in monthly over 3 months
  basis proposed
define mean of council : percent
  = average of quarterly over 3 quarters
  basis proposed
define fourth of council : percent
  = monthly 4 months ago
  basis proposed
define busy of council : whole
  = weekly 5 weeks ago
  basis proposed
define before of council : score 1 to 4
  = previous standing
  basis proposed
define known_of of council : score 1 to 4
  = first known of (standing 1 month ago, second 45 days ago, 1)
  basis proposed
flag low of council
  when   standing is less than limit for 3 consecutive months
  unless plan within the last 5 months
  says   "{council}"
  basis  proposed
flag twice of council
  when   standing is at most 2 for 2 consecutive readings
  says   "{council}"
  basis  proposed
flag told of council
  when   notice within the last 40 days or low is raised
  says   "{council}"
  basis  proposed
flag fell of council
  when   low is raised for 2 consecutive quarters or monthly is at most 40% for 2 consecutive months
  says   "{council}"
  basis  proposed
define ageing of council : duration in days
  = days since notice
  basis proposed
flag system_low of ics
  when   any of councils of ics meet standing is at most 2
  says   "{ics}"
  basis  proposed
flag system_was_low of ics
  when   any of councils of ics meet (low is raised for 2 consecutive months)
  says   "{ics}"
  basis  proposed
)";

class ByChance {
 public:
  ByChance(const Rulebook& book, unsigned seed)
      : book_(book), random_(seed), builder_(book.schema, *Date::parse("2026-06-01")) {
    batch_ = builder_.batch({});
  }
  Snapshot make() && {
    const KindId council = *book_.schema.find_kind("council"), ics = *book_.schema.find_kind("ics"),
                 membership = *book_.schema.find_kind("membership");
    for (const char* code : {"a", "b"}) {
      const SubjectId system = builder_.subject(ics, code);
      register_of(system, ics);
      for (const char* member : {"x", "y"}) {
        const SubjectId one = builder_.subject(council, std::string(code) + member);
        register_of(one, council);
        register_of(builder_.link(membership, one, system), membership);
        rows(one);
      }
    }
    return std::move(builder_).seal();
  }

 private:
  std::int32_t below(std::int32_t limit) { return static_cast<std::int32_t>(random_() % static_cast<unsigned>(limit)); }
  Date some_day() { return {Date::parse("2023-10-15")->days + below(800)}; }
  Observation row(SubjectId subject, FieldId field) {
    Observation row;
    row.row = ++rows_;
    row.subject = subject;
    row.field = field;
    row.source = builder_.source("chance");
    row.batch = batch_;
    row.valid_from = some_day();
    row.recorded_on = Date{row.valid_from.days + below(60)};
    return row;
  }
  void register_of(SubjectId subject, KindId kind) {
    Observation in = row(subject, book_.schema.kind(kind).register_field);
    in.value = std::string("Name");
    in.valid_from = Date{Date::parse("2024-01-20")->days + below(90)};
    if (below(2) == 0) in.valid_to = Date{in.valid_from.days + 200 + below(400)};
    builder_.add(std::move(in));
  }
  void rows(SubjectId subject) {
    for (std::uint32_t index = 0; index < book_.schema.fields().size(); ++index) {
      const FieldDef& field = book_.schema.field({index});
      const bool evidence = field.name.starts_with("probe.") && field.kind == *book_.schema.find_kind("council");
      for (int i = evidence ? 3 + below(12) : 0; i > 0; --i) builder_.add(one(subject, {index}));
    }
  }
  Observation one(SubjectId subject, FieldId id) {
    const FieldDef& field = book_.schema.field(id);
    Observation made = row(subject, id);
    if (field.every)
      made.valid_from = step_start(made.valid_from, *field.every),
      made.valid_to = step_end(made.valid_from, *field.every);
    if (field.occurrence == Occurrence::Event) {
      made.value = true;
      if (below(3) == 0) made.standing = Standing::Complete, made.valid_to = Date{made.valid_from.days + below(300)};
    } else {
      made.value = Decimal::from_int(1 + below(4) * (field.type.kind == TypeKind::Score ? 1 : 20));
      if (field.type.kind == TypeKind::Score && below(4) == 0) made.valid_to = Date{made.valid_from.days + below(90)};
      if (below(9) == 0) made.standing = Standing::NotAvailable;
    }
    return made;
  }

  const Rulebook& book_;
  std::mt19937 random_;
  SnapshotBuilder builder_;
  BatchId batch_;
  std::int64_t rows_ = 0;
};

}  // namespace

TEST_CASE("between two days that bear on it, no answer of a golden case changes") {
  const std::filesystem::path folder = std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/golden/explain";
  std::size_t worlds = 0;
  Asked asked;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".case") continue;
    const golden::CaseSections of = golden::read_case(read_file(entry.path()));
    const std::string *rules = of.body_of("rules"), *evidence = of.body_of("evidence");
    if (!rules || !evidence) continue;
    ++worlds;
    INFO(entry.path());
    const Rulebook book = rulebook_of(*rules);
    const golden::Section* first = nullptr;
    for (const golden::Section& section : of.sections)
      if (!first && section.head.starts_with("as at ")) first = &section;
    REQUIRE(first);
    const Date as_at = *Date::parse(first->head.substr(6, 10)), known_on = *Date::parse(first->head.substr(26, 10));
    const auto snapshot = golden::evidence_lines(*evidence, book.schema, known_on);
    REQUIRE(snapshot);
    const Asked one = hold_all(book, *snapshot, Date{as_at.days - 500}, Date{as_at.days + 300});
    asked.days += one.days;
    asked.points += one.points;
  }
  CHECK(worlds > 15);
  // Else it would show nothing.
  CHECK(asked.points * 4 < asked.days);
}

TEST_CASE("between two days that bear on it, no answer of rules with every word of time changes") {
  const Rulebook book = rulebook_of(kRules);
  Asked asked;
  for (unsigned seed = 1; seed <= 6; ++seed) {
    INFO("seed " << seed);
    const Snapshot snapshot = ByChance(book, seed).make();
    const Asked one = hold_all(book, snapshot, *Date::parse("2024-01-01"), *Date::parse("2025-12-31"));
    asked.days += one.days;
    asked.points += one.points;
  }
  CHECK(asked.points < asked.days);
}

TEST_CASE("the spans of a timeline add up to the period, and each ends where the next begins") {
  const Rulebook book = rulebook_of(kRules);
  const Snapshot snapshot = ByChance(book, 7).make();
  const Date from = *Date::parse("2024-01-01"), to = *Date::parse("2025-12-31");
  std::size_t spans = 0;
  for (const Rule& rule : book.rules)
    for (SubjectId subject : snapshot.of_kind(rule.kind)) {
      Evaluation evaluation(book, snapshot);
      Date next = from;
      for (const TimelineSpan& span : timeline(evaluation, {rule.name, subject, from, to})) {
        CHECK(span.from == next);
        CHECK(span.from <= span.to);
        next = Date{span.to.days + 1};
        ++spans;
      }
      CHECK(next == Date{to.days + 1});
    }
  CHECK(spans > 100);
}

}  // namespace assay
