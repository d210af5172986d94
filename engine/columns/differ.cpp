// Links that are surely all between different ends, seen without sorting them where most have one end to themselves: a
// council is in one system, and few in two.
#include <algorithm>
#include <atomic>
#include <utility>

#include "engine/columns/groups.h"
#include "engine/columns/share.h"

namespace assay::columns {

namespace {

constexpr std::uint32_t kNone = UINT32_MAX;

using Link = std::pair<std::uint32_t, std::uint32_t>;

// One round over links of some ends: the first of an end finds its place empty and takes it, a later one is held
// against the one there and is left for the next round.
class Round {
 public:
  Round(std::uint32_t begin, std::uint32_t end) : taken_(end - begin), begin_(begin) {
    std::fill_n(taken_.data(), taken_.size(), kNone);
  }
  // False if two are alike.
  bool add(const Link& link) {
    std::uint32_t& taken = taken_[link.first - begin_];
    if (taken == kNone) {
      taken = link.second;
      return true;
    }
    if (taken != link.second) left_.push_back(link);
    return taken != link.second;
  }
  std::vector<Link> left() && { return std::move(left_); }

 private:
  Large<std::uint32_t> taken_;  // of each end the other one
  std::uint32_t begin_;
  std::vector<Link> left_;
};

// Links as one of their ends tells them apart.
struct By {
  const std::vector<std::uint32_t>&end, &other;
  const std::vector<std::uint8_t>& in_being;
};

// Links of the ends from `begin` to before `end`.
bool differ_among(const By& links, std::uint32_t begin, std::uint32_t end) {
  constexpr int kRoundsMost = 8;
  std::vector<Link> left;
  {
    Round first(begin, end);
    for (std::size_t i = 0; i < links.end.size(); ++i) {
      const std::uint32_t own = links.end[i];
      if (own - begin < end - begin && links.in_being[i] != 0 && !first.add({own, links.other[i]})) return false;
    }
    left = std::move(first).left();
  }
  for (int rounds = 1; !left.empty(); ++rounds) {
    if (rounds == kRoundsMost) return false;
    Round next(begin, end);
    for (const Link& link : left)
      if (!next.add(link)) return false;
    left = std::move(next).left();
  }
  return true;
}

// Each thread looks at all links for those of its own ends, and so needs no leave of another.
bool differ_by(const By& links, std::size_t ends) {
  constexpr std::size_t kFewLinks = 65536;
  if (ends < links.end.size() / 2) return false;  // of some the rounds would not end
  const std::size_t parts = links.end.size() < kFewLinks ? 1 : most_threads();
  std::atomic<bool> differ = true;
  share_out(parts, [&](const Share& share) {
    const auto at = [&](std::size_t part) { return static_cast<std::uint32_t>(part * ends / parts); };
    if (!differ_among(links, at(share.begin), at(share.end))) differ = false;
  });
  return differ;
}

}  // namespace

bool surely_differ(const Frame& links, std::size_t from, std::size_t to) {
  return differ_by({links.from, links.to, links.in_being}, from) ||
         differ_by({links.to, links.from, links.in_being}, to);
}

}  // namespace assay::columns
