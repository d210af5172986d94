// Lines of a width: nothing lost, nothing wider, code points counted.
#include <catch2/catch.hpp>

#include "engine/explain/words.h"
#include "engine/explain/wrap.h"

namespace assay {
namespace {

TEST_CASE("wrap: breaks at spaces and keeps every word") {
  CHECK(wrap("one two three", 8) == std::vector<std::string_view>{"one two", "three"});
  CHECK(wrap("one two three", 7) == std::vector<std::string_view>{"one two", "three"});
  CHECK(wrap("one two", 80) == std::vector<std::string_view>{"one two"});
  CHECK(wrap("", 10) == std::vector<std::string_view>{""});
}

TEST_CASE("wrap: a word longer than the line is broken") {
  CHECK(wrap("abcdefgh ij", 3) == std::vector<std::string_view>{"abc", "def", "gh", "ij"});
  CHECK(wrap("https://a.org/bb/ccc x", 14) == std::vector<std::string_view>{"https://a.org/", "bb/ccc x"});
}

TEST_CASE("wrap: columns are code points, and none is cut in two") {
  // Each of these takes three bytes.
  CHECK(wrap("€€€€", 3) == std::vector<std::string_view>{"€€€", "€"});
  CHECK(columns_of("£2,500 │") == 8);
}

}  // namespace
}  // namespace assay
