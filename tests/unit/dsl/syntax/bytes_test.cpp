// Bytes that are no text, files that are too long, lines that have no end.
#include <catch2/catch.hpp>

#include "tests/unit/dsl/syntax/reading.h"

namespace assay {

TEST_CASE("a byte that is not UTF-8 is named with row and column, and costs its own declaration only") {
  const ReadFile file("theme a \"A\"\ntheme b \"£ \xA3\"\ntheme c \"C\"\n");
  REQUIRE(file.codes() == std::vector<std::string>{"E0106"});
  CHECK(file.sink.sorted().front().message == "byte 0xA3 is not UTF-8 (row 2, column 12)");
  CHECK(file.tree.decl_count() == 2);
}

TEST_CASE("a byte that is not UTF-8 in a comment is named, and costs nothing") {
  const ReadFile file("theme a \"A\"\n# \xFF\ntheme c \"C\"\n");
  CHECK(file.codes() == std::vector<std::string>{"E0106"});
  CHECK(file.tree.decl_count() == 2);
}

TEST_CASE("a byte of value 0 is named") {
  using namespace std::string_literals;
  const ReadFile file("theme a \"A\"\ntheme \0b \"B\"\n"s);
  REQUIRE(file.codes() == std::vector<std::string>{"E0107"});
  CHECK(file.sink.sorted().front().message == "a byte of value 0 stands here (row 2, column 7)");
}

TEST_CASE("a file of another encoding gives a message and no tree") {
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("theme a \"A\"\n")) wide += {c, '\0'};
  const ReadFile file(wide);
  CHECK(file.sink.has_errors());
  CHECK(file.tree.decl_count() == 0);
}

TEST_CASE("a file longer than the limit is refused by its length alone") {
  const ReadFile file(std::string(kFileBytesMax + 1, '('));
  REQUIRE(file.codes() == std::vector<std::string>{"E0108"});
  CHECK(file.printed().size() < 1000);
  CHECK(file.tree.decl_count() == 0);
}

TEST_CASE("a line as long as the limit allows is read") {
  const std::string start = "theme a \"";
  const ReadFile file(start + std::string(kFileBytesMax - start.size() - 1, 'x') + "\"");
  CHECK(file.codes().empty());
  CHECK(file.tree.decl_count() == 1);
}

TEST_CASE("no text at all is a ruleset without declarations") {
  for (const char* text : {"", "\n", "# only a comment", " \t\r\n", "\xEF\xBB\xBF"}) {
    const ReadFile file(text);
    CHECK(file.codes().empty());
    CHECK(file.tree.decl_count() == 0);
  }
}

}  // namespace assay
