// Dates that are not known are filled in, day by day: what was known stays as it was, and what was not comes out within
// its range (docs/language.md 4.4). Rows, dates and days are drawn at random, from a seed that the test names.
#include <catch2/catch.hpp>

#include <random>

#include "dsl/check/check.h"
#include "engine/eval/evaluation.h"
#include "tests/support/evidence_lines.h"

using namespace assay;

namespace {

constexpr const char* kRules = R"(ruleset t
  in force from 2020-01-01
kind council "Council" plural councils
source first_source title "First"
source second_source title "Second"
source third_source title "Third"
scale grade from worst to best
  poor, fair, good
evidence visit of council : date
evidence policy of council : score 1 to 4
  from first_source, second_source then third_source
  fresh for 6 months
evidence grading of council : grade
  break from 2025-03-10 "new method"
evidence scope of council : text
evidence holds of council : yes/no
  may not apply
evidence agreed of council : event
define days_to_visit of council : duration in days
  basis proposed
  = visit - 2025-02-15
define days_since of council : duration in days
  basis proposed
  = days since agreed
define months_since of council : duration in months
  basis proposed
  = months since agreed
define before of council : score 1 to 4
  basis proposed
  = previous policy
define policy_then of council : score 1 to 4
  basis proposed
  = policy 2 months ago
define graded of council : grade
  basis proposed
  = grading
define graded_then of council : grade
  basis proposed
  = grading 1 month ago
define said of council : text
  basis proposed
  = scope
define now of council : score 1 to 4
  basis proposed
  = policy
flag soon of council
  when  visit is between 2025-03-05 and 2025-04-05
  says  "{council}"
  basis proposed
flag lately of council
  when  agreed within the last 3 months
  says  "{council}"
  basis proposed
flag steady of council
  when  policy is at least 2 for 2 consecutive readings
  says  "{council}"
  basis proposed
flag each_quarter of council
  when  policy is at least 2 for 2 consecutive quarters
  says  "{council}"
  basis proposed
flag holding of council
  when  holds
  says  "{council}"
  basis proposed
regime support of council
  decided by "Department"
  starts in  usual
  stage usual
  stage some_support
  enter some_support
    when  policy is at most 2
    basis proposed
  exit some_support to usual
    when  policy is at least 2
    basis proposed
)";

struct Row {
  std::string field, value;
  ImpreciseDate from;
  std::optional<ImpreciseDate> to;
  std::string source, recorded_on;
};

class Draw {
 public:
  explicit Draw(unsigned seed) : engine_(seed) {}
  int below(int count) { return static_cast<int>(engine_() % static_cast<unsigned>(count)); }
  Date day() { return Date{Date::from_ymd(2024, 12, 1)->days + below(190)}; }

  ImpreciseDate date() {
    const Step steps[] = {Step::Day, Step::Day, Step::Month, Step::Month, Step::Quarter, Step::FinancialYear};
    return {day(), steps[below(6)]};
  }
  // Often an end of the range, where an answer turns.
  Date within(const ImpreciseDate& date) {
    const int days = date.last().days - date.first.days;
    const int choice = below(4);
    return choice == 0 ? date.first : choice == 1 ? date.last() : Date{date.first.days + below(days + 1)};
  }

  Row row() {
    static const std::vector<std::pair<const char*, std::vector<const char*>>> kFields = {
        {"visit", {"2025-03", "2025-Q1", "2025-03-20", "2024/25", "2025"}},
        {"policy", {"1", "2", "3", "4"}},
        {"grading", {"poor", "fair", "good"}},
        {"scope", {"adults", "all"}},
        {"holds", {"yes", "no", "not applicable"}},
        {"agreed", {"yes"}}};
    const auto& [field, values] = kFields[static_cast<std::size_t>(below(static_cast<int>(kFields.size())))];
    const char* const sources[] = {"first_source", "second_source", "third_source"};
    Row out{field,
            values[static_cast<std::size_t>(below(static_cast<int>(values.size())))],
            date(),
            {},
            sources[below(3)],
            fmt::format("2026-01-{:02}", 1 + below(20))};
    if (out.field != "agreed" && below(5) == 0) out.to = date();
    if (out.to && out.to->first < out.from.last()) out.to.reset();
    return out;
  }

