// Places in parts and ranks among peers, against their definition (docs/language.md 4.6) subject by subject: over
// ranges that are counted and ranges that are not, few groups and many, ties, open ends, and those that are left out.
#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include "engine/columns/cells.h"
#include "engine/columns/pick.h"
#include "engine/columns/reduce.h"

using namespace assay;
using namespace assay::columns;

namespace {

struct Drawn {
  std::size_t rows;
  std::int64_t least, greatest;
  std::uint32_t groups;  // 0: all are peers
  int unknown_percent;
  bool alike;                    // unknown ones have the whole range, as where nothing is held
  State causes, more;            // that unknown ones may have; and what else they may be (open, not applicable)
  std::int64_t wide_groups = 1;  // numbers of two groups lie so far apart
};

struct Case {
  World world;
  std::vector<Column> columns;
  std::vector<std::int64_t> group;
};

Case draw(const Drawn& of, std::mt19937_64& dice) {
  const auto upto = [&](std::uint64_t most) { return dice() % (most + 1); };
  Case out;
  Frame frame;
  frame.rows = of.rows;
  NumberColumn values, kinds;
  values.least = of.least, values.greatest = of.greatest;
  values.low = values.high = Lanes::between(of.least, of.greatest, of.rows);
  values.state.resize(of.rows), kinds.state.resize(of.rows);
  kinds.greatest = std::int64_t{of.groups} * of.wide_groups;
  kinds.low = kinds.high = Lanes::between(0, kinds.greatest, of.rows);
  const auto span = static_cast<std::uint64_t>(of.greatest) - static_cast<std::uint64_t>(of.least);
  const auto number = [&] {
    // Mostly a few, so that there are ties.
    const std::uint64_t further = upto(2) == 0 ? upto(span) : span / 8 * upto(8);
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(of.least) + further);
  };
  for (std::size_t row = 0; row < of.rows; ++row) {
    frame.in_being.push_back(upto(9) == 0 ? 0 : 1);
    std::int64_t low = number(), high = low;
    State state = 0;
    if (upto(99) < static_cast<std::uint64_t>(of.unknown_percent)) {
      high = number();
      if (of.alike) low = of.least, high = of.greatest;
      if (low > high) std::swap(low, high);
      const auto given = static_cast<State>(dice() & of.causes);
      state = static_cast<State>((given != 0 ? given : of.causes) | (upto(3) == 0 ? dice() & of.more : 0));
      if ((state & kNotApplicable) != 0) state = kNotApplicable;
      if (low == high && (state & kOpen) == 0) state = 0;
    }
    values.low.set(row, (state & (kNoLow | kNotApplicable)) != 0 ? of.least : low);
    values.high.set(row, (state & (kNoHigh | kNotApplicable)) != 0 ? of.least : high);
    values.state[row] = state;
    out.group.push_back(of.groups == 0 ? 0 : static_cast<std::int64_t>(upto(of.groups)) * of.wide_groups);
    kinds.low.set(row, out.group.back()), kinds.high.set(row, out.group.back());
  }
  summarise(values), summarise(kinds);
  values.any = 0;  // not kept of what a plan works out
  out.world.frames.push_back(std::move(frame));
  out.columns = {std::move(values), std::move(kinds), NumberColumn{}};
  return out;
}

// Below 0 where the first lies lower; an end that is open (-1 or 1) lies further off than any number.
int order(int open_a, std::int64_t a, int open_b, std::int64_t b) {
  return open_a != open_b ? (open_a < open_b ? -1 : 1) : open_a != 0 ? 0 : a < b ? -1 : a > b ? 1 : 0;
}

class Defined {
 public:
  Defined(const Case& of, const Place& stage)
      : of_(of), stage_(stage), values_(std::get<NumberColumn>(of.columns[0])) {}

