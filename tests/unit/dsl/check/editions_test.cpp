// Which edition answers on a date, for its rules and parameters, and which local ones an overlay makes.
#include <catch2/catch.hpp>

#include "tests/unit/dsl/check/checked.h"

using namespace assay;

namespace {

constexpr const char* kRest =
    "kind council \"Council\" plural councils\n"
    "evidence wait of council : duration in days lower is better\n"
    "parameter wait_limit : duration in days = 28 days from 2020-01-01 standard for wait local may tighten\n"
    "flag slow of council when wait is more than wait_limit says \"{council}\"\n"
    "flag unhurt of council when wait is known says \"{council}\"\n";

std::string edition(const std::string& header) { return "ruleset t " + header + "\n" + kRest; }

Date day(const char* text) { return *Date::parse(text); }

// The edition that answers for `t` as at a date, "none" where there is none.
std::string answers(const Checked& checked, const char* as_at, const char* known_on, bool drafts = false) {
  const auto found = checked.book.edition_on(RulesetId{0}, {day(as_at), day(known_on), drafts});
  return found ? checked.book.ruleset(*found).edition : "none";
}

}  // namespace

TEST_CASE("the last to start of those whose period holds the date answers") {
  const Checked c = check_texts({edition("edition \"2026\" in force from 2026-01-01"),
                                 edition("edition \"2025\" in force from 2025-01-01")});
  REQUIRE(c.errors().empty());
  CHECK(answers(c, "2024-12-31", "2030-01-01") == "none");
  CHECK(answers(c, "2025-01-01", "2030-01-01") == "2025");
  CHECK(answers(c, "2025-12-31", "2030-01-01") == "2025");
  CHECK(answers(c, "2026-01-01", "2030-01-01") == "2026");
}

TEST_CASE("an edition is not known before it was published, and the one before it goes on till then") {
  const Checked c = check_texts({edition("edition \"2025\" in force from 2025-01-01"),
                                 edition("edition \"2026\" in force from 2026-01-01 published 2026-02-01")});
  REQUIRE(c.errors().empty());
  CHECK(answers(c, "2026-01-15", "2026-01-31") == "2025");
  CHECK(answers(c, "2026-01-15", "2026-02-01") == "2026");
}

TEST_CASE("an edition that has ended never answers for later, but one within another's period gives way to it again") {
  const Checked c =
      check_texts({edition("edition \"long\" in force from 2025-01-01 to 2027-12-31"),
                   edition("edition \"short\" in force from 2026-01-01 to 2026-06-30")});
  REQUIRE(c.errors().empty());
  CHECK(answers(c, "2026-06-30", "2030-01-01") == "short");
  CHECK(answers(c, "2026-07-01", "2030-01-01") == "long");
  CHECK(answers(c, "2028-01-01", "2030-01-01") == "none");
  const Checked open = check_texts({edition("edition \"open\" in force from 2025-01-01"),
                                    edition("edition \"short\" in force from 2026-01-01 to 2026-06-30")});
  CHECK(answers(open, "2026-07-01", "2030-01-01") == "none");
}

TEST_CASE("a draft answers only where drafts take part, and what is only announced never") {
  const Checked c = check_texts({edition("edition \"2025\" in force from 2025-01-01"),
                                 edition("edition \"new\" draft in force from 2025-01-01"),
                                 edition("edition \"law\" announced 2024-01-01")});
  REQUIRE(c.errors().empty());
  CHECK(answers(c, "2025-06-01", "2030-01-01") == "2025");
  CHECK(answers(c, "2025-06-01", "2030-01-01", true) == "new");
}

TEST_CASE("evidence that two editions declare is one field, and their rules know one another") {
  const Checked c = check_texts({edition("edition \"2025\" in force from 2025-01-01"),
                                 edition("edition \"2026\" in force from 2026-01-01")});
  REQUIRE(c.errors().empty());
  CHECK(c.book.schema.kinds().size() == 1);
  const auto slow = c.book.find_rule("t.slow");
  REQUIRE(slow);
  const auto later = c.book.rule_on(*slow, {day("2026-06-01"), day("2026-06-01")});
  REQUIRE(later);
  CHECK(*later != *slow);
  CHECK(c.book.same_rule(*slow, *later));
  CHECK(c.book.rule_on(*later, {day("2025-06-01"), day("2026-06-01")}) == slow);
}

TEST_CASE("an overlay gives a second outcome of what reads what it sets, and of nothing else") {
  const Checked c = check_texts({edition("edition \"2025\" in force from 2025-01-01"),
                                 "local mine on t for council \"E1\" as home in force from 2025-04-01\n"
                                 "  set wait_limit = 21 days from 2025-04-01\n"});
  REQUIRE(c.errors().empty());
  const auto local = c.book.find_rule("mine.slow");
  REQUIRE(local);
  CHECK(c.book.rule(*local).local_of == c.book.find_rule("t.slow"));
  CHECK_FALSE(c.book.find_rule("mine.unhurt"));
  CHECK_FALSE(c.book.rule_on(*local, {day("2025-03-31"), day("2026-01-01")}));
  CHECK(c.book.rule_on(*local, {day("2025-04-01"), day("2026-01-01")}) == local);
}
