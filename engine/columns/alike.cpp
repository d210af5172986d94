// Rows alike, put in order by counting: in time that is as the rows, on all cores, and in the order of rows however
// many there are.
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <utility>

#include "engine/columns/groups.h"
#include "evidence/core/check.h"

namespace assay::columns {

namespace {

// Gives each key that occurs its place among those that do.
void make_dense(Alike& alike) {
  std::vector<std::uint32_t> place(alike.count, 0);
  for (std::size_t i = 0; i < alike.of.size(); ++i) place[alike.of[i]] = 1;
  std::uint32_t groups = 0;
  for (std::uint32_t& one : place) one = one != 0 ? groups++ : 0;
  if (groups == alike.count) return;
  alike.count = groups;
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, alike.of.size(), kBlock), [&](const auto& range) {
    for (std::size_t i = range.begin(); i < range.end(); ++i) alike.of[i] = place[alike.of[i]];
  });
}

void key_by_sorting(const NumberColumn& column, Alike& alike) {
  std::vector<std::int64_t> values(alike.of.size());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = column.low.at(i);
  std::vector<std::int64_t> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, values.size(), kBlock), [&](const auto& range) {
    for (std::size_t i = range.begin(); i < range.end(); ++i)
      alike.of[i] =
          static_cast<std::uint32_t>(std::lower_bound(sorted.begin(), sorted.end(), values[i]) - sorted.begin());
  });
  alike.count = sorted.size();
}

}  // namespace

Alike alike_in(const Frame& frame, const NumberColumn* column) {
  CHECK(frame.rows < 0xffff'ffff);
  Alike out;
  if (!column || frame.rows == 0) return out;
  out.of = Large<std::uint32_t>(frame.rows);
  const auto span = static_cast<std::uint64_t>(column->greatest) - static_cast<std::uint64_t>(column->least);
  if (span > 4 * frame.rows + kBlock) {
    key_by_sorting(*column, out);
    return out;
  }
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, frame.rows, kBlock), [&](const auto& range) {
    for (std::size_t i = range.begin(); i < range.end(); ++i)
      out.of[i] = static_cast<std::uint32_t>(column->low.at(i) - column->least);
  });
  out.count = static_cast<std::size_t>(span) + 1;
  make_dense(out);
  return out;
}

void find_places(const Frame& frame, Alike& alike) {
  if (!alike.groups.empty() || frame.rows == 0) return;
  // Rows are shared out into stretches that each count for themselves, so that each knows where its own are to stand.
  constexpr std::size_t kStretchesMax = 16;
  const std::size_t bins = 2 * alike.count;  // of each group those in being, and those not
  const std::size_t stretches = std::clamp<std::size_t>(frame.rows / (2 * bins), 1, kStretchesMax);
  const std::size_t each = (frame.rows + stretches - 1) / stretches;
  const auto bin = [&](std::size_t row) {
    return (alike.of.empty() ? 0 : 2 * std::size_t{alike.of[row]}) + (frame.in_being[row] != 0 ? 0 : 1);
  };
  std::vector<std::uint32_t> next(stretches * bins, 0);
  const auto of_stretch = [&](auto visit) {
    tbb::parallel_for(std::size_t{0}, stretches, [&](std::size_t stretch) {
      std::uint32_t* own = next.data() + stretch * bins;
      const std::size_t end = std::min(frame.rows, (stretch + 1) * each);
      for (std::size_t row = stretch * each; row < end; ++row) visit(row, own[bin(row)]);
    });
  };
  of_stretch([](std::size_t, std::uint32_t& count) { ++count; });
  std::uint32_t begin = 0;
  for (std::size_t group = 0; group < alike.count; ++group) {
    Alike::Group& made = alike.groups.emplace_back();
    made.begin = begin;
    for (const std::size_t which : {2 * group, 2 * group + 1}) {
      for (std::size_t stretch = 0; stretch < stretches; ++stretch)
        begin += std::exchange(next[stretch * bins + which], begin);
      (which % 2 == 0 ? made.members : made.end) = begin;
    }
  }
  alike.place = Large<std::uint32_t>(frame.rows);
  of_stretch([&](std::size_t row, std::uint32_t& place) { alike.place[row] = place++; });
}

void find_rows(const Frame& frame, Alike& alike) {
  find_places(frame, alike);
  if (!alike.rows.empty()) return;
  alike.rows = Large<std::uint32_t>(frame.rows);
  for (std::uint32_t row = 0; row < frame.rows; ++row) alike.rows[alike.place[row]] = row;
}

}  // namespace assay::columns
