// Which way a change of rules goes: one clause then and now a row, and what is said of it.
#include <catch2/catch.hpp>

#include "dsl/check/check.h"
#include "dsl/compare/compare.h"

namespace assay {
namespace {

constexpr const char* kBefore = R"(ruleset asc
  edition "1"
  in force from 2024-01-01
source letter title "Letter"
source report title "Report"
kind council "Council" plural councils
kind ics "System" plural systems
relation membership from council to ics
scale grade from worst to best
  poor, fair, good, fine
evidence wait of council : duration in days
  lower is better
evidence met of council : percent 0% to 100%
  higher is better
evidence a_score of council : score 1 to 4
evidence b_score of council : score 1 to 4
evidence c_score of council : score 1 to 4
evidence d_score of council : score 1 to 4
  may not apply
evidence plan of council : event
parameter limit : duration in days
  = 28 days from 2024-01-01
  basis proposed
parameter floor_met : percent 0% to 100%
  = 60% from 2024-01-01
  basis proposed
define points_of of council : whole
  = a_score + b_score
  basis proposed
)";

std::unique_ptr<Rulebook> rulebook_of(const std::string& text) {
  Sources sources;
  sources.add("rules.assay", text);
  DiagnosticSink sink;
  auto book = std::make_unique<Rulebook>(check(std::move(sources), sink));
  INFO(render(sink, book->sources));
  REQUIRE_FALSE(sink.has_errors());
  return book;
}

// A word replaced wherever it stands.
std::string with(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

Compared item(const Comparison& found, const std::string& name) {
  for (const Compared& one : found.items)
    if (one.name == name) return one;
  FAIL(name << " is not in the comparison");
  return {};
}

// What is said of a flag whose clauses were the first and are the second.
std::string verdict_of(const std::string& was, const std::string& now) {
  const auto flag = [](const std::string& clauses) {
    return std::string(kBefore) + "flag tested of council\n  " + clauses + "\n  says \"{council}\"\n  basis proposed\n";
  };
  const auto a = rulebook_of(flag(was)), b = rulebook_of(flag(now));
  return std::string(to_string(item(compare(*a, *b), "asc.tested").verdict));
}

}  // namespace

TEST_CASE("of a flag it is said which way its conditions went, only where that is sure") {
  struct Row {
    const char *was, *now, *verdict;
  };
  const Row rows[] = {
      // Order, layout and chosen names say nothing.
      {"when any of (a_score, b_score) is 1", "when any of (b_score,\n    a_score) is 1", "same"},
      {"when a_score is 1 and b_score is 2", "when b_score is 2 # then\n    and a_score is 1", "same"},
      {"when a_score + b_score is at least 5", "when b_score + a_score is at least 5", "same"},
      {"when (a_score is 1 or b_score is 1) or c_score is 1", "when c_score is 1 or a_score is 1 or b_score is 1",
       "same"},
      {"when not (a_score is at least 3)", "when a_score is less than 3", "same"},
      {"when a_score is more than 2", "when a_score is at least 3", "same"},
      {"when a_score is 1", "when a_score is at most 1", "same"},
      {"when a_score is one of (1, 2)", "when a_score is one of (2, 1)", "same"},
      {"when a_score is one of (1, 2)", "when a_score is at most 2", "same"},
      {"when none of (a_score, b_score) is 1", "when at most 0 of (a_score, b_score) is 1", "same"},
      {"when wait is worse than 28 days", "when wait is more than 28 days", "same"},
      // Limits.
      {"when wait is more than 28 days", "when wait is more than 21 days", "stricter"},
      {"when wait is more than 28 days", "when wait is more than 35 days", "looser"},
      {"when wait is more than 28 days", "when wait is at least 28 days", "stricter"},
      {"when wait is more than 28 days", "when wait is more than limit", "same"},
      {"when wait is more than 21 days", "when wait is more than limit", "looser"},
      {"when met is less than 60%", "when met is less than 65%", "stricter"},
      {"when met is worse than 60%", "when met is worse than 65%", "stricter"},
      {"when a_score is 1", "when a_score is at most 2", "stricter"},
      {"when a_score is 1", "when a_score is 2", "changed"},
      {"when a_score is between 1 and 2", "when a_score is between 1 and 3", "stricter"},
      {"when not (wait is more than 28 days)", "when not (wait is more than 21 days)", "looser"},
      // Conditions added and taken away.
      {"when a_score is 1", "when a_score is 1 and b_score is 1", "looser"},
      {"when a_score is 1", "when a_score is 1 or b_score is 1", "stricter"},
      {"when a_score is 1 and b_score is 1", "when a_score is 1", "stricter"},
      {"when a_score is 1 and b_score is 1", "when b_score is at most 2 and a_score is 1", "stricter"},
      {"when a_score is 1 and b_score is 1", "when a_score is at most 2 and b_score is 1 and c_score is 1", "changed"},
      {"when a_score is 1", "when a_score is 1\n  unless plan within the last 6 months", "looser"},
      {"when a_score is 1\n  unless plan within the last 6 months",
       "when a_score is 1\n  unless plan within the last 12 months", "looser"},
      {"when a_score is 1\n  unless b_score is 4", "when a_score is 1\n  unless b_score is at least 3", "looser"},
      // What does not apply is left out of `and`: where a score did not apply, the condition added speaks alone.
      {"when d_score is 1", "when d_score is 1 and b_score is 1", "changed"},
      {"when d_score is 1", "when d_score is 1 or b_score is 1", "stricter"},
      {"when all of (d_score, b_score) is 1", "when all of (d_score, b_score, c_score) is 1", "changed"},
      // So many, so long.
      {"when wait is more than 28 days for 2 consecutive readings",
       "when wait is more than 28 days for 3 consecutive readings", "looser"},
      {"when at least 2 of (a_score, b_score, c_score) is 1", "when at least 1 of (a_score, b_score, c_score) is 1",
       "stricter"},
      {"when at least 2 of (a_score, b_score, c_score) is 1",
       "when at least 2 of (a_score, b_score, c_score) is at most 2", "stricter"},
      {"when any of (a_score, b_score) is 1", "when any of (a_score, b_score, c_score) is 1", "stricter"},
      {"when all of (a_score, b_score) is 1", "when all of (a_score, b_score, c_score) is 1", "looser"},
      {"when none of (a_score, b_score) is 1", "when none of (a_score, b_score, c_score) is 1", "looser"},
      {"when none of (a_score, b_score) is 1", "when none of (a_score, b_score) is at most 2", "looser"},
      {"when exactly 1 of (a_score, b_score) is 1", "when exactly 1 of (a_score, b_score) is at most 2", "changed"},
      {"when count of (a_score, b_score) that are 1 is at least 1",
       "when count of (a_score, b_score, c_score) that are 1 is at least 1", "stricter"},
      {"when a_score + b_score is at least 5", "when a_score + b_score + c_score is at least 5", "changed"},
      {"when lowest of (a_score, b_score) is at most 1", "when lowest of (a_score, b_score, c_score) is at most 1",
       "stricter"},
      {"when points_of is at least 4", "when a_score is at least 4", "changed"},
  };
  for (const Row& row : rows) {
    INFO(row.was << "\n" << row.now);
    CHECK(verdict_of(row.was, row.now) == row.verdict);
  }
}

TEST_CASE("a commendation given in fewer cases is stricter") {
  const auto rules = [](const char* limit) {
    return std::string(kBefore) + "flag praised of council\n  severity commend\n  when met is at least " + limit +
           "\n  says \"{council}\"\n  basis proposed\n";
  };
  const auto a = rulebook_of(rules("80%")), b = rulebook_of(rules("90%"));
  CHECK(item(compare(*a, *b), "asc.praised").verdict == Verdict::Stricter);
}

TEST_CASE("a parameter goes the way of the rules that read it, where all go one way") {
  const std::string one = std::string(kBefore) +
                          "flag slow of council\n  when wait is more than limit\n  says \"{council}\"\n"
                          "  basis proposed\n";
  const std::string both = one +
                           "flag quick of council\n  when wait is at most limit\n  says \"{council}\"\n"
                           "  basis proposed\n";
  const auto lower = [](const std::string& text) {
    return with(text, "28 days from 2024-01-01", "21 days from 2024-01-01");
  };
  const auto a = rulebook_of(one), b = rulebook_of(lower(one));
  const Comparison found = compare(*a, *b);
  CHECK(item(found, "asc.limit").verdict == Verdict::Stricter);
  CHECK(item(found, "asc.limit").was == "28 days from 1 January 2024");
  CHECK(item(found, "asc.slow").verdict == Verdict::Stricter);
  CHECK(item(found, "asc.slow").was.empty());
  CHECK(item(found, "asc.slow").through == std::vector<std::string>{"asc.limit"});
  const auto c = rulebook_of(both), d = rulebook_of(lower(both));
  CHECK(item(compare(*c, *d), "asc.limit").verdict == Verdict::Changed);
}

TEST_CASE("a parameter that changes from a later day is a change") {
  const auto a = rulebook_of(kBefore), b = rulebook_of(with(kBefore, "= 28 days from 2024-01-01",
                                                            "= 28 days from 2024-01-01\n  = 35 days from 2025-01-01"));
  CHECK(item(compare(*a, *b), "asc.limit").how == "higher");
  CHECK(item(compare(*a, *b), "asc.limit").now == "35 days from 1 January 2025");
}

TEST_CASE("a rating given from higher numbers is stricter") {
  const auto rules = [](const char* good) {
    return std::string(kBefore) +
           "rating overall of council : grade\n  from met rounded to whole percent\n  fine at 90% or more\n  good "
           "at " +
           good + " to 89%\n  fair at 40% to " + (std::string(good) == "60%" ? "59%" : "64%") +
           "\n  poor at 39% or less\n  basis proposed\n";
  };
  const auto a = rulebook_of(rules("60%")), b = rulebook_of(rules("65%"));
  CHECK(item(compare(*a, *b), "asc.overall").verdict == Verdict::Stricter);
  CHECK(item(compare(*b, *a), "asc.overall").verdict == Verdict::Looser);
}

TEST_CASE("grounds, titles and sentences change no meaning and are listed apart") {
  const std::string flag = std::string(kBefore) +
                           "flag slow of council\n  title \"Slow\"\n  when wait is more than limit\n"
                           "  says \"{council}\"\n  basis proposed\n  cite letter section \"1\"\n";
  const auto a = rulebook_of(flag), b = rulebook_of(with(with(flag, "title \"Slow\"", "title \"Slow to assess\""),
                                                         "letter section \"1\"", "report section \"2\""));
  const Compared found = item(compare(*a, *b), "asc.slow");
  CHECK(found.verdict == Verdict::Same);
  REQUIRE(found.grounds.size() == 2);
  CHECK(found.grounds[0].what == "title");
  CHECK(found.grounds[1].what == "cites");
}

TEST_CASE("whom a duty answers to, and its aims, change no meaning and are listed apart") {
  const std::string flag = std::string(kBefore) +
                           "flag slow of council\n  when wait is more than limit\n  says \"{council}\"\n"
                           "  answers to ics, \"Parliament\"\n  aim outcomes\n  basis proposed\n";
  const auto a = rulebook_of(flag), b = rulebook_of(with(with(flag, "ics, \"Parliament\"", "\"members\", ics"),
                                                         "aim outcomes", "aim outcomes, inequalities"));
  const Compared found = item(compare(*a, *b), "asc.slow");
  CHECK(found.verdict == Verdict::Same);
  REQUIRE(found.grounds.size() == 2);
  CHECK(found.grounds[0].what == "answers to");
  CHECK(found.grounds[0].was == "Parliament");
  CHECK(found.grounds[0].now == "members");
  CHECK(found.grounds[1].what == "aim");
  CHECK(found.grounds[1].now == "outcomes, inequalities");
}

TEST_CASE("evidence read otherwise makes what reads it depend") {
  const std::string flag = std::string(kBefore) +
                           "flag slow of council\n  when wait is more than limit\n  says \"{council}\"\n"
                           "  basis proposed\n";
  const auto a = rulebook_of(flag),
             b = rulebook_of(with(flag, "  lower is better\n", "  fresh for 6 months\n  lower is better\n"));
  const Comparison found = compare(*a, *b);
  CHECK(item(found, "asc.wait").verdict == Verdict::Changed);
  CHECK(item(found, "asc.wait").now == "fresh for 6 months");
  CHECK(item(found, "asc.slow").verdict == Verdict::Changed);
}

TEST_CASE("what only one side has was added or removed") {
  const std::string flag =
      "flag slow of council\n  when wait is more than limit\n  says \"{council}\"\n"
      "  basis proposed\n";
  const auto a = rulebook_of(kBefore), b = rulebook_of(kBefore + flag);
  CHECK(item(compare(*a, *b), "asc.slow").verdict == Verdict::Added);
  CHECK(item(compare(*b, *a), "asc.slow").verdict == Verdict::Removed);
}

}  // namespace assay