  Number<std::int64_t> place(std::size_t own) const {
    const State state = values_.state[own];
    if ((state & kNotApplicable) != 0) return {1, 1, kNotApplicable};
    std::int64_t others = 0, surely = 0, possibly = 0;  // in halves, but others
    State causes = static_cast<State>(state & kCauses);
    for (std::size_t peer = 0; peer < values_.state.size(); ++peer) {
      if (peer == own || !counts(peer) || of_.group[peer] != of_.group[own]) continue;
      ++others;
      const int sure = ahead(compare_ends(peer, true, own, false)), may = ahead(compare_ends(peer, false, own, true));
      surely += sure, possibly += may;
      if (stage_.ties == ast::Ties::Middle ? meets(peer, own) : may > sure)
        causes = static_cast<State>(causes | (values_.state[peer] & kCauses));
    }
    if (stage_.ignoring_missing && (state & kCauses) == kMissing && others == 0) return {1, 1, kMissing | kOpen};
    Number<std::int64_t> out{lane(surely, others), lane(possibly, others), causes};
    if (out.low == out.high) out.state = 0;
    return out;
  }

 private:
  bool counts(std::size_t row) const {
    const State state = values_.state[row];
    if (of_.world.frames[0].in_being[row] == 0 || (state & kNotApplicable) != 0) return false;
    return !(stage_.ignoring_missing && (state & kCauses) == kMissing);
  }
  // Of the peer's high or low end and the subject's; below 0 where the peer's lies ahead.
  int compare_ends(std::size_t peer, bool peer_high, std::size_t own, bool own_high) const {
    const auto end = [&](std::size_t row, bool high) {
      const bool held_high = stage_.lower_first == high;
      const bool open = (values_.state[row] & (held_high ? kNoHigh : kNoLow)) != 0;
      return std::pair(open ? (high ? 1 : -1) : 0, held_high ? values_.high.at(row) : values_.low.at(row));
    };
    const auto [a_open, a] = end(peer, peer_high);
    const auto [b_open, b] = end(own, own_high);
    return order(a_open, a, b_open, b) * (a_open == 0 && b_open == 0 && !stage_.lower_first ? -1 : 1);
  }
  int ahead(int compared) const {
    if (compared != 0) return compared < 0 ? 2 : 0;
    return stage_.ties == ast::Ties::Best ? 0 : stage_.ties == ast::Ties::Worst ? 2 : 1;
  }
  // Where ties take the middle: could it stand on either side, or level.
  bool meets(std::size_t peer, std::size_t own) const {
    return compare_ends(peer, false, own, true) <= 0 && compare_ends(peer, true, own, false) >= 0;
  }
  std::int64_t lane(std::int64_t halves, std::int64_t others) const {
    if (stage_.op == ast::PositionOp::Rank) return stage_.ties == ast::Ties::Middle ? (2 + halves) * 5 : 1 + halves / 2;
    const std::int64_t parts = ast::parts_of(stage_.op), up = (2 + halves) * parts, down = 2 * (others + 1);
    return std::clamp<std::int64_t>((up + down - 1) / down, 1, parts);
  }

  const Case& of_;
  const Place& stage_;
  const NumberColumn& values_;
};

void check_places(const Drawn& drawn, std::uint64_t seed, ast::PositionOp op, std::uint64_t how) {
  std::mt19937_64 dice(seed);
  Case made = draw(drawn, dice);
  Place stage;
  stage.frame = KindId{0};
  stage.value = 0, stage.out = 2;
  if (drawn.groups > 0) stage.alike = 1;
  stage.op = op;
  stage.lower_first = how % 2 == 0;
  stage.ties = how / 2 % 3 == 0 ? ast::Ties::Best : how / 2 % 3 == 1 ? ast::Ties::Worst : ast::Ties::Middle;
  stage.ignoring_missing = how / 6 % 2 == 1;
  const auto most = op == ast::PositionOp::Rank ? static_cast<std::int64_t>(10 * drawn.rows + 10) : ast::parts_of(op);
  auto& out = std::get<NumberColumn>(made.columns[2]);
  out.low = out.high = Lanes::between(1, most, drawn.rows);
  out.state.resize(drawn.rows), out.block.resize((drawn.rows + kBlock - 1) / kBlock);
  Groupings groupings;
  run(stage, made.world, groupings, made.columns);
  const Defined defined(made, stage);
  // Of many, some: what is defined takes as long as there are pairs.
  const std::size_t step = drawn.rows > 100 ? 37 : 1;
  for (std::size_t row = 0; row < drawn.rows; row += step) {
    const auto expected = defined.place(row);
    const bool same =
        out.low.at(row) == expected.low && out.high.at(row) == expected.high && out.state[row] == expected.state;
    if (same) continue;
    INFO("seed " << seed << " row " << row << " how " << how << " op " << static_cast<int>(op) << ": "
                 << out.low.at(row) << " to " << out.high.at(row) << " state " << int{out.state[row]} << ", not "
                 << expected.low << " to " << expected.high << " state " << int{expected.state});
    REQUIRE(same);
  }
  State any = 0;
  for (const State one : out.state) any = static_cast<State>(any | one);
  CHECK(out.any == any);
}

