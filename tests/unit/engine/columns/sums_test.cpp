// Sums along a relation, against sums made link by link: few anchors and more than are added to as links come, links of
// which some are twice or not in being, lanes of every width.
#include "engine/columns/sums.h"

#include <catch2/catch.hpp>

#include <random>
#include <set>
#include <utility>

#include "tests/unit/engine/columns/drawn_links.h"

using namespace assay;
using namespace assay::columns;
using namespace assay::test;

namespace {

bool has_twins(const Frame& frame) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  for (std::size_t i = 0; i < frame.rows; ++i)
    if (frame.in_being[i] != 0 && !seen.insert({frame.from[i], frame.to[i]}).second) return true;
  return false;
}

NumberColumn draw_values(std::size_t rows, std::int64_t least, std::int64_t greatest, std::mt19937_64& dice) {
  std::uniform_int_distribution<std::int64_t> between(least, greatest);
  NumberColumn made;
  made.least = least, made.greatest = greatest;
  made.low = made.high = Lanes::between(least, greatest, rows);
  made.state.resize(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::int64_t one = between(dice), other = between(dice);
    made.low.set(i, std::min(one, other));
    made.high.set(i, dice() % 4 == 0 ? std::max(one, other) : std::min(one, other));
    if (made.low.at(i) != made.high.at(i)) made.state[i] = dice() % 2 == 0 ? kMissing : kStale;
  }
  summarise(made);
  return made;
}

void check_sums(const Drawn& drawn, std::int64_t least, std::int64_t greatest, std::uint64_t seed) {
  INFO(drawn.links << " links of " << drawn.anchors << " with " << drawn.members << ", numbers from " << least << " to "
                   << greatest << ", seed " << seed);
  std::mt19937_64 dice(seed);
  Frame frame = draw(drawn, dice);
  std::size_t from = drawn.members, to = drawn.anchors;
  const NumberColumn values = draw_values(frame.rows, least, greatest, dice);
  for (const bool forward : {false, true}) {
    if (forward) std::swap(frame.from, frame.to), std::swap(from, to);
    std::vector<std::int64_t> low(drawn.anchors, 0), high(drawn.anchors, 0);
    std::vector<State> state(drawn.anchors, 0);
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    for (std::size_t i = 0; i < frame.rows; ++i) {
      if (frame.in_being[i] == 0 || !seen.insert({frame.from[i], frame.to[i]}).second) continue;
      const std::uint32_t anchor = (forward ? frame.from : frame.to)[i];
      low[anchor] += values.low.at(i), high[anchor] += values.high.at(i);
      state[anchor] = static_cast<State>(state[anchor] | values.state[i]);
    }
    const auto links = static_cast<std::int64_t>(drawn.links);
    NumberColumn sums;
    sums.least = std::min<std::int64_t>(least, 0) * links, sums.greatest = std::max<std::int64_t>(greatest, 0) * links;
    sums.low = sums.high = Lanes::between(sums.least, sums.greatest, drawn.anchors);
    sums.state.resize(drawn.anchors), sums.block.resize((drawn.anchors + kBlock - 1) / kBlock);
    Links asked(frame, from, to, forward);
    add_up(values, asked, sums);
    for (std::size_t row = 0; row < drawn.anchors; ++row) {
      if (sums.low.at(row) != low[row] || sums.high.at(row) != high[row]) FAIL("the sum of anchor " << row);
      if (sums.state[row] != (low[row] == high[row] ? State{0} : state[row])) FAIL("the state of anchor " << row);
    }
  }
}

}  // namespace

TEST_CASE("sums along a relation are those of its members, each once") {
  constexpr std::pair<std::int64_t, std::int64_t> kNumbers[] = {
      {1, 4}, {-3000, 20}, {-2'000'000'000, 2'000'000'000}, {-1'000'000'000'000, 7}, {0, 3'000'000'000'000}};
  std::uint64_t seed = 0;
  for (const auto& [least, greatest] : kNumbers)
    for (const bool in_order : {false, true})
      for (const auto& [links, anchors, members] : {std::tuple{0u, 3u, 5u},
                                                    {1u, 1u, 1u},
                                                    {40u, 7u, 40u},
                                                    {3000u, 90u, 2800u},
                                                    {3000u, 2800u, 90u},
                                                    {3000u, 90u, 3000u},
                                                    {90'000u, 900u, 80'000u}})
        check_sums({links, anchors, members, in_order, false}, least, greatest, ++seed);
  check_sums({50'000, 300'000, 50'000, true, false}, 1, 4, ++seed);
}

TEST_CASE("links that surely differ do, and those of few ends each are seen to") {
  std::uint64_t seed = 0;
  int seen = 0, twins = 0;
  for (const std::uint32_t more : {0u, 1u})  // of the members how many have a second link: a tenth, all
    for (const std::uint32_t least : {5u, 10'000'000u})
      for (const std::uint32_t links : {0u, 1u, 30u, 3000u, 90'000u}) {
        std::mt19937_64 dice(++seed);
        const std::uint32_t members = (more == 0 ? links - links / 10 : links / 2) + 1, anchors = links / 20 + least;
        const Frame frame = draw({links, anchors, members, true, false}, dice);
        CAPTURE(links, anchors, members);
        const bool differ = surely_differ(frame, members, anchors);
        REQUIRE(differ == !has_twins(frame));
        (differ ? seen : twins) += 1;
      }
  REQUIRE(seen >= 12);
  REQUIRE(twins >= 3);
  // One with several, of which the last is as the third.
  Frame several;
  several.rows = 40;
  for (std::uint32_t i = 0; i < 40; ++i) several.from.push_back(i < 35 ? i + 1 : 0), several.to.push_back(i);
  several.in_being.assign(40, 1);
  REQUIRE(surely_differ(several, 36, 40));
  several.to[39] = several.to[37];
  REQUIRE_FALSE(surely_differ(several, 36, 40));
  several.in_being[37] = 0;
  REQUIRE(surely_differ(several, 36, 40));
  // Each end has a dozen: that cannot be said in a few rounds.
  Frame many;
  many.rows = 144;
  for (std::uint32_t i = 0; i < 144; ++i) many.from.push_back(i / 12), many.to.push_back(i % 12);
  many.in_being.assign(144, 1);
  REQUIRE_FALSE(surely_differ(many, 12, 12));
}
