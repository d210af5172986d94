// Texts no person writes: very deep, very long, circular. Each gives one clear error or none, and never runs out of
// stack.
#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "tests/unit/dsl/check/checked.h"

using namespace assay;

namespace {

std::string repeated(std::string_view text, int times) {
  std::string made;
  for (int i = 0; i < times; ++i) made += text;
  return made;
}

// d0 reads d1, which reads d2 ...; the last reads what is given.
std::string chain_of(int length, std::string_view last) {
  std::string text;
  for (int i = 0; i < length; ++i) {
    const std::string next = i + 1 < length ? fmt::format("d{}", i + 1) : std::string(last);
    text += fmt::format("define d{} of council : whole = {} + 1\n", i, next);
  }
  return text;
}

}  // namespace

TEST_CASE("an expression nested ten thousand deep gives one error") {
  const std::string deep = repeated("(", 10000) + "a" + repeated(")", 10000);
  const Checked c = check_text("evidence a of council : whole\nflag f of council when " + deep + " is 1\n");
  REQUIRE(c.errors().size() == 1);
  CHECK(c.errors()[0].rfind("NestedTooDeep", 0) == 0);
}

TEST_CASE("a chain of ten thousand definitions stands, and bent into a circle gives one error with its path") {
  CHECK(check_text("evidence a of council : whole\n" + chain_of(10000, "a")).errors().empty());
  const Checked c = check_text(chain_of(10000, "d0"));
  REQUIRE(c.errors() == std::vector<std::string>{"Cycle `d1`"});
  CHECK(c.first_error().message.find("and 9993 rules on `t.d0`") != std::string::npos);
}

TEST_CASE("a chain of ten thousand methods is told to be too deep, and bent into a circle gives one error") {
  std::string methods;
  for (int i = 1; i <= 10000; ++i) methods += fmt::format("method m{}(x) : whole = m{}(x)\n", i, i - 1);
  const std::string call = "evidence a of council : whole\ndefine d of council : whole = m10000(a)\n";
  const Checked deep = check_text("method m0(x) : whole = x\n" + methods + call);
  CHECK(deep.errors() == std::vector<std::string>{"CallTooLarge `m10000(a)`"});
  const Checked circle = check_text("method m0(x) : whole = m10000(x)\n" + methods + call);
  REQUIRE(circle.errors().size() == 1);
  CHECK(circle.first_error().message.find("and 9995 methods on `t.m0`") != std::string::npos);
}

TEST_CASE("calls that come to a million expressions in all give one error, as does one with what it is given") {
  std::string rules = "evidence a of council : whole\nmethod m0(x) : whole = x + x\n";
  for (int i = 1; i <= 11; ++i) rules += fmt::format("method m{}(x) : whole = m{}(x) + m{}(x)\n", i, i - 1, i - 1);
  std::string many = rules;
  for (int i = 0; i < 1000; ++i) many += fmt::format("define d{} of council : whole = m9(a)\n", i);
  const Checked in_all = check_text(many);
  REQUIRE(in_all.errors().size() == 1);
  CHECK(in_all.first_error().message == "put in place, all calls up to this one are more than 1000000 expressions");
  const std::string list = "sum of (x" + repeated(", x", 2000) + ")", given = "sum of (a" + repeated(", a", 2000) + ")";
  const Checked given_long = check_text("evidence a of council : whole\nmethod m(x) : whole = " + list +
                                        "\ndefine d of council : whole = m(" + given + ")\n");
  REQUIRE(given_long.errors().size() == 1);
  CHECK(given_long.first_error().message == "put in place, this call is more than 10000 expressions");
}

TEST_CASE("two circles give two errors, one through an exception and one through a regime") {
  const Checked c = check_text(
      "evidence a of council : whole\n"
      "define x of council : whole = a but 3 when y is 1\n"
      "define y of council : whole = x\n"
      "flag f of council when support.enter.watched is raised\n"
      "regime support of council starts in usual stage usual stage watched enter watched when f is raised\n");
  CHECK(c.errors() == std::vector<std::string>{"Cycle `y`", "Cycle `support.enter.watched`"});
}

TEST_CASE("a ruleset that is not there is missed once, whatever is read of it") {
  const Checked c = check_texts(
      {"ruleset t in force from 2025-01-01\n"
       "use england.geography as geo\n"
       "evidence a of council : score 1 to 4 cite act\n"
       "define d of council : grade = geo.overall when geo.population is 3 otherwise good\n"
       "flag f of ics when geo.x is raised and any of councils of ics meet a is 1\n"
       "interaction i along membership from council to ics when a of council is 1 effect raise f on ics\n"});
  CHECK(c.errors() == std::vector<std::string>{"UnknownRuleset `england.geography`"});
}

TEST_CASE("a declaration that did not parse is missed nowhere else") {
  const Checked c = check_text(
      "evidence a of council : score 1 to\n"
      "scale grade from best to worst good, poor\n"
      "evidence b of council : grade\n"
      "flag f of council when a is 1 and b is good\n"
      "regime support of council starts in usual stage usual stage\n"
      "flag g of council when support.enter.watched is raised or support is at least watched\n"
      "flag h of ics severity low\n"
      "interaction i along membership from council effect raise h on ics\n");
  CHECK(c.errors().size() == 4);
}

TEST_CASE("no files, empty files and files of comments are no ruleset, and do no harm") {
  CHECK(check_texts({}).errors().empty());
  CHECK(check_texts({""}).errors() == std::vector<std::string>{"NoRuleset ``"});
  CHECK(check_texts({"# nothing here\n"}).errors().size() == 1);
}
