// Links of each anchor, against a list made link by link: few and many, some of them twice, in order and in none, some
// not in being.
#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <set>

#include "engine/columns/groups.h"
#include "tests/unit/engine/columns/drawn_links.h"

using namespace assay;
using namespace assay::columns;
using namespace assay::test;

namespace {

void check_members(const Drawn& drawn, std::uint64_t seed) {
  INFO(drawn.links << " links of " << drawn.anchors << " with " << drawn.members << ", seed " << seed);
  std::mt19937_64 dice(seed);
  Frame frame = draw(drawn, dice);
  for (const bool forward : {false, true}) {
    if (forward) std::swap(frame.from, frame.to);
    std::vector<std::set<std::uint32_t>> kept(drawn.anchors), seen(drawn.anchors);
    std::vector<std::uint32_t> held(drawn.anchors, 0);
    for (std::uint32_t i = 0; i < frame.rows; ++i) {
      if (frame.in_being[i] == 0) continue;
      const std::uint32_t anchor = (forward ? frame.from : frame.to)[i], member = (forward ? frame.to : frame.from)[i];
      ++held[anchor];
      if (seen[anchor].insert(member).second) kept[anchor].insert(i);
    }
    const Members found = members_of(frame, drawn.anchors, forward);
    REQUIRE(found.begin.size() == drawn.anchors + 1);
    for (std::uint32_t anchor = 0; anchor < drawn.anchors; ++anchor) {
      if (found.held(anchor) != held[anchor]) FAIL("links of anchor " << anchor);
      const std::uint32_t* first = found.links.data() + found.begin[anchor];
      const std::set<std::uint32_t> links(first, first + found.kept[anchor]);
      if (links != kept[anchor] || links.size() != found.kept[anchor]) FAIL("members of anchor " << anchor);
    }
  }
}

}  // namespace

TEST_CASE("of links between the same two the first is kept") {
  std::uint64_t seed = 1;
  for (const bool in_order : {false, true})
    for (const bool one_anchor : {false, true})
      for (const std::uint32_t members : {1u, 3u, 300u, 100'000u})
        for (const std::uint32_t anchors : {1u, 2u, 40u, 5000u})
          for (const std::size_t links : {0u, 1u, 30u, 400u, 20'000u, 70'000u})
            check_members({links, anchors, members, in_order, one_anchor}, ++seed);
}

TEST_CASE("links of more anchors than there are links") { check_members({50'000, 3'000'000, 9, false, false}, 1); }
