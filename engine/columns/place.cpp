// A subject's place among its kind, or among those of it alike (docs/language.md 4.6): from 1 and those surely ahead to
// 1 and those possibly ahead. Here of ranks, and of parts where ties take the middle: both ends of every value are put
// in order. Of other parts only where each begins is looked for: see parts.h.
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <span>

#include "engine/columns/cells.h"
#include "engine/columns/parts.h"
#include "engine/columns/reduce.h"
#include "evidence/core/check.h"

namespace assay::columns {

namespace {

// Beyond every lane, which has 62 bits at most.
constexpr std::int64_t kAboveAll = (std::int64_t{1} << 62) + 1;
constexpr std::int64_t kBelowAll = -kAboveAll;
constexpr int kCausesCount = 4;

struct Ends {
  std::int64_t low, high;
  State state;
  bool known() const { return low == high; }
};

// Lower is ahead.
Ends ends_of(const NumberColumn& values, std::uint32_t row, bool lower_first) {
  const State state = values.state[row];
  std::int64_t low = (state & kNoLow) != 0 ? kBelowAll : values.low.at(row);
  std::int64_t high = (state & kNoHigh) != 0 ? kAboveAll : values.high.at(row);
  if (!lower_first) std::tie(low, high) = std::pair(-high, -low);
  return {low, high, state};
}

using Numbers = std::vector<std::int64_t>;

std::int64_t below(const Numbers& sorted, std::int64_t number) {
  return std::lower_bound(sorted.begin(), sorted.end(), number) - sorted.begin();
}
std::int64_t up_to(const Numbers& sorted, std::int64_t number) {
  return std::upper_bound(sorted.begin(), sorted.end(), number) - sorted.begin();
}

// Numbers of which it is asked how many are below another. Where they lie close together, as scores and percentages do,
// they are counted and not sorted.
class Ordered {
 public:
  // What was given to it; then put_in_order, once.
  Numbers numbers;
  void put_in_order() {
    constexpr std::uint64_t kClose = 1 << 16;
    if (numbers.empty()) return;
    const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
    least_ = *low;
    const std::uint64_t span = static_cast<std::uint64_t>(*high) - static_cast<std::uint64_t>(*low);
    if (span >= kClose) return std::sort(numbers.begin(), numbers.end());
    before_.assign(static_cast<std::size_t>(span) + 2, 0);
    for (const std::int64_t number : numbers) ++before_[static_cast<std::size_t>(number - least_) + 1];
    for (std::size_t i = 1; i < before_.size(); ++i) before_[i] += before_[i - 1];
  }
  std::int64_t below(std::int64_t number) const {
    if (before_.empty()) return std::lower_bound(numbers.begin(), numbers.end(), number) - numbers.begin();
    if (number <= least_) return 0;
    // An open end lies further off than a whole number of 64 bits may say.
    const std::uint64_t further = static_cast<std::uint64_t>(number) - static_cast<std::uint64_t>(least_);
    return before_[std::min<std::uint64_t>(further, before_.size() - 1)];
  }
  std::int64_t up_to(std::int64_t number) const { return below(number + 1); }

 private:
  std::int64_t least_ = 0;
  std::vector<std::int64_t> before_;  // of each number from the least on: how many are below it
};

// The ends of those unknown for one cause. Mostly they are all alike: nothing held, so the whole range.
struct Unknown {
  Numbers low, high;
  bool alike = true;
  void add(const Ends& ends) {
    alike = alike && (low.empty() || (low.front() == ends.low && high.front() == ends.high));
    low.push_back(ends.low), high.push_back(ends.high);
  }
  void sort() {
    if (!alike) std::sort(low.begin(), low.end()), std::sort(high.begin(), high.end());
  }
};

class Group {
 public:
  Group(const Place& stage, const NumberColumn& values) : stage_(stage), values_(values) {}

  // The rows of the group, its members first.
  void gather(const std::uint32_t* rows, std::size_t members, std::size_t count) {
    rows_ = {rows, count};
    low_.numbers.reserve(members), high_.numbers.reserve(members);
    for (std::size_t i = 0; i < members; ++i) {
      const Ends ends = ends_of(values_, rows[i], stage_.lower_first);
      if (left_out(ends.state)) continue;
      low_.numbers.push_back(ends.low), high_.numbers.push_back(ends.high);
      for (int cause = 0; ends.state != 0 && cause < kCausesCount; ++cause)
        if ((ends.state & (1 << cause)) != 0) unknown_[static_cast<std::size_t>(cause)].add(ends);
    }
    for (Unknown& one : unknown_) one.sort();
    low_.put_in_order(), high_.put_in_order();
  }

