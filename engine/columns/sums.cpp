// Where no two links are alike and every thread can have all the sums, each link is added to its anchor's as it comes;
// else anchor by anchor, over its members. Whole numbers: the order in which they are added does not show.
#include "engine/columns/sums.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <type_traits>
#include <vector>

#include "engine/columns/cells.h"
#include "engine/columns/share.h"

namespace assay::columns {

namespace {

// As small as all sums allow, so that many of them are near. Added without a sign, as what is added up on the way may
// go round; what it comes to does not.
template <class Whole>
struct Sum {
  Whole low = 0, high = 0;
  State state = 0;

  void add(const Sum& other) {
    low += other.low, high += other.high;
    state = static_cast<State>(state | other.state);
  }
  void put(NumberColumn& sums, std::size_t row) const {
    using Signed = std::make_signed_t<Whole>;
    sums.low.set(row, static_cast<Signed>(low)), sums.high.set(row, static_cast<Signed>(high));
    sums.state[row] = low == high ? State{0} : state;
  }
};

template <class Lane>
const Lane* lanes_as(const Lanes& lanes) {
  return reinterpret_cast<const Lane*>(lanes.bytes.data());
}

// One thread's sums of all anchors, over the links that fell to it.
template <class Lane, class Whole>
void add_links(const NumberColumn& values, const Links& links, std::size_t begin, std::size_t end,
               std::vector<Sum<Whole>>& sums) {
  // Held here, each of them: what is written to a sum's state might else be any.
  const Lane *const low = lanes_as<Lane>(values.low), *const high = lanes_as<Lane>(values.high);
  const auto low_base = static_cast<Whole>(values.low.base), high_base = static_cast<Whole>(values.high.base);
  const State* const state = values.state.data();
  const std::uint32_t* const anchor = links.anchor().data();
  const std::uint8_t* const in_being = links.in_being().data();
  Sum<Whole>* const out = sums.data();
  constexpr std::size_t kAhead = 24;  // links, by when the sum is near
  for (std::size_t link = begin; link < end; ++link) {
    __builtin_prefetch(out + anchor[std::min(link + kAhead, end - 1)], 1);
    if (in_being[link] == 0) continue;
    out[anchor[link]].add({static_cast<Whole>(low_base + static_cast<Whole>(low[link])),
                           static_cast<Whole>(high_base + static_cast<Whole>(high[link])), state[link]});
  }
}

template <class Lane, class Whole>
void add_as_they_come(const NumberColumn& values, const Links& links, NumberColumn& sums) {
  constexpr std::size_t kPartLinks = 32768;
  const std::size_t anchors = links.anchors();
  std::vector<std::vector<Sum<Whole>>> of_threads(most_threads());
  share_out((links.count() + kPartLinks - 1) / kPartLinks, [&](const Share& share) {
    auto& own = of_threads[share.thread];
    own.resize(anchors);
    add_links<Lane>(values, links, share.begin * kPartLinks, std::min(share.end * kPartLinks, links.count()), own);
  });
  std::erase_if(of_threads, [](const auto& one) { return one.empty(); });
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, anchors, kBlock), [&](const auto& range) {
    for (std::size_t row = range.begin(); row < range.end(); ++row) {
      Sum<Whole> all;
      for (const auto& one : of_threads) all.add(one[row]);
      all.put(sums, row);
    }
  });
}

template <class Lane>
void add_by_anchor(const NumberColumn& values, const Members& members, std::size_t row, NumberColumn& sums) {
  const Lane *low = lanes_as<Lane>(values.low), *high = lanes_as<Lane>(values.high);
  // Links of an anchor stand anywhere. What no near cache holds is asked for a while before it is needed.
  constexpr std::size_t kNear = 1 << 18, kAhead = 32;
  const std::size_t all = members.links.size();
  const std::uint32_t from = members.begin[row], to = from + members.kept[row];
  Sum<std::uint64_t> sum;
  for (std::uint32_t i = from; i < to; ++i) {
    const std::uint32_t link = members.links[i];
    sum.add({static_cast<std::uint64_t>(values.low.base) + low[link],
             static_cast<std::uint64_t>(values.high.base) + high[link], values.state[link]});
    if (all <= kNear) continue;
    const std::uint32_t later = members.links[std::min(i + kAhead, all - 1)];
    __builtin_prefetch(low + later), __builtin_prefetch(high + later);
    __builtin_prefetch(values.state.data() + later);
  }
  sum.put(sums, row);
}

template <class Lane>
void add_up_lanes(const NumberColumn& values, Links& links, NumberColumn& sums) {
  constexpr std::size_t kSumsMost = 262144;  // of 12 or 24 bytes each, in every thread
  if (links.anchors() <= kSumsMost && links.surely_differ()) {
    const bool small = sums.least >= INT32_MIN && sums.greatest <= INT32_MAX;
    return (small ? add_as_they_come<Lane, std::uint32_t> : add_as_they_come<Lane, std::uint64_t>)(values, links, sums);
  }
  const Members& members = links.members();
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, links.anchors(), kBlock), [&](const auto& range) {
    for (std::size_t row = range.begin(); row < range.end(); ++row) add_by_anchor<Lane>(values, members, row, sums);
  });
}

}  // namespace

bool is_plain_sum(const Reduce& stage, const std::vector<Column>& columns) {
  const auto* op = std::get_if<ast::AggregateOp>(&stage.what);
  if (!op || *op != ast::AggregateOp::Sum || stage.where || stage.ignoring_missing || stage.demand > 0) return false;
  State any = 0;
  for (const State block : std::get<NumberColumn>(columns[*stage.value]).block) any = static_cast<State>(any | block);
  return (any & static_cast<State>(~kCauses)) == 0;
}

void add_up(const NumberColumn& values, Links& links, NumberColumn& sums) {
  const auto add = values.low.width == 1   ? add_up_lanes<std::uint8_t>
                   : values.low.width == 2 ? add_up_lanes<std::uint16_t>
                   : values.low.width == 4 ? add_up_lanes<std::uint32_t>
                                           : add_up_lanes<std::uint64_t>;
  add(values, links, sums);
  summarise(sums);
}

}  // namespace assay::columns
