// Numbers put together group by group, where there are too many groups or different numbers to count them all at once.
// Private to engine/columns.
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

#include "engine/columns/codes.h"
#include "engine/columns/cuts.h"
#include "engine/columns/parts.h"
#include "engine/columns/pick.h"
#include "engine/columns/share.h"

namespace assay::columns {

template <class Code>
class GatheredNumbers {
 public:
  GatheredNumbers(const PartsAsked& asked, const Codes<Code>& codes)
      : asked_(asked), codes_(codes), causes_(asked.any), more_(asked.stage.ties == ast::Ties::Worst ? 1 : 0) {}

  void find_cuts(Cuts<Code>& cuts) {
    find_places(asked_.frame, asked_.alike);
    gather();
    unknown_.resize(asked_.alike.count * causes_.count);
    lists_.resize(unknown_.size());
    std::vector<Picker<Code>> pickers(most_threads());
    share_out(asked_.alike.count, [&](const Share& share) {
      Picker<Code>& picker = pickers[share.thread];
      for (std::size_t group = share.begin; group < share.end; ++group) {
        const std::size_t begin = asked_.alike.groups[group].begin, count = close_up(group);
        keep_unknown(group, begin, count);
        cuts.find(group, static_cast<std::int64_t>(count),
                  [&](Ahead ahead, std::span<const std::uint32_t> places, Code* out) {
                    picker.pick({(ahead == Ahead::Surely ? high_ : low_) + begin, count}, places, out);
                  });
      }
    });
  }

  // Is there one, unknown for that cause, whose place before or after this is not sure?
  bool meets(std::size_t group, std::size_t cause, Code low, Code high) const {
    const std::size_t at = group * causes_.count + cause;
    const Unknown& unknown = unknown_[at];
    const auto possibly = static_cast<Code>(high + more_), surely = static_cast<Code>(low + more_);
    if (!lists_[at]) return unknown.any && unknown.low < possibly && unknown.high >= surely;
    const auto below = [](const std::vector<Code>& sorted, Code code) {
      return std::lower_bound(sorted.begin(), sorted.end(), code) - sorted.begin();
    };
    return below(lists_[at]->low, possibly) > below(lists_[at]->high, surely);
  }

 private:
  // The ends of those unknown for one cause: mostly all alike, nothing held and so the whole range.
  struct Unknown {
    Code low = 0, high = 0;
    bool any = false;
  };
  struct Lists {
    std::vector<Code> low, high;  // sorted
  };

  // Each member's ends and state to where its group's stand.
  void gather() {
    const std::size_t rows = asked_.frame.rows;
    const std::size_t bytes = rows * (2 * sizeof(Code) + sizeof(State));
    if (asked_.room.size() < bytes) asked_.room = Large<std::uint8_t>(bytes);
    low_ = reinterpret_cast<Code*>(asked_.room.data());
    high_ = low_ + rows;
    state_ = reinterpret_cast<State*>(high_ + rows);
    std::vector<typename Codes<Code>::Block> threads(most_threads());
    share_out((rows + kBlock - 1) / kBlock, [&](const Share& share) {
      auto& codes = threads[share.thread];
      for (std::size_t block = share.begin; block < share.end; ++block) {
        const std::size_t begin = block * kBlock, count = std::min(kBlock, rows - begin);
        codes_.read(begin, count, codes);
        for (std::size_t i = 0; i < count; ++i) {
          const std::uint32_t place = asked_.alike.place[begin + i];
          low_[place] = codes.low[i], high_[place] = codes.high[i], state_[place] = asked_.values.state[begin + i];
        }
      }
    });
  }

  // Members that are left out make room; answers how many are left.
  std::size_t close_up(std::size_t group) {
    const auto [begin, members, end] = asked_.alike.groups[group];
    std::uint32_t kept = begin;
    for (std::uint32_t i = begin; i < members; ++i) {
      if (left_out(asked_.stage, state_[i])) continue;
      if (kept != i) low_[kept] = low_[i], high_[kept] = high_[i], state_[kept] = state_[i];
      ++kept;
    }
    return kept - begin;
  }

  void keep_unknown(std::size_t group, std::size_t begin, std::size_t count) {
    for (std::size_t cause = 0; cause < causes_.count; ++cause) {
      Unknown& unknown = unknown_[group * causes_.count + cause];
      bool alike = true;
      for (std::size_t i = begin; i < begin + count; ++i) {
        if ((state_[i] & causes_.bits[cause]) == 0) continue;
        if (!unknown.any) unknown = {low_[i], high_[i], true};
        alike = alike && unknown.low == low_[i] && unknown.high == high_[i];
      }
      if (alike) continue;
      auto& lists = lists_[group * causes_.count + cause] = std::make_unique<Lists>();
      for (std::size_t i = begin; i < begin + count; ++i) {
        if ((state_[i] & causes_.bits[cause]) == 0) continue;
        lists->low.push_back(low_[i]), lists->high.push_back(high_[i]);
      }
      std::sort(lists->low.begin(), lists->low.end()), std::sort(lists->high.begin(), lists->high.end());
    }
  }

  const PartsAsked& asked_;
  const Codes<Code>& codes_;
  CausesHeld causes_;
  Code more_;
  Code *low_ = nullptr, *high_ = nullptr;  // in the room, by place
  State* state_ = nullptr;
  std::vector<Unknown> unknown_;               // by group and cause
  std::vector<std::unique_ptr<Lists>> lists_;  // of those that are not alike
};

}  // namespace assay::columns
