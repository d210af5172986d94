// Links of a relation drawn by dice, for the tests of what is asked of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

#include "engine/columns/world.h"

namespace assay::test {

struct Drawn {
  std::size_t links;
  std::uint32_t anchors, members;
  bool in_order;    // of members
  bool one_anchor;  // nearly all links have
};

inline columns::Frame draw(const Drawn& of, std::mt19937_64& dice) {
  columns::Frame frame;
  frame.rows = of.links;
  for (std::size_t i = 0; i < of.links; ++i) {
    frame.in_being.push_back(dice() % 10 == 0 ? 0 : 1);
    const bool first = of.one_anchor && dice() % 20 != 0;
    frame.to.push_back(first ? of.anchors / 2 : static_cast<std::uint32_t>(dice() % of.anchors));
    frame.from.push_back(of.in_order ? static_cast<std::uint32_t>(i * of.members / of.links)
                                     : static_cast<std::uint32_t>(dice() % of.members));
  }
  return frame;
}

}  // namespace assay::test
