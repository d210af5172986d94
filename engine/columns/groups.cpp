// Sorted by counting, in time that is as the rows.
#include "engine/columns/groups.h"

#include <algorithm>
#include <numeric>

#include "evidence/core/check.h"

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

namespace {

// The keys of a column, dense from 0.
std::vector<std::uint32_t> keys_of(const Frame& frame, const NumberColumn* column, std::size_t& count) {
  std::vector<std::uint32_t> keys(frame.rows, 0);
  count = 1;
  if (!column) return keys;
  const auto span = static_cast<std::uint64_t>(column->greatest) - static_cast<std::uint64_t>(column->least);
  if (span <= 4 * frame.rows + kBlock) {
    for (std::size_t i = 0; i < frame.rows; ++i)
      keys[i] = static_cast<std::uint32_t>(column->low.at(i) - column->least);
    count = static_cast<std::size_t>(span) + 1;
    return keys;
  }
  std::vector<std::int64_t> values(frame.rows);
  for (std::size_t i = 0; i < frame.rows; ++i) values[i] = column->low.at(i);
  std::vector<std::int64_t> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  for (std::size_t i = 0; i < frame.rows; ++i)
    keys[i] = static_cast<std::uint32_t>(std::lower_bound(sorted.begin(), sorted.end(), values[i]) - sorted.begin());
  count = sorted.size();
  return keys;
}

}  // namespace

Alike alike_in(const Frame& frame, const NumberColumn* column) {
  CHECK(frame.rows < 0xffff'ffff);
  std::size_t count = 0;
  const std::vector<std::uint32_t> keys = keys_of(frame, column, count);
  // Two places for each key: in being, and not.
  std::vector<std::uint32_t> begin(2 * count + 1, 0);
  const auto place = [&](std::size_t row) { return 2 * std::size_t{keys[row]} + (frame.in_being[row] != 0 ? 0 : 1); };
  for (std::size_t row = 0; row < frame.rows; ++row) ++begin[place(row) + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  Alike out;
  for (std::size_t key = 0; key < count; ++key)
    if (begin[2 * key] < begin[2 * key + 2])
      out.groups.push_back({begin[2 * key], begin[2 * key + 1], begin[2 * key + 2]});
  out.rows.resize(frame.rows);
  for (std::uint32_t row = 0; row < frame.rows; ++row) out.rows[begin[place(row)]++] = row;
  return out;
}

}  // namespace assay::columns
