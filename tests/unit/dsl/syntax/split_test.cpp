// Where declarations begin.
#include "dsl/syntax/split.h"

#include <catch2/catch.hpp>

#include <string>

namespace assay::syntax {

namespace {

// The pieces after the first, each from its first to its last word.
std::string pieces(std::string_view text) {
  std::string out;
  const std::vector<Piece> all = split(text);
  for (std::size_t i = 1; i < all.size(); ++i)
    out += "[" + std::string(text.substr(all[i].begin, all[i].end - all[i].begin)) + "]";
  return out;
}

}  // namespace

TEST_CASE("a declaration goes from a word in column one to its last word before the next") {
  CHECK(pieces("a b\n  c\nd # e\n# f\n\n g\n") == "[a b\n  c][d # e\n# f\n\n g]");
  CHECK(pieces("a\r\n  b\r\nc\r\n") == "[a\r\n  b][c]");
  CHECK(pieces("a\tb\n\tc\n") == "[a\tb\n\tc]");
  CHECK(pieces("# only\n").empty());
}

TEST_CASE("the inside of a text may stand in column one") {
  CHECK(pieces("a \"b\nc # d\n\" e\nf") == "[a \"b\nc # d\n\" e][f]");
  CHECK(pieces("a \"b \"\"\nc\"\nd") == "[a \"b \"\"\nc\"][d]");
}

TEST_CASE("a quote in a comment opens nothing") { CHECK(pieces("a # \"\nb\n") == "[a][b]"); }

TEST_CASE("a forgotten quote ends with its line") {
  CHECK(pieces("a \"b\n\nc \"d\"\n") == "[a \"b][c \"d\"]");
  CHECK(pieces("a \"b\nc \"d\"\n") == "[a \"b][c \"d\"]");
}

TEST_CASE("what stands before the first declaration is a piece of its own") {
  const std::string text = "  x y\na\n";
  const std::vector<Piece> all = split(text);
  REQUIRE(all.size() == 2);
  CHECK(text.substr(all[0].begin, all[0].end - all[0].begin) == "x y");
}

}  // namespace assay::syntax