  std::vector<Row> rows() {
    std::vector<Row> out;
    for (int count = 3 + below(12); count > 0; --count) out.push_back(row());
    if (below(2) == 0) {
      out.push_back({"agreed", "complete", *Date::from_ymd(2020, 1, 1), ImpreciseDate(*Date::from_ymd(2025, 12, 31)),
                     "first_source", "2026-01-01"});
    }
    if (below(2) == 0) {
      out.push_back({"support", "some_support", *Date::from_ymd(2024, 1, 1), {}, "first_source", "2026-01-01"});
      out.push_back({"support", "usual", day(), {}, "first_source", "2026-01-01"});
    }
    return out;
  }

  std::vector<Row> completed(std::vector<Row> rows) {
    for (Row& row : rows) {
      row.from = within(row.from);
      if (row.to) row.to = ImpreciseDate(within(*row.to));
      if (row.field != "visit") continue;
      if (const auto value = read_date_as_written(row.value)) row.value = within(*value).to_string();
    }
    return rows;
  }

 private:
  std::mt19937 engine_;
};

std::string text_of(const std::vector<Row>& rows) {
  std::string out = "council:E1 | council.register | Ashford | 2020-01-01 | | | | | 2020-01-01\n";
  for (const Row& row : rows) {
    out += fmt::format("council:E1 | t.{} | {} | {} | {} | {} | | | {}\n", row.field, row.value, row.from.to_string(),
                       row.to ? row.to->to_string() : "", row.source, row.recorded_on);
  }
  return out;
}

// Does what an exact set of rows gives agree with what the rows it was filled in from gave?
bool agrees(const Cell& open, const Cell& full) {
  if (open.known()) return full.known() && same(open.value(), full.value());
  if (!open.applies()) return !full.applies();
  if (!full.applies()) return open.may_not_apply;
  if (full.may_not_apply && !open.may_not_apply) return false;
  if (open.low && (!full.low || order(*full.low, *open.low) < 0)) return false;
  return !(open.high && (!full.high || order(*full.high, *open.high) > 0));
}

}  // namespace

TEST_CASE("no day that a date turns out to be changes a known outcome") {
  DiagnosticSink sink;
  Sources sources;
  sources.add("rules.assay", kRules);
  const Rulebook book = check(std::move(sources), sink);
  REQUIRE_FALSE(sink.has_errors());
  const Date known_on = *Date::from_ymd(2026, 2, 1);
  const auto snapshot = [&](const std::vector<Row>& rows) {
    auto made = golden::evidence_lines(text_of(rows), book.schema, known_on);
    if (!made) FAIL(made.error());
    return std::move(*made);
  };
  int known = 0, unknown = 0;
  for (unsigned seed = 1; seed <= 400; ++seed) {
    Draw draw(seed);
    const std::vector<Row> rows = draw.rows();
    const Snapshot open = snapshot(rows);
    Evaluation before(book, open);
    std::vector<Date> dates{draw.day(), draw.day(), draw.day()};
    for (const Row& row : rows) dates.push_back(draw.below(2) == 0 ? row.from.first : row.from.last());
    for (int filling = 0; filling < 8; ++filling) {
      const std::vector<Row> filled = draw.completed(rows);
      const Snapshot full = snapshot(filled);
      Evaluation after(book, full);
      const SubjectId who = open.of_kind(*book.schema.find_kind("council")).front();
      for (const Date date : dates) {
        for (std::uint32_t i = 0; i < book.rules.size(); ++i) {
          const Cell& was = before.rule(RuleId{i}, who, {date});
          const Cell& is = after.rule(RuleId{i}, who, {date});
          ++(was.unknown() ? unknown : known);
          if (agrees(was, is)) continue;
          FAIL("seed " << seed << ", " << book.rules[i].name << " as at " << date.to_string() << "\n"
                       << text_of(rows) << "\nfilled in\n"
                       << text_of(filled));
        }
      }
    }
  }
  // The draw makes both.
  CHECK(known > 10'000);
  CHECK(unknown > 10'000);
}
