// The example rulesets read as they were written.
#include <catch2/catch.hpp>

#include "tests/unit/dsl/syntax/reading.h"

namespace assay {

TEST_CASE("the examples read without a word") {
  const std::vector<std::string> texts = example_texts();
  for (std::size_t i = 0; i < 3; ++i) {
    const ReadFile file(texts[i]);
    REQUIRE(texts[i].size() > 1000);
    CHECK(file.printed() == "");
    CHECK(file.tree.decl_count() == (i == 0 ? 25 : i == 1 ? 28 : 24));
    CHECK(file.tree.dropped().empty());
  }
}

TEST_CASE("carriage returns and a byte order mark change nothing but the bytes") {
  for (const std::string& text : example_texts()) {
    std::string other = "\xEF\xBB\xBF";
    for (const char c : text) other += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const ReadFile plain(text), dressed(other);
    CHECK(plain.tree.decl_count() == dressed.tree.decl_count());
    CHECK(plain.tree.expr_count() == dressed.tree.expr_count());
    CHECK(plain.codes() == dressed.codes());
  }
}

}  // namespace assay
