// docs/card.md held against the table of words: two pages, and every word of the language in a phrase on them. In its
// block each line is a phrase and what it means, twice; two blanks or more stand between them.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "dsl/syntax/tokens.h"
#include "dsl/syntax/words.h"

using namespace assay::syntax;

namespace {

constexpr std::size_t kLinesMax = 110, kColumnsMax = 100;

// Words that no phrase on the card has, and why.
struct Absent {
  std::string_view word, reason;
};
constexpr std::array<Absent, 0> kAbsent = {};

std::vector<std::string> lines_of_card() {
  std::ifstream in(std::filesystem::path(ASSAY_SOURCE_DIR) / "docs/card.md");
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

std::size_t columns_of(std::string_view line) {
  return static_cast<std::size_t>(
      std::ranges::count_if(line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find("  ", at), line.size());
    out.push_back(line.substr(at, end - at));
    at = std::min(line.find_first_not_of(' ', end), line.size());
  }
  return out;
}

// The lines of the block that hold phrases: all but the headings, which are capitals.
std::vector<std::vector<std::string>> entries() {
  std::vector<std::vector<std::string>> out;
  bool inside = false;
  for (const std::string& line : lines_of_card()) {
    if (line == "```") {
      inside = !inside;
    } else if (inside && std::ranges::any_of(line, [](char c) { return c >= 'a' && c <= 'z'; })) {
      out.push_back(cells_of(line));
    }
  }
  return out;
}

void add_words(const std::string& phrase, std::set<std::string>& words) {
  for (std::size_t at = 0; at < phrase.size();) {
    const std::size_t end = name_end(phrase, at);
    if (end > at) words.insert(phrase.substr(at, end - at));
    at = std::max(end, at + 1);
  }
}

}  // namespace

TEST_CASE("the card is two pages") {
  const std::vector<std::string> lines = lines_of_card();
  REQUIRE(lines.size() > 50);
  CHECK(lines.size() <= kLinesMax);
  for (const std::string& line : lines) {
    INFO(line);
    CHECK(columns_of(line) <= kColumnsMax);
  }
}

TEST_CASE("each phrase of the card has a meaning of two to five words") {
  const auto all = entries();
  REQUIRE(all.size() > 50);
  for (const auto& cells : all) {
    INFO(fmt::format("{}", fmt::join(cells, " | ")));
    CHECK(cells.size() % 2 == 0);
    for (std::size_t i = 1; i < cells.size(); i += 2) {
      const auto words = std::ranges::count(cells[i], ' ') + 1;
      CHECK(words >= 2);
      CHECK(words <= 5);
    }
  }
}

TEST_CASE("every word of the language stands in a phrase on the card") {
  std::set<std::string> words;
  for (const auto& cells : entries()) {
    for (std::size_t i = 0; i < cells.size(); i += 2) add_words(cells[i], words);
  }
  for (const WordRow& row : words::kTable) {
    INFO(row.text);
    const bool absent = std::ranges::any_of(kAbsent, [&](const Absent& each) { return each.word == row.text; });
    CHECK(words.contains(std::string(row.text)) != absent);
  }
}
