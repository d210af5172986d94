// Numbers of few different values in few groups, counted: for each group, how many lie below each number. In the order
// of rows; the threads' counts are added up, so that the answers do not depend on how many there are. Private to
// engine/columns.
#pragma once

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "engine/columns/codes.h"
#include "engine/columns/cuts.h"
#include "engine/columns/parts.h"
#include "engine/columns/share.h"

namespace assay::columns {

template <class Code>
class CountedNumbers {
 public:
  CountedNumbers(const PartsAsked& asked, const Codes<Code>& codes)
      : asked_(asked),
        codes_(codes),
        causes_(asked.any),
        stride_(std::size_t{codes.beyond()} + 1),
        // Known numbers; the low and the high ends of the unknown; the same of each cause, where there are several.
        tables_(causes_.count == 0   ? 1
                : causes_.count == 1 ? 3
                                     : 3 + 2 * causes_.count),
        more_(asked.stage.ties == ast::Ties::Worst ? 1 : 0) {}

  // Worth it where the counts stay in a near cache and are far fewer than the rows.
  static bool suits(const PartsAsked& asked, const Codes<Code>& codes) {
    constexpr std::uint64_t kCountsMax = 1 << 18;
    const std::uint64_t most = std::min<std::uint64_t>(kCountsMax, asked.frame.rows / 2) / asked.alike.count;
    return std::uint64_t{codes.beyond()} < most;
  }

  void find_cuts(Cuts<Code>& cuts) {
    count();
    share_out(asked_.alike.count, [&](const Share& share) {
      for (std::size_t group = share.begin; group < share.end; ++group) find_cuts_of(group, cuts);
    });
  }
  // Is there one, unknown for that cause, whose place before or after this is not sure?
  bool meets(std::size_t group, std::size_t cause, Code low, Code high) const {
    const std::size_t first = causes_.count == 1 ? 1 : 3 + 2 * cause;
    return table(first, group)[high + more_] > table(first + 1, group)[low + more_];
  }

 private:
  void find_cuts_of(std::size_t group, Cuts<Code>& cuts) {
    const std::uint32_t *known = table(0, group), *low = table(tables_ > 1 ? 1 : 0, group),
                        *high = table(tables_ > 1 ? 2 : 0, group);
    const bool some_unknown = tables_ > 1;
    std::int64_t members = 0;
    for (std::size_t code = 0; code < stride_; ++code) members += known[code] + (some_unknown ? low[code] : 0);
    cuts.find(group, members, [&](Ahead ahead, std::span<const std::uint32_t> places, Code* out) {
      const std::uint32_t* unknown = ahead == Ahead::Surely ? high : low;
      std::size_t code = 0, done = 0;
      std::uint32_t before = 0;
      for (; done < places.size(); ++code) {
        before += known[code] + (some_unknown ? unknown[code] : 0);
        while (done < places.size() && places[done] < before) out[done++] = static_cast<Code>(code);
      }
    });
    for (std::size_t which = 1; which < tables_; ++which) add_up(table(which, group));
  }
  const std::uint32_t* table(std::size_t which, std::size_t group) const {
    return counts_.data() + (which * asked_.alike.count + group) * stride_;
  }
  std::uint32_t* table(std::size_t which, std::size_t group) {
    return counts_.data() + (which * asked_.alike.count + group) * stride_;
  }
  // How many of a table lie below each number.
  void add_up(std::uint32_t* counts) const {
    std::uint32_t before = 0;
    for (std::size_t code = 0; code < stride_; ++code) before += std::exchange(counts[code], before);
  }

  void count() {
    const std::size_t size = tables_ * asked_.alike.count * stride_, rows = asked_.frame.rows;
    struct Own {
      std::vector<std::uint32_t> counts;
      typename Codes<Code>::Block codes;
    };
    std::vector<Own> threads(most_threads());
    share_out((rows + kBlock - 1) / kBlock, [&](const Share& share) {
      Own& own = threads[share.thread];
      own.counts.resize(size);
      for (std::size_t block = share.begin; block < share.end; ++block) {
        const std::size_t begin = block * kBlock, count = std::min(kBlock, rows - begin);
        codes_.read(begin, count, own.codes);
        count_block(begin, count, own.codes, own.counts.data());
      }
    });
    counts_.assign(size, 0);
    for (const Own& own : threads)
      for (std::size_t i = 0; i < own.counts.size(); ++i) counts_[i] += own.counts[i];
  }
  void count_block(std::size_t begin, std::size_t count, const typename Codes<Code>::Block& codes,
                   std::uint32_t* counts) const {
    const std::uint8_t* in_being = asked_.frame.in_being.data() + begin;
    const State* states = asked_.values.state.data() + begin;
    const std::uint32_t* of = asked_.alike.of.empty() ? nullptr : asked_.alike.of.data() + begin;
    const std::size_t table = asked_.alike.count * stride_;
    for (std::size_t i = 0; i < count; ++i) {
      if (in_being[i] == 0) continue;
      const State state = states[i];
      std::uint32_t* own = counts + (of ? of[i] : 0) * stride_;
      if (state == 0) {
        ++own[codes.low[i]];
        continue;
      }
      if (left_out(asked_.stage, state)) continue;
      ++own[table + codes.low[i]], ++own[2 * table + codes.high[i]];
      for (std::size_t cause = 0; causes_.count > 1 && cause < causes_.count; ++cause) {
        if ((state & causes_.bits[cause]) == 0) continue;
        ++own[(3 + 2 * cause) * table + codes.low[i]], ++own[(4 + 2 * cause) * table + codes.high[i]];
      }
    }
  }

  const PartsAsked& asked_;
  const Codes<Code>& codes_;
  CausesHeld causes_;
  std::size_t stride_, tables_;
  Code more_;
  std::vector<std::uint32_t> counts_;  // by table, group and code
};

}  // namespace assay::columns
