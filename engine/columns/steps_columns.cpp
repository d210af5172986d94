// From columns into registers, and back.
#include <algorithm>

#include "engine/columns/kernels.h"
#include "engine/columns/steps.h"
#include "evidence/core/check.h"

namespace assay::columns {

namespace {

const std::uint32_t* through(const BlockAt& at, std::optional<Index> index) {
  return index ? at.indices[*index].data() + at.begin : nullptr;
}

// Lanes of other rows than a block's own.
template <class Lane>
void gather_as(const Lanes& lanes, const std::uint32_t* rows, std::int64_t* out, std::size_t count) {
  const Lane* in = reinterpret_cast<const Lane*>(lanes.bytes.data());
  for (std::size_t i = 0; i < count; ++i) out[i] = lanes.base + static_cast<std::int64_t>(in[rows[i]]);
}

void gather(const Lanes& lanes, const std::uint32_t* rows, std::int64_t* out, std::size_t count) {
  const auto by = lanes.width == 1   ? gather_as<std::uint8_t>
                  : lanes.width == 2 ? gather_as<std::uint16_t>
                  : lanes.width == 4 ? gather_as<std::uint32_t>
                                     : gather_as<std::uint64_t>;
  by(lanes, rows, out, count);
}

}  // namespace

void run(const LoadNumber& step, BlockAt& at) {
  const auto& column = std::get<NumberColumn>(at.columns[step.column]);
  NumberRegister& out = *at.registers.numbers[step.out];
  if (const std::uint32_t* rows = through(at, step.through)) {
    gather(column.low, rows, out.low.data(), at.count);
    gather(column.high, rows, out.high.data(), at.count);
    State any = 0;
    for (std::size_t i = 0; i < at.count; ++i) {
      out.state[i] = column.state[rows[i]];
      any = static_cast<State>(any | out.state[i]);
    }
    out.any = any;
    return;
  }
  const Kernels& loops = kernels();
  const auto bytes = [&](const Lanes& lanes) { return lanes.bytes.data() + at.begin * lanes.width; };
  loops.load(bytes(column.low), column.low.width, column.low.base, out.low.data(), at.count);
  out.any = column.block[at.begin / kBlock];
  if (out.any == 0) return;
  loops.load(bytes(column.high), column.high.width, column.high.base, out.high.data(), at.count);
  std::copy_n(column.state.data() + at.begin, at.count, out.state.data());
}

void run(const LoadWide& step, BlockAt& at) {
  const auto& column = std::get<WideColumn>(at.columns[step.column]);
  WideRegister& out = *at.registers.wides[step.out];
  const std::uint32_t* rows = through(at, step.through);
  out.any = 0;
  for (std::size_t i = 0; i < at.count; ++i) {
    const std::size_t row = rows ? rows[i] : at.begin + i;
    put(out, i, Number<Decimal>{column.low[row], column.high[row], column.state[row]});
  }
}

void run(const LoadCondition& step, BlockAt& at) {
  const auto& column = std::get<ConditionColumn>(at.columns[step.column]);
  ConditionRegister& out = *at.registers.conditions[step.out];
  const std::uint32_t* rows = through(at, step.through);
  if (!rows) {
    std::copy_n(column.cells.data() + at.begin, at.count, out.cells.data());
    return;
  }
  for (std::size_t i = 0; i < at.count; ++i) out.cells[i] = column.cells[rows[i]];
}

void run(const FillNumber& step, BlockAt& at) {
  NumberRegister& out = *at.registers.numbers[step.out];
  std::fill_n(out.low.data(), at.count, step.value);
  out.any = 0;
}

void run(const FillCondition& step, BlockAt& at) {
  std::fill_n(at.registers.conditions[step.out]->cells.data(), at.count, step.value);
}

void run(const FillWide& step, BlockAt& at) {
  WideRegister& out = *at.registers.wides[step.out];
  std::fill_n(out.low.data(), at.count, step.value);
  std::fill_n(out.high.data(), at.count, step.value);
  std::fill_n(out.state.data(), at.count, State{0});
  out.any = 0;
}

// Lanes that say nothing are written as the column's base, so that equal answers have equal bytes.
void run(const StoreNumber& step, BlockAt& at) {
  auto& column = std::get<NumberColumn>(at.columns[step.column]);
  NumberRegister& in = *at.registers.numbers[step.a];
  State* state = column.state.data() + at.begin;
  if (in.any == 0) {
    std::fill_n(state, at.count, State{0});
  } else {
    std::copy_n(in.state.data(), at.count, state);
    if ((in.any & (kNotApplicable | kOpen)) != 0) {
      for (std::size_t i = 0; i < at.count; ++i) {
        if ((in.state[i] & (kNotApplicable | kNoLow)) != 0) in.low[i] = column.low.base;
        if ((in.state[i] & (kNotApplicable | kNoHigh)) != 0) in.high[i] = column.high.base;
      }
    }
  }
  const Kernels& loops = kernels();
  const auto bytes = [&](Lanes& lanes) { return lanes.bytes.data() + at.begin * lanes.width; };
  loops.pack(in.low.data(), column.low.width, column.low.base, bytes(column.low), at.count);
  loops.pack(in.ends(), column.high.width, column.high.base, bytes(column.high), at.count);
  column.block[at.begin / kBlock] = in.any;
}

void run(const StoreWide& step, BlockAt& at) {
  auto& column = std::get<WideColumn>(at.columns[step.column]);
  const WideRegister& in = *at.registers.wides[step.a];
  for (std::size_t i = 0; i < at.count; ++i) {
    const State state = in.state[i];
    column.low[at.begin + i] = (state & (kNotApplicable | kNoLow)) != 0 ? Decimal() : in.low[i];
    column.high[at.begin + i] = (state & (kNotApplicable | kNoHigh)) != 0 ? Decimal() : in.high[i];
    column.state[at.begin + i] = state;
  }
}

void run(const StoreCondition& step, BlockAt& at) {
  auto& column = std::get<ConditionColumn>(at.columns[step.column]);
  std::copy_n(at.registers.conditions[step.a]->cells.data(), at.count, column.cells.data() + at.begin);
}

}  // namespace assay::columns
