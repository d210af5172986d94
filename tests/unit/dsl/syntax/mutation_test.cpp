// Reading never fails: the examples with bytes changed, taken out, doubled and cut off, by fixed seeds.
#include <catch2/catch.hpp>

#include <random>

#include "tests/unit/dsl/syntax/reading.h"

namespace assay {

namespace {

constexpr int kSeeds = 400;

std::string mutated(std::string text, unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  constexpr std::string_view kTelling = "\"\"(){}#,\n\n .=-+*/%:£<";
  const std::size_t changes = 1 + below(8);
  for (std::size_t i = 0; i < changes; ++i) {
    const std::size_t at = below(text.size() - 1), length = 1 + below(std::min<std::size_t>(40, text.size() - at));
    switch (below(5)) {
      case 0:
        text[at] = static_cast<char>(below(256));
        break;
      case 1:
        text[at] = kTelling[below(kTelling.size())];
        break;
      case 2:
        text.erase(at, length);
        break;
      case 3:
        text.insert(below(text.size()), text.substr(at, length));
        break;
      default:
        std::swap(text[at], text[at + 1]);
        break;
    }
  }
  if (below(10) == 0) text.resize(below(text.size()) + 1);
  return text;
}

// Every place that was said to be wrong lies in the file, and what was said prints.
void look_over(const ReadFile& file, std::size_t size) {
  for (const Diagnostic& diagnostic : file.sink.sorted()) {
    REQUIRE(diagnostic.primary.begin <= diagnostic.primary.end);
    REQUIRE(diagnostic.primary.end <= size);
    REQUIRE_FALSE(diagnostic.message.empty());
  }
  for (std::uint32_t i = 0; i < file.tree.expr_count(); ++i) {
    const Span span = file.tree.span(ast::ExprId{i});
    REQUIRE(span.begin <= span.end);
    REQUIRE(span.end <= size);
  }
  REQUIRE((file.sink.sorted().empty() || !file.printed().empty()));
}

}  // namespace

TEST_CASE("examples with a few bytes changed are read or refused, never more") {
  int refused = 0;
  for (const std::string& text : example_texts()) {
    for (unsigned seed = 0; seed < kSeeds; ++seed) {
      CAPTURE(seed);
      const std::string changed = mutated(text, seed);
      const ReadFile file(changed);
      look_over(file, changed.size());
      if (file.sink.has_errors()) ++refused;
    }
  }
  CHECK(refused > kSeeds);
}

TEST_CASE("an example cut off anywhere is read or refused") {
  const std::string text = example_texts()[1];
  for (std::size_t size = 0; size < text.size(); size += 7) {
    const ReadFile file(text.substr(0, size));
    look_over(file, size);
  }
}

}  // namespace assay
