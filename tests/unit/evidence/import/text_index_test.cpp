// The index against a map of the library's, through many additions and removals.
#include "evidence/import/text_index.h"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>

using namespace assay;

TEST_CASE("what was added and not forgotten is found, and nothing else") {
  std::mt19937 random(3);
  TextIndex index;
  std::map<std::string, std::uint32_t> known;
  CHECK(index.find("a") == 0);
  for (std::uint32_t i = 1; i < 60'000; ++i) {
    const std::string key = fmt::format("council:X{}", random() % 5000);
    const auto found = known.find(key);
    REQUIRE(index.find(key) == (found == known.end() ? 0 : found->second));
    if (found == known.end()) {
      const TextIndex::Found added = index.find_or_add(key, i);
      REQUIRE((added.added && added.key == key && added.number == i));
      known.emplace(key, i);
    } else if (i % 3 == 1) {
      const TextIndex::Found there = index.find_or_add(key, i);
      REQUIRE((!there.added && there.key == key && there.number == found->second));
    } else if (i % 3 == 0) {
      index.set(key, i);
      found->second = i;
    } else {
      index.forget(key);
      known.erase(found);
    }
  }
  REQUIRE(known.size() > 1000);
  for (const auto& [key, number] : known) REQUIRE(index.find(key) == number);
}

TEST_CASE("texts stay where they were put") {
  TextArena arena;
  std::vector<std::pair<std::string, std::string_view>> kept;
  for (std::size_t i = 0; i < 2000; ++i) {
    std::string text(i * 37 % 900, static_cast<char>('a' + i % 26));
    const std::string_view view = arena.keep(text);
    kept.emplace_back(std::move(text), view);
  }
  const std::string long_text(1'000'000, 'x');
  kept.emplace_back(long_text, arena.keep(long_text));
  const TextArena moved = std::move(arena);
  for (const auto& [text, view] : kept) REQUIRE(view == text);
}
