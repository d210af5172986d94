// The numbers that would stand at some places if all were sorted, found by counting how many lie how far from the
// least: what is asked is a few places of many numbers. Private to engine/columns.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace assay::columns {

template <class Code>
class Picker {
 public:
  // `places` ascend, no two the same; out[i] is the number at places[i]. `numbers` stay as they are.
  void pick(std::span<const Code> numbers, std::span<const std::uint32_t> places, Code* out) {
    if (places.empty()) return;
    constexpr std::size_t kFew = 16;
    if (numbers.size() <= kFew) return pick_sorted(numbers, places, out);
    const auto [least, greatest] = ends(numbers);
    const auto span = static_cast<std::uint64_t>(greatest - least);
    // As many bins as there are numbers, about, so that few share one; in a cache that is near.
    constexpr int kBitsMax = 16;
    const int bits = std::min<int>(static_cast<int>(std::bit_width(numbers.size())), kBitsMax);
    const int shift = std::max<int>(static_cast<int>(std::bit_width(span)) - bits, 0);
    counts_.assign(static_cast<std::size_t>(span >> shift) + 1, 0);
    for (const Code number : numbers) ++counts_[bin(number, least, shift)];
    find_bins(places);
    if (shift == 0) {
      for (std::size_t i = 0; i < places.size(); ++i) out[i] = static_cast<Code>(least + wanted_[of_place_[i]].bin);
      return;
    }
    collect(numbers, least, shift);
    for (std::size_t i = 0; i < places.size();) i = pick_within(wanted_[of_place_[i]], places, i, out);
  }

 private:
  struct Wanted {  // a bin in which some place lies
    std::size_t bin;
    std::uint32_t before;      // numbers in bins below it
    std::uint32_t begin, end;  // its own, in `found_`
  };

  static std::size_t bin(Code number, Code least, int shift) {
    return static_cast<std::size_t>(static_cast<std::uint64_t>(static_cast<Code>(number - least)) >> shift);
  }
  static std::pair<Code, Code> ends(std::span<const Code> numbers) {
    Code least = numbers.front(), greatest = numbers.front();
    for (const Code number : numbers) least = std::min(least, number), greatest = std::max(greatest, number);
    return {least, greatest};
  }
  void pick_sorted(std::span<const Code> numbers, std::span<const std::uint32_t> places, Code* out) {
    found_.assign(numbers.begin(), numbers.end());
    std::sort(found_.begin(), found_.end());
    for (std::size_t i = 0; i < places.size(); ++i) out[i] = found_[places[i]];
  }
  void find_bins(std::span<const std::uint32_t> places) {
    wanted_.clear(), of_place_.clear();
    std::uint32_t before = 0, room = 0;
    std::size_t at = 0;
    for (const std::uint32_t place : places) {
      while (before + counts_[at] <= place) before += counts_[at++];
      if (wanted_.empty() || wanted_.back().bin != at) {
        wanted_.push_back({at, before, room, room});
        room += counts_[at];
      }
      of_place_.push_back(wanted_.size() - 1);
    }
    found_.resize(room);
  }
  // The numbers of each wanted bin side by side.
  void collect(std::span<const Code> numbers, Code least, int shift) {
    std::fill(counts_.begin(), counts_.end(), 0);
    for (std::size_t i = 0; i < wanted_.size(); ++i) counts_[wanted_[i].bin] = static_cast<std::uint32_t>(i) + 1;
    for (const Code number : numbers)
      if (const std::uint32_t which = counts_[bin(number, least, shift)]; which != 0)
        found_[wanted_[which - 1].end++] = number;
  }
  // Of all places from the i-th on that lie in the bin; answers the first that does not.
  std::size_t pick_within(const Wanted& bin, std::span<const std::uint32_t> places, std::size_t i, Code* out) {
    auto first = found_.begin() + bin.begin;
    const auto last = found_.begin() + bin.end;
    for (; i < places.size() && places[i] - bin.before < bin.end - bin.begin; ++i) {
      const auto at = found_.begin() + (bin.begin + (places[i] - bin.before));
      std::nth_element(first, at, last);
      out[i] = *at;
      first = at + 1;  // the places that follow lie behind it
    }
    return i;
  }

  std::vector<std::uint32_t> counts_;  // by bin
  std::vector<Wanted> wanted_;
  std::vector<std::size_t> of_place_;  // of each place, into `wanted_`
  std::vector<Code> found_;
};

}  // namespace assay::columns
