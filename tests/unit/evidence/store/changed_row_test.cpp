// What was done to rows, said as far as the hash that is kept of them proves it.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "evidence/store/node_tree.h"
#include "evidence/trail/merkle.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

constexpr std::string_view kEntry = "entry 1 (batch 1, many.csv): ";

// 300 rows: a full node, and one of 44. Each field of the sample in turn.
void make_store(const std::string& path, bool personal = false) {
  Store store = std::move(*Store::create(path, "2025-06-01T08:00:00Z"));
  RowMaker make(**store.catalogue());
  BatchInfo info = batch_info("many.csv");
  if (personal) info.personal = PersonalData{"complaint 12", Date{days("2026-12-31")}};
  auto writer = store.begin_batch(info);
  std::vector<TypedRow> rows;
  for (int i = 1; i <= 300; ++i) {
    const std::string of = fmt::format("council:{}", i % 40);
    const int turn = i % 6;
    rows.push_back(turn == 0   ? make.cell(of, "t.score", 1 + i % 4)
                   : turn == 1 ? make.cell(of, "t.rate", 12'500'000)
                   : turn == 2 ? make.cell(of, "t.agreed", i % 4 / 2)
                   : turn == 3 ? make.label(of, "t.rating", i % 2 == 0 ? "good" : "inadequate")
                   : turn == 4 ? make.cell(of, "t.published", days("2025-06-30"))
                               : make.text(of, "t.comment", fmt::format("comment {}", i)));
    if (i % 10 == 0) rows.back().note = fmt::format("note {}", i);
    if (i % 2 == 0) rows.back().place = fmt::format("page {}", i);
    if (i % 3 == 0) rows.back().valid_to = days("2026-03-31");
  }
  REQUIRE(writer->add(rows));
  REQUIRE(writer->commit());
}

std::string said(const std::string& path) {
  const auto report = Store::open(path, Access::Read)->verify();
  if (report) return "holds";
  CHECK(report.error().message.starts_with(kEntry));
  return report.error().message.substr(kEntry.size());
}

std::string said_after(const std::string& store, const std::string& sql) {
  const std::string copy = store + "_copy";
  std::filesystem::copy_file(store, copy, std::filesystem::copy_options::overwrite_existing);
  change_behind(copy, sql);
  return said(copy);
}

std::string exchange(int one, int other) {
  return fmt::format(
      "UPDATE observation SET id = 999 WHERE id = {0}; UPDATE observation SET id = {0} WHERE id = {1}; UPDATE "
      "observation SET id = {1} WHERE id = 999; UPDATE text_value SET observation = 999 WHERE observation = {0}; "
      "UPDATE "
      "text_value SET observation = {0} WHERE observation = {1}; UPDATE text_value SET observation = {1} WHERE "
      "observation = 999",
      one, other);
}

}  // namespace

TEST_CASE("rows that changed places are named, in a full node and in a short one") {
  const TemporaryFolder folder;
  const std::string store = folder / "s";
  make_store(store);
  CHECK(said_after(store, exchange(3, 4)) == "rows 3 and 4 have changed places");
  CHECK(said_after(store, exchange(1, 256)) == "rows 1 and 256 have changed places");
  CHECK(said_after(store, exchange(258, 297)) == "rows 258 and 297 have changed places");
  // Three in a ring are not two.
  CHECK(said_after(store, exchange(3, 4) + ";" + exchange(4, 6)) == "rows 1 to 256 are not as recorded");
  // Of two nodes the first is spoken of, and what it says is not proved by it alone.
  CHECK(said_after(store, exchange(4, 258)) == "rows 1 to 256 are not as recorded");
}

TEST_CASE("a row with another date is named, with the one that it had") {
  const TemporaryFolder folder;
  const std::string store = folder / "s";
  make_store(store);
  const auto of_row = [&](const std::string& what, int row) {
    return said_after(store, fmt::format("UPDATE observation SET {} WHERE id = {}", what, row));
  };
  CHECK(of_row("recorded_on = recorded_on - 365", 200) ==
        "row 200 is not as recorded: it was recorded on 1 July 2025 and now says 1 July 2024");
  CHECK(of_row("valid_from = valid_from + 3", 15) ==
        "row 15 is not as recorded: it was valid from 1 April 2025 and now says 4 April 2025");
  CHECK(of_row("valid_to = NULL", 6) == "row 6 is not as recorded: it had an end on 31 March 2026 and now says no end");
  CHECK(of_row("valid_to = 20000", 7) ==
        "row 7 is not as recorded: it had no end and now says an end on 4 October 2024");
  // Only the month is known any more.
  CHECK(of_row("valid_from = 20000000 + 20209", 290) ==
        "row 290 is not as recorded: it was valid from 1 April 2025 and now says May 2025");
  // Of few rows every day since 1990 is tried.
  CHECK(of_row("recorded_on = 8000", 260) ==
        "row 260 is not as recorded: it was recorded on 1 July 2025 and now says 27 November 1991");
}