constexpr std::int64_t kFar = std::int64_t{1} << 62;
constexpr ast::PositionOp kOps[] = {ast::PositionOp::Quartile, ast::PositionOp::Quintile, ast::PositionOp::Decile,
                                    ast::PositionOp::Percentile, ast::PositionOp::Rank};
constexpr State kAllMore = kNotApplicable | kOpen;

}  // namespace

TEST_CASE("places of few subjects are as defined, however far apart the numbers lie") {
  const std::pair<std::int64_t, std::int64_t> ranges[] = {
      {0, 0},          {1, 4},          {-7, 30},           {-100, 155},          {0, 10000},
      {-32768, 32764}, {-32768, 32765}, {5, 3'000'000'000}, {0, 0xffff'ffff - 3}, {0, 0xffff'ffff},
      {-kFar, kFar}};
  std::uint64_t seed = 1;
  for (const auto& [least, greatest] : ranges)
    for (const std::size_t rows : {1u, 2u, 3u, 7u, 40u})
      for (const std::uint32_t groups : {0u, 1u, 12u})
        for (const bool alike : {false, true})
          for (std::uint64_t how = 0; how < 12; ++how) {
            const State causes = how % 4 == 0 ? 0x0f : kMissing;
            const Drawn drawn{rows,
                              least,
                              greatest,
                              groups,
                              seed % 5 == 0 ? 100 : 40,
                              alike,
                              causes,
                              seed % 2 == 0 ? kAllMore : State{0},
                              how == 3 ? 1'000'000 : 1};
            check_places(drawn, seed, kOps[seed % 5], how);
            ++seed;
          }
}

TEST_CASE("places of many subjects are as defined, in every block") {
  for (std::uint64_t how = 0; how < 12; ++how)
    for (const std::int64_t greatest : {300, 2000, 100'000})
      for (const std::uint32_t groups : {0u, 2u, 700u}) {
        const Drawn drawn{kBlock + 800,
                          -20,
                          greatest,
                          groups,
                          how % 3 == 0 ? 8 : 50,
                          how % 4 < 2,
                          how % 2 == 0 ? kMissing : State{kMissing | kConflict},
                          how % 5 == 0 ? kAllMore : State{0}};
        check_places(drawn, 77 + how, kOps[how % 5], how);
      }
}

TEST_CASE("numbers picked by place are those of the sorted list") {
  std::mt19937_64 dice(5);
  Picker<std::uint32_t> picker;
  for (int turn = 0; turn < 400; ++turn) {
    const std::size_t count = 1 + dice() % (turn % 10 == 0 ? 3000 : 60);
    const int shift = static_cast<int>(dice() % 32);
    std::vector<std::uint32_t> numbers(count), places;
    for (auto& one : numbers) one = static_cast<std::uint32_t>(dice()) >> (dice() % 7 == 0 ? 0 : shift);
    for (std::uint32_t place = 0; place < count; ++place)
      if (dice() % 5 == 0 || place + 1 == count) places.push_back(place);
    std::vector<std::uint32_t> found(places.size());
    picker.pick(numbers, places, found.data());
    std::sort(numbers.begin(), numbers.end());
    for (std::size_t i = 0; i < places.size(); ++i) REQUIRE(found[i] == numbers[places[i]]);
  }
}
