// Stage after stage; the blocks of one are shared out among threads, each with registers of its own.
#include "engine/columns/evaluate.h"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>

#include "engine/columns/reduce.h"
#include "engine/columns/share.h"
#include "engine/columns/steps.h"

namespace assay::columns {

namespace {

Registers registers_for(const Blocks& blocks) {
  Registers registers;
  for (std::uint32_t i = 0; i < blocks.numbers; ++i) registers.numbers.push_back(std::make_unique<NumberRegister>());
  for (std::uint32_t i = 0; i < blocks.wides; ++i) registers.wides.push_back(std::make_unique<WideRegister>());
  for (std::uint32_t i = 0; i < blocks.conditions; ++i)
    registers.conditions.push_back(std::make_unique<ConditionRegister>());
  return registers;
}

void run_blocks(const Blocks& blocks, const World& world, Plan& plan) {
  const std::size_t rows = world.frames[blocks.frame.index].rows;
  tbb::enumerable_thread_specific<Registers> own([&] { return registers_for(blocks); });
  const std::size_t count = (rows + kBlock - 1) / kBlock;
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count), [&](const auto& range) {
    Registers& registers = own.local();
    for (std::size_t block = range.begin(); block < range.end(); ++block) {
      const std::size_t begin = block * kBlock;
      BlockAt at{plan.columns, plan.indices, registers, begin, std::min(kBlock, rows - begin)};
      for (const Step& step : blocks.steps) std::visit([&](const auto& one) { run(one, at); }, step);
    }
  });
}

}  // namespace

void evaluate(Plan& plan, const World& world, const Schema& schema) {
  expect_threads();
  Groupings groupings;
  for (const Stage& stage : plan.stages) {
    if (const auto* blocks = std::get_if<Blocks>(&stage))
      run_blocks(*blocks, world, plan);
    else if (const auto* reduce = std::get_if<Reduce>(&stage))
      run(*reduce, world, schema.kind(reduce->hop.relation), groupings, plan.columns);
    else
      run(std::get<Place>(stage), world, groupings, plan.columns);
  }
}

}  // namespace assay::columns