TEST_CASE("a row with another value of few, or of another body, is named") {
  const TemporaryFolder folder;
  const std::string store = folder / "s";
  make_store(store);
  const auto of_row = [&](const std::string& what, int row) {
    return said_after(store, fmt::format("UPDATE observation SET {} WHERE id = {}", what, row));
  };
  CHECK(of_row("value = 5 - value", 30) == "row 30 is not as recorded: it said 3 and now says 2");
  CHECK(of_row("value = 13000000", 31) == "row 31 is not as recorded: it said 12.5 and now says 13");
  CHECK(of_row("value = '0.123456789'", 31) == "row 31 is not as recorded: it said 12.5 and now says 0.123456789");
  CHECK(of_row("value = 1 - value", 32) == "row 32 is not as recorded: it said no and now says yes");
  CHECK(of_row("value = value + 1", 34) == "row 34 is not as recorded: it said 2025-06-30 and now says 2025-07-01");
  CHECK(of_row("value = NULL, standing = 2", 30) == "row 30 is not as recorded: it said 3 and now says suppressed");
  CHECK(of_row("subject = subject + 1", 281) ==
        "row 281 is not as recorded: it was of council:1 and now says council:2");
  // What nobody can guess, or two things at once.
  CHECK(of_row("place = 'page 8'", 30) == "rows 1 to 256 are not as recorded");
  CHECK(of_row("value = 5 - value, recorded_on = recorded_on - 1", 30) == "rows 1 to 256 are not as recorded");
}

TEST_CASE("beside what was redacted the others can still be told; of persons no value is shown") {
  const TemporaryFolder folder;
  const std::string store = folder / "s";
  make_store(store, true);
  {
    Store open = std::move(*Store::open(store, Access::Write));
    REQUIRE(open.redact({.by = "D. Officer",
                         .because = "request 12",
                         .on = Date{days("2025-11-28")},
                         .recorded_at = "2025-11-28T09:00:00Z",
                         .rows = {{30, {.value = true, .note = true}}},
                         .outcomes = {},
                         .explanations = {}}));
    REQUIRE(open.verify());
  }
  CHECK(said_after(store, "UPDATE observation SET value = 5 - value WHERE id = 36") == "row 36 is not as recorded");
  CHECK(said_after(store, "UPDATE observation SET recorded_on = recorded_on - 365 WHERE id = 35") ==
        "row 35 is not as recorded");
}

TEST_CASE("a hash that was changed with the rows proves nothing") {
  const TemporaryFolder folder;
  const std::string store = folder / "s";
  make_store(store);
  CHECK(said_after(store,
                   "UPDATE observation SET value = 5 - value WHERE id = 30; UPDATE batch_node SET hash = "
                   "zeroblob(32) WHERE position = 1") == "rows 1 to 256 are not as recorded");
}

TEST_CASE("a tree with other leaves has the root of those leaves, whatever its size") {
  for (std::size_t size = 1; size <= 40; ++size) {
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < size; ++i) leaves.push_back(sha256(fmt::format("leaf {}", i)));
    const NodeTree tree(leaves);
    CHECK(tree.hash() == merkle_root(leaves));
    const Digest one = sha256(std::string_view("one")), other = sha256(std::string_view("other"));
    for (std::size_t i = 0; i < size; ++i) {
      std::vector<Digest> changed = leaves, candidates = {one, other, leaves[i]};
      changed[i] = one;
      tree.raise(i, candidates);
      CHECK(candidates[0] == merkle_root(changed));
      CHECK(candidates[2] == tree.hash());
      for (std::size_t j = 0; j < size; ++j) {
        if (j == i) continue;
        std::vector<Digest> two = changed;
        two[j] = other;
        CHECK(tree.with({i, one}, {j, other}) == merkle_root(two));
      }
    }
  }
}
