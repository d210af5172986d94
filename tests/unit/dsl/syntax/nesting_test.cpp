// Nesting on both sides of the limit, and far beyond it.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "tests/unit/dsl/syntax/reading.h"

namespace assay {

namespace {

std::string repeated(std::string_view piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

std::string rule(const std::string& value) { return "define a of council : whole\n  = " + value + "\n"; }

struct Way {
  const char* name;
  const char* opening;
  const char* closing;
};
constexpr Way kWays[] = {
    {"brackets", "(", ")"},
    {"nots", "not ", ""},
    {"lists", "any of (1, ", ")"},
    {"operands", "x + ", ""},
    {"factors", "x * ", ""},
    {"otherwises", "1 when y otherwise ", ""},
    {"tests of members", "count of systems of council where ", ""},
    {"brackets and nots", "(not ", ")"},
    {"relations", "1 is one of (", ")"},
};

}  // namespace

TEST_CASE("sixty-four levels are read, one more is refused, ten thousand are refused") {
  for (const Way& way : kWays) {
    DYNAMIC_SECTION(way.name) {
      const int levels_each = std::string(way.name) == "brackets and nots" ? 2 : 1;
      const auto text = [&](int times) {
        return rule(repeated(way.opening, times) + "x" + repeated(way.closing, times));
      };
      CHECK(ReadFile(text(kNestingMax / levels_each)).printed() == "");
      CHECK(ReadFile(text(kNestingMax / levels_each + 1)).codes() == std::vector<std::string>{"E0109"});
      CHECK(ReadFile(text(10'000)).codes() == std::vector<std::string>{"E0109"});
    }
  }
}

TEST_CASE("a run of operators counts with the brackets inside it") {
  const std::string thirty = "(" + repeated("x + ", 30) + "x)";
  CHECK(ReadFile(rule(thirty + repeated(" + x", 33))).printed() == "");
  CHECK(ReadFile(rule(thirty + repeated(" + x", 34))).codes() == std::vector<std::string>{"E0109"});
}

TEST_CASE("long, but not deep, is read") {
  CHECK(ReadFile(rule("sum of (" + repeated("x, ", 10'000) + "x)")).printed() == "");
  CHECK(ReadFile("flag a of council\n  when " + repeated("x is 1 and ", 10'000) + "y\n").printed() == "");
  CHECK(ReadFile(rule("1" + repeated("\n  but 2 when x", 5'000))).printed() == "");
}

TEST_CASE("unfinished nesting ends as well") {
  for (const Way& way : kWays) {
    INFO(way.name);
    // A run of operators nests only once it has its last operand.
    const bool run = std::string(way.name) == "operands" || std::string(way.name) == "factors";
    CHECK(ReadFile(rule(repeated(way.opening, 10'000))).codes() == std::vector<std::string>{run ? "E0101" : "E0109"});
    CHECK(ReadFile(rule(repeated(way.opening, 30))).codes() == std::vector<std::string>{"E0101"});
  }
}

TEST_CASE("expressions in texts nest as others do") {
  const std::string deep = repeated("(", 65) + "x" + repeated(")", 65);
  CHECK(ReadFile("flag a of council\n  says \"{" + deep + "}\"\n").codes() == std::vector<std::string>{"E0109"});
}

}  // namespace assay
