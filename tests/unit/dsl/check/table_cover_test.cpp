// Tables of random boxes, each case counted out: what the search says of gaps, overlaps and rows that never answer is
// what counting says.
#include <catch2/catch.hpp>

#include "dsl/check/table_cover.h"

using assay::checking::TableCase;
using assay::checking::TableCover;

namespace {

// Numbers that look random and are the same on every machine.
struct Dice {
  std::uint64_t state = 88172645463325252U;
  std::size_t below(std::size_t n) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return static_cast<std::size_t>(state % n);
  }
};

TableCover random_cover(Dice& dice) {
  TableCover cover;
  const std::size_t inputs = 1 + dice.below(4), rows = 1 + dice.below(5);
  for (std::size_t i = 0; i < inputs; ++i) cover.regions.push_back(1 + dice.below(4));
  cover.rows.resize(rows);
  for (TableCover::Row& row : cover.rows) {
    for (std::size_t i = 0; i < inputs; ++i) {
      auto& may = row.may.emplace_back();
      auto& surely = row.surely.emplace_back();
      for (std::size_t region = 0; region < cover.regions[i]; ++region) {
        const std::size_t face = dice.below(4);  // no, perhaps, yes, yes
        may.push_back(face != 0);
        surely.push_back(face > 1);
      }
    }
  }
  return cover;
}

std::vector<TableCase> all_cases(const TableCover& cover) {
  std::vector<TableCase> cases{{}};
  for (const std::size_t regions : cover.regions) {
    std::vector<TableCase> longer;
    for (const TableCase& each : cases) {
      for (std::size_t region = 0; region < regions; ++region) {
        longer.push_back(each);
        longer.back().push_back(region);
      }
    }
    cases = std::move(longer);
  }
  return cases;
}

bool fits(const std::vector<std::vector<bool>>& row, const TableCase& at) {
  for (std::size_t i = 0; i < at.size(); ++i)
    if (!row[i][at[i]]) return false;
  return true;
}

bool is_uncovered(const TableCover& cover, std::size_t count, bool surely, std::optional<std::size_t> within,
                  const TableCase& at) {
  if (within && !fits(cover.rows[*within].may, at)) return false;
  for (std::size_t row = 0; row < count; ++row)
    if (fits(surely ? cover.rows[row].surely : cover.rows[row].may, at)) return false;
  return true;
}

}  // namespace

TEST_CASE("a case that no row covers is found exactly where counting finds one") {
  Dice dice;
  int with_gap = 0, without = 0;
  for (int round = 0; round < 2000; ++round) {
    const TableCover cover = random_cover(dice);
    const auto cases = all_cases(cover);
    for (const bool surely : {false, true}) {
      for (std::size_t within = 0; within <= cover.rows.size(); ++within) {
        const auto box = within < cover.rows.size() ? std::optional(within) : std::nullopt;
        const std::size_t count = box ? within : cover.rows.size();
        const auto found = cover.uncovered(count, surely, box);
        const bool exists = std::any_of(cases.begin(), cases.end(), [&](const TableCase& each) {
          return is_uncovered(cover, count, surely, box, each);
        });
        REQUIRE(found.example.has_value() == exists);
        CHECK_FALSE(found.too_large);
        if (found.example) {
          REQUIRE(found.example->size() == cover.regions.size());
          CHECK(is_uncovered(cover, count, surely, box, *found.example));
        }
        ++(exists ? with_gap : without);
      }
    }
  }
  CHECK(with_gap > 1000);
  CHECK(without > 1000);
}

TEST_CASE("a case that two rows share is found exactly where counting finds one") {
  Dice dice;
  int shared = 0, apart = 0;
  for (int round = 0; round < 2000; ++round) {
    const TableCover cover = random_cover(dice);
    if (cover.rows.size() < 2) continue;
    const auto found = cover.shared(0, 1);
    const auto cases = all_cases(cover);
    const bool exists = std::any_of(cases.begin(), cases.end(), [&](const TableCase& each) {
      return fits(cover.rows[0].surely, each) && fits(cover.rows[1].surely, each);
    });
    REQUIRE(found.has_value() == exists);
    if (found) CHECK((fits(cover.rows[0].surely, *found) && fits(cover.rows[1].surely, *found)));
    ++(exists ? shared : apart);
  }
  CHECK(shared > 100);
  CHECK(apart > 100);
}