  // Of the i-th row, in lanes of the answer: ranks, with one place where ties take the middle.
  Number<std::int64_t> place(std::size_t i, bool member) const {
    const Ends own = ends_of(values_, rows_[i], stage_.lower_first);
    if ((own.state & kNotApplicable) != 0) return does_not_apply<std::int64_t>();
    const bool counted = member && !left_out(own.state);
    const std::int64_t others = members() - (counted ? 1 : 0);
    State state = static_cast<State>(own.state & kCauses);
    if (stage_.ignoring_missing && state == kMissing && others == 0) return {0, 0, kMissing | kOpen};
    Number<std::int64_t> out{0, 0, 0};
    out.low = lane(halves(high_, own.low) - own_halves(false, counted, own.known()), others);
    out.high = lane(halves(low_, own.high) - own_halves(true, counted, own.known()), others);
    if (out.low == out.high) return out;
    for (int cause = 0; cause < kCausesCount; ++cause)
      if ((state & (1 << cause)) == 0 && meets(unknown_[static_cast<std::size_t>(cause)], own))
        state = static_cast<State>(state | 1 << cause);
    out.state = state;
    return out;
  }

 private:
  std::int64_t members() const { return static_cast<std::int64_t>(low_.numbers.size()); }
  bool left_out(State state) const {
    if ((state & kNotApplicable) != 0) return true;
    return stage_.ignoring_missing && (state & kCauses) == kMissing;
  }
  int tie() const { return stage_.ties == ast::Ties::Best ? 0 : stage_.ties == ast::Ties::Worst ? 2 : 1; }
  // What one that is counted adds to its own halves: among the surely ahead only as a tie with itself.
  int own_halves(bool possibly, bool counted, bool known) const {
    if (!counted) return 0;
    return known ? tie() : possibly ? 2 : 0;
  }
  // Two for each that is ahead of a number, and what a tie counts for each that is level with it.
  std::int64_t halves(const Ordered& ordered, std::int64_t number) const {
    if (stage_.ties == ast::Ties::Best) return 2 * ordered.below(number);
    if (stage_.ties == ast::Ties::Worst) return 2 * ordered.up_to(number);
    return ordered.below(number) + ordered.up_to(number);
  }
  // Is there one whose place before or after this is not sure?
  bool meets(const Unknown& unknown, const Ends& own) const {
    if (unknown.low.empty()) return false;
    const bool best = stage_.ties == ast::Ties::Best, worst = stage_.ties == ast::Ties::Worst;
    if (unknown.alike) {
      const std::int64_t low = unknown.low.front(), high = unknown.high.front();
      return (best ? low < own.high : low <= own.high) && !(worst ? high <= own.low : high < own.low);
    }
    const std::int64_t possibly = best ? below(unknown.low, own.high) : up_to(unknown.low, own.high);
    const std::int64_t surely = worst ? up_to(unknown.high, own.low) : below(unknown.high, own.low);
    return possibly > surely;
  }
  std::int64_t lane(std::int64_t ahead, std::int64_t others) const {
    if (stage_.op == ast::PositionOp::Rank) return stage_.ties == ast::Ties::Middle ? (2 + ahead) * 5 : (2 + ahead) / 2;
    const std::int64_t parts = ast::parts_of(stage_.op);
    const std::int64_t up = (2 + ahead) * parts, down = 2 * (others + 1);
    return std::clamp<std::int64_t>((up + down - 1) / down, 1, parts);
  }

  const Place& stage_;
  const NumberColumn& values_;
  std::span<const std::uint32_t> rows_;
  Ordered low_, high_;  // of members that are not left out
  std::array<Unknown, kCausesCount> unknown_;
};

}  // namespace

void run(const Place& stage, const World& world, Groupings& groupings, std::vector<Column>& columns) {
  const auto& values = std::get<NumberColumn>(columns[stage.value]);
  auto& out = std::get<NumberColumn>(columns[stage.out]);
  const auto [found, fresh] = groupings.alike.try_emplace({stage.frame.index, stage.alike});
  if (fresh)
    found->second = alike_in(world.frames[stage.frame.index],
                             stage.alike ? &std::get<NumberColumn>(columns[*stage.alike]) : nullptr);
  Alike& alike = found->second;
  const Frame& frame = world.frames[stage.frame.index];
  if (falls_into_parts(stage)) {
    State any = 0;
    for (const State one : values.block) any = static_cast<State>(any | one);
    return find_parts({stage, frame, values, any, alike, groupings.room}, out);
  }
  find_rows(frame, alike);
  const auto put = [&](std::uint32_t row, const Number<std::int64_t>& n) {
    const bool says = (n.state & (kNotApplicable | kOpen)) == 0;
    out.low.set(row, says ? n.low : out.low.base);
    out.high.set(row, says ? n.high : out.high.base);
    out.state[row] = n.state;
  };
  tbb::parallel_for(std::size_t{0}, alike.groups.size(), [&](std::size_t g) {
    const auto [begin, members, end] = alike.groups[g];
    Group group(stage, values);
    group.gather(alike.rows.data() + begin, members - begin, end - begin);
    tbb::parallel_for(tbb::blocked_range<std::uint32_t>(begin, end, kBlock), [&](const auto& range) {
      for (std::uint32_t i = range.begin(); i < range.end(); ++i)
        put(alike.rows[i], group.place(i - begin, i < members));
    });
  });
  summarise(out);
}

}  // namespace assay::columns
