// Back to front for what is read; front to back for which register is free.
#include "engine/columns/allocate.h"

#include <algorithm>
#include <array>
#include <vector>

#include "engine/columns/operands.h"

namespace assay::columns {

namespace {

constexpr std::size_t kSorts = 3;
using Places = std::array<std::vector<std::size_t>, kSorts>;

std::size_t at(RegisterSort sort) { return static_cast<std::size_t>(sort); }

// For each register the last step that reads it, plus one; 0 where none does.
Places last_reads(std::vector<Step>& steps, const Blocks& blocks) {
  Places last;
  last[0].assign(blocks.numbers, 0), last[1].assign(blocks.wides, 0), last[2].assign(blocks.conditions, 0);
  for (std::size_t i = 0; i < steps.size(); ++i)
    each_register(steps[i], [&](RegisterSort sort, Reg& reg, bool written) {
      if (!written) last[at(sort)][reg] = i + 1;
    });
  return last;
}

void leave_out_unread(Blocks& blocks) {
  std::array<std::vector<bool>, kSorts> read;
  read[0].assign(blocks.numbers, false), read[1].assign(blocks.wides, false), read[2].assign(blocks.conditions, false);
  std::vector<bool> kept(blocks.steps.size());
  for (std::size_t i = blocks.steps.size(); i-- > 0;) {
    bool stores = true, wanted = false;
    each_register(blocks.steps[i], [&](RegisterSort sort, Reg& reg, bool written) {
      if (written) stores = false, wanted = read[at(sort)][reg];
    });
    kept[i] = stores || wanted;
    if (!kept[i]) continue;
    each_register(blocks.steps[i], [&](RegisterSort sort, Reg& reg, bool written) {
      if (!written) read[at(sort)][reg] = true;
    });
  }
  std::vector<Step> steps;
  for (std::size_t i = 0; i < kept.size(); ++i)
    if (kept[i]) steps.push_back(std::move(blocks.steps[i]));
  blocks.steps = std::move(steps);
}

}  // namespace

void allocate(Blocks& blocks) {
  leave_out_unread(blocks);
  const Places last = last_reads(blocks.steps, blocks);
  std::array<std::vector<Reg>, kSorts> given, free;
  given[0].resize(blocks.numbers), given[1].resize(blocks.wides), given[2].resize(blocks.conditions);
  std::array<std::uint32_t, kSorts> count{};
  for (std::size_t i = 0; i < blocks.steps.size(); ++i) {
    std::vector<std::pair<std::size_t, Reg>> done;
    each_register(blocks.steps[i], [&](RegisterSort sort, Reg& reg, bool written) {
      const std::size_t s = at(sort), was = reg;
      if (written) {
        // What is read here is not free until the step is done: a step may write before it has read.
        if (free[s].empty()) free[s].push_back(count[s]++);
        given[s][was] = free[s].back();
        free[s].pop_back();
      }
      reg = given[s][was];
      const auto ended = std::pair(s, reg);
      if (!written && last[s][was] == i + 1 && std::ranges::find(done, ended) == done.end()) done.push_back(ended);
    });
    for (const auto& [sort, reg] : done) free[sort].push_back(reg);
  }
  blocks.numbers = count[0], blocks.wides = count[1], blocks.conditions = count[2];
}

}  // namespace assay::columns
