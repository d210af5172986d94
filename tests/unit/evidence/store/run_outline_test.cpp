// The outline of a run as it is kept, as it is made of the rows, and with the blocks of a run based on it.
#include "evidence/store/run_outline.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "evidence/store/outline_table.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

std::vector<BlockDigest> blocks_of(std::initializer_list<std::pair<std::string, int>> rules, std::string_view salt) {
  std::vector<BlockDigest> blocks;
  for (const auto& [rule, count] : rules)
    for (int i = 0; i < count; ++i)
      blocks.push_back(
          {rule, i, sha256(fmt::format("{} {} {}", rule, i, salt)), 1 + static_cast<std::int64_t>(blocks.size())});
  return blocks;
}

Store::NewRun run_of(std::initializer_list<std::pair<std::string, int>> rules) {
  Store::NewRun run = sample_run();
  run.blocks.clear();
  run.explanations.clear();
  for (const auto& [rule, count] : rules)
    for (int i = 0; i < count; ++i) run.blocks.push_back({rule, i, fmt::format("bytes {} of {}", i, rule)});
  return run;
}

// The digests in their order, and the root.
std::string as_text(const RunOutline& outline) {
  std::string text = outline.root().to_string();
  for (const BlockDigest& block : outline.blocks())
    text += fmt::format("\n{} {} {} {}", block.rule.text(), block.block, block.kept, block.recorded.to_string());
  return text;
}

// As another process sees it.
std::string outline_in(const std::string& path, std::int64_t run) {
  auto store = Store::open(path, Access::Read);
  REQUIRE(store);
  const auto outline = store->run_outline(run);
  REQUIRE(outline);
  return as_text(**outline);
}

int kept_in(const std::string& path) {
  const auto database = Database::open(path, Database::Mode::Read);
  Statement kept = database->prepare("SELECT count(*) FROM run_outline", "the outlines");
  return kept.next() ? static_cast<int>(kept.integer(0)) : -1;
}

}  // namespace

TEST_CASE("own blocks take their place in an outline, or follow the last of their rule") {
  const RunOutline base(blocks_of({{"a", 5}, {"b", 1}, {"c", 7}}, "base"));
  CHECK(base.of_rule("b").size() == 1);
  CHECK(base.of_rule("d").empty());
  const Digest other = sha256(std::string_view("other"));
  const auto changed = base.with({{"c", 6, other, 90}, {"a", 0, other, 91}});
  REQUIRE(changed);
  auto expected = base.blocks();
  expected[12] = {"c", 6, other, 90};
  expected[0] = {"a", 0, other, 91};
  CHECK(as_text(*changed) == as_text(RunOutline(expected)));
  const auto longer = base.with({{"b", 1, other, 90}, {"b", 2, other, 91}});
  REQUIRE(longer);
  expected = base.blocks();
  expected.insert(expected.begin() + 6, {{"b", 1, other, 90}, {"b", 2, other, 91}});
  CHECK(as_text(*longer) == as_text(RunOutline(expected)));
  CHECK(base.root_with({{"b", 1, other, 90}, {"b", 2, other, 91}}) == longer->root());
  CHECK(base.root_with({{"c", 6, other, 90}, {"a", 0, other, 91}}) == changed->root());
  CHECK_FALSE(base.root_with({{"a", 1, other, 90}, {"a", 1, other, 91}}));
  CHECK(as_text(*base.with({})) == as_text(base));
  CHECK_FALSE(base.with({{"b", 2, other, 90}}));
  CHECK_FALSE(base.with({{"d", 0, other, 90}}));
  CHECK_FALSE(base.with({{"a", 1, other, 90}, {"a", 1, other, 91}}));
}

TEST_CASE("the outline of a large run is kept, and is what its rows give") {
  const TemporaryFolder folder;
  const std::string path = folder / "s";
  make_sample_store(path);
  CHECK(kept_in(path) == -1);  // small ones are not
  {
    auto store = Store::open(path, Access::Write);
    REQUIRE(store->record_run(run_of({{"t.flag", 300}, {"t.rating \"x\"", 41}})));
    Store::NewRun on = run_of({});
    on.based_on = 3;
    on.blocks = {{"t.flag", 7, "now other"}};
    REQUIRE(store->record_run(on));
  }
  CHECK(kept_in(path) == 1);
  const std::string kept = outline_in(path, 3), based = outline_in(path, 4);
  CHECK(Store::open(path, Access::Read)->verify());
  for (const std::string sql :
       {"UPDATE run_outline SET bytes = zeroblob(length(bytes))", "UPDATE run_outline SET rules = '[[\"t.flag\",341]]'",
        "UPDATE run_outline SET digest = x'00'", "UPDATE run_outline SET run = 1",
        "DROP TABLE run_outline; CREATE TABLE run_outline(run, rules, digest, bytes)", "DROP TABLE run_outline"}) {
    INFO(sql);
    change_behind(path, sql);
    CHECK(outline_in(path, 3) == kept);
    CHECK(outline_in(path, 4) == based);
    const bool odd = sql.find("CREATE") != std::string::npos;  // a table of that name that is not ours
    CHECK(Store::open(path, Access::Read)->verify().has_value() == !odd);
  }
  auto store = Store::open(path, Access::Write);
  REQUIRE(store->record_run(run_of({{"t.flag", 256}})));
  CHECK(kept_in(path) == 1);
  CHECK(outline_in(path, 4) == based);
}

// With a digest of its own it is as it was written, but it has to be that of the run.
TEST_CASE("an outline of another root than the run's entry says is not believed") {
  const TemporaryFolder folder;
  const std::string path = folder / "s";
  make_sample_store(path);
  {
    auto store = Store::open(path, Access::Write);
    REQUIRE(store->record_run(run_of({{"t.flag", 300}})));
    auto other = run_of({{"t.flag", 300}});
    other.blocks[9].bytes = "now other";
    REQUIRE(store->record_run(other));
  }
  const std::string third = outline_in(path, 3);
  change_behind(path,
                "UPDATE run_outline SET (digest, bytes) = (SELECT digest, bytes FROM run_outline WHERE run = 4) "
                "WHERE run = 3");
  CHECK(outline_in(path, 3) == third);
}
