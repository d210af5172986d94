// Links of each anchor, sorted by counting: in time that is as the links.
#include "engine/columns/groups.h"

#include <algorithm>
#include <numeric>

namespace assay::columns {

Members members_of(const Frame& links, std::size_t anchors, bool forward) {
  const auto& anchor = forward ? links.from : links.to;
  const auto& member = forward ? links.to : links.from;
  Members out;
  out.begin.assign(anchors + 1, 0);
  out.held.assign(anchors, 0);
  for (std::size_t i = 0; i < links.rows; ++i)
    if (links.in_being[i] != 0) ++out.begin[anchor[i] + 1];
  std::partial_sum(out.begin.begin(), out.begin.end(), out.begin.begin());
  out.links.resize(out.begin.back());
  std::vector<std::uint32_t> next(out.begin.begin(), out.begin.end() - 1);
  for (std::uint32_t i = 0; i < links.rows; ++i)
    if (links.in_being[i] != 0) out.links[next[anchor[i]]++] = i;
  std::uint32_t kept = 0;
  for (std::size_t a = 0; a < anchors; ++a) {
    const std::uint32_t from = out.begin[a], to = next[a];
    out.held[a] = to - from;
    const auto first = out.links.begin() + from, last = out.links.begin() + to;
    const auto by_member = [&](std::uint32_t x, std::uint32_t y) { return member[x] < member[y]; };
    if (!std::is_sorted(first, last, by_member)) std::stable_sort(first, last, by_member);
    out.begin[a] = kept;
    std::uint32_t last_member = 0;
    for (auto link = first; link != last; ++link) {
      if (link == first || member[*link] != last_member) out.links[kept++] = *link;
      last_member = member[out.links[kept - 1]];
    }
  }
  out.begin[anchors] = kept;
  return out;
}

}  // namespace assay::columns
