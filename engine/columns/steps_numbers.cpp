// Arithmetic on numbers of 64 bits. Three ways through each block: all known, known and unknown, and one cell at a time
// where some do not apply, or may not.
#include <algorithm>
#include <array>
#include <limits>

#include "engine/columns/kernels.h"
#include "engine/columns/steps.h"
#include "evidence/core/check.h"

namespace assay::columns {

namespace {

constexpr State kByCell = kNotApplicable | kMayNotApply;

using N = Number<std::int64_t>;

std::int64_t plus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
std::int64_t minus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
std::int64_t times(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
}

// Low and high ends of an unknown, each of the operands' ends; the state is what both leave.
template <class Ends>
N of_two(const N& a, const N& b, Ends ends) {
  if (!a.applies() || !b.applies()) return does_not_apply<std::int64_t>();
  N out = ends(a, b);
  settle(out);
  return out;
}

template <class Ends>
void by_cell(const NumberRegister& a, const NumberRegister& b, NumberRegister& out, std::size_t count, Ends ends) {
  State any = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const N made = of_two(cell(a, i), cell(b, i), ends);
    out.low[i] = made.low, out.high[i] = made.high, out.state[i] = made.state;
    any = static_cast<State>(any | made.state);
  }
  out.any = any;
}

N sum_of_two(const N& a, const N& b) {
  return {plus(a.low, b.low), plus(a.high, b.high), static_cast<State>(a.state | b.state)};
}

// The greatest less the least, and the other way about; so an open end of the one opens the other of the result.
State crossed(State b) {
  const auto low = static_cast<State>((b & kNoHigh) != 0 ? kNoLow : 0);
  const auto high = static_cast<State>((b & kNoLow) != 0 ? kNoHigh : 0);
  return static_cast<State>((b & static_cast<State>(~kOpen)) | low | high);
}

N difference_of_two(const N& a, const N& b) {
  return {minus(a.low, b.high), minus(a.high, b.low), static_cast<State>(a.state | crossed(b.state))};
}

N product_of_two(const N& a, const N& b) {
  const auto state = static_cast<State>(a.state | b.state);
  if ((state & kOpen) != 0) return {0, 0, static_cast<State>(state | kOpen)};
  const std::int64_t ends[] = {times(a.low, b.low), times(a.low, b.high), times(a.high, b.low), times(a.high, b.high)};
  return {*std::min_element(ends, ends + 4), *std::max_element(ends, ends + 4), state};
}

// Of an operand whose block is all known, the states are all 0.
const State* states(NumberRegister& of, std::size_t count) {
  if (of.any == 0) std::fill_n(of.state.data(), count, State{0});
  return of.state.data();
}

void settle_block(NumberRegister& out, std::size_t count) {
  out.any = kernels().settle(out.low.data(), out.high.data(), out.state.data(), count);
}

void copy_states(NumberRegister& a, NumberRegister& out, std::size_t count) {
  out.any = a.any;
  if (a.any != 0) std::copy_n(a.state.data(), count, out.state.data());
}

}  // namespace

void run(const Add& step, BlockAt& at) {
  NumberRegister &a = *at.registers.numbers[step.a], &b = *at.registers.numbers[step.b];
  NumberRegister& out = *at.registers.numbers[step.out];
  const Kernels& loops = kernels();
  if (((a.any | b.any) & kByCell) != 0) return by_cell(a, b, out, at.count, sum_of_two);
  if ((a.any | b.any) == 0) {
    out.any = 0;
    return loops.add(a.low.data(), b.low.data(), out.low.data(), at.count);
  }
  // The result may stand where an operand stood (a running sum), so what is still to be read is written last.
  loops.add(a.ends(), b.ends(), out.high.data(), at.count);
  loops.add(a.low.data(), b.low.data(), out.low.data(), at.count);
  loops.join(states(a, at.count), states(b, at.count), out.state.data(), at.count);
  settle_block(out, at.count);
}

void run(const Subtract& step, BlockAt& at) {
  NumberRegister &a = *at.registers.numbers[step.a], &b = *at.registers.numbers[step.b];
  NumberRegister& out = *at.registers.numbers[step.out];
  const Kernels& loops = kernels();
  if (((a.any | b.any) & (kByCell | kOpen)) != 0) return by_cell(a, b, out, at.count, difference_of_two);
  out.any = 0;
  loops.subtract(a.low.data(), b.ends(), out.low.data(), at.count);
  if ((a.any | b.any) == 0) return;
  loops.subtract(a.ends(), b.low.data(), out.high.data(), at.count);
  loops.join(states(a, at.count), states(b, at.count), out.state.data(), at.count);
  settle_block(out, at.count);
}

void run(const AddConstant& step, BlockAt& at) {
  NumberRegister &a = *at.registers.numbers[step.a], &out = *at.registers.numbers[step.out];
  kernels().add_constant(a.low.data(), step.constant, out.low.data(), at.count);
  if (a.any != 0) kernels().add_constant(a.high.data(), step.constant, out.high.data(), at.count);
  copy_states(a, out, at.count);
}

void run(const Multiply& step, BlockAt& at) {
  NumberRegister &a = *at.registers.numbers[step.a], &b = *at.registers.numbers[step.b];
  NumberRegister& out = *at.registers.numbers[step.out];
  if ((a.any | b.any) != 0) return by_cell(a, b, out, at.count, product_of_two);
  kernels().multiply(a.low.data(), b.low.data(), out.low.data(), at.count);
  out.any = 0;
}

void run(const MultiplyConstant& step, BlockAt& at) {
  NumberRegister &a = *at.registers.numbers[step.a], &out = *at.registers.numbers[step.out];
  const bool exchanged = step.factor < 0;
  const std::int64_t* low = exchanged ? a.ends() : a.low.data();
  const std::int64_t* high = exchanged ? a.low.data() : a.ends();
  kernels().multiply_constant(low, step.factor, out.low.data(), at.count);
  if (a.any != 0) kernels().multiply_constant(high, step.factor, out.high.data(), at.count);
  copy_states(a, out, at.count);
  if ((a.any & kOpen) == 0) return;
  for (std::size_t i = 0; i < at.count; ++i) {
    const State state = exchanged ? crossed(out.state[i]) : out.state[i];
    const bool opens = step.product && (state & kOpen) != 0;
    out.state[i] = static_cast<State>(opens ? state | kOpen : state);
  }
  out.any = kernels().gather_any(out.state.data(), at.count);
}

void run(const Lookup& step, BlockAt& at) {
  NumberRegister &a = *at.registers.numbers[step.a], &out = *at.registers.numbers[step.out];
  copy_states(a, out, at.count);
  // Lanes of what does not apply say nothing, and are no place in the table.
  if ((a.any & kByCell) != 0) {
    for (std::size_t i = 0; i < at.count; ++i) {
      N made = cell(a, i);
      if (made.applies()) {
        made.low = (*step.table)[static_cast<std::size_t>(made.low - step.least)];
        made.high = (*step.table)[static_cast<std::size_t>(made.high - step.least)];
        settle(made);
      }
      out.low[i] = made.low, out.high[i] = made.high, out.state[i] = made.state;
    }
    out.any = kernels().gather_any(out.state.data(), at.count);
    return;
  }
  kernels().lookup(a.low.data(), step.least, step.table->data(), out.low.data(), at.count);
  if (a.any == 0) return;
  kernels().lookup(a.high.data(), step.least, step.table->data(), out.high.data(), at.count);
  settle_block(out, at.count);
}

void run(const Limit& step, BlockAt& at) {
  NumberRegister &a = *at.registers.numbers[step.a], &out = *at.registers.numbers[step.out];
  const std::int64_t low = (step.open & kNoLow) != 0 ? std::numeric_limits<std::int64_t>::min() : step.low;
  const std::int64_t high = (step.open & kNoHigh) != 0 ? std::numeric_limits<std::int64_t>::max() : step.high;
  std::copy_n(a.low.data(), at.count, out.low.data());
  copy_states(a, out, at.count);
  if (a.any != 0) std::copy_n(a.high.data(), at.count, out.high.data());
  std::uint64_t outside = 0;
  for (std::size_t i = 0; i < at.count; ++i) outside |= (a.low[i] < low) | (a.low[i] > high) ? 1u : 0u;
  if (outside == 0) return;
  if (a.any == 0) std::copy_n(a.low.data(), at.count, out.high.data());
  states(out, at.count);
  N within{step.low, step.high, static_cast<State>(kMissing | step.open)};
  settle(within);
  for (std::size_t i = 0; i < at.count; ++i) {
    if (out.state[i] != 0 || (a.low[i] >= low && a.low[i] <= high)) continue;
    out.low[i] = within.low, out.high[i] = within.high, out.state[i] = within.state;
  }
  out.any = kernels().gather_any(out.state.data(), at.count);
}

void run(const TakeRange& step, BlockAt& at) {
  NumberRegister &a = *at.registers.numbers[step.a], &out = *at.registers.numbers[step.out];
  run(AddConstant{step.a, 0, step.out}, at);
  if (a.any == 0) return;
  for (std::size_t i = 0; i < at.count; ++i) {
    const bool range = (out.state[i] & (kNotApplicable | kOpen)) == 0 && out.low[i] != out.high[i];
    out.state[i] = static_cast<State>(out.state[i] | (range ? kOpen : 0));
  }
  out.any = kernels().gather_any(out.state.data(), at.count);
}

// Days since a date: an earlier one is longer ago.
void run(const NegateDates& step, BlockAt& at) {
  run(MultiplyConstant{step.a, -1, false, step.out}, at);
  NumberRegister& out = *at.registers.numbers[step.out];
  kernels().add_constant(out.low.data(), step.today, out.low.data(), at.count);
  if (out.any != 0) kernels().add_constant(out.high.data(), step.today, out.high.data(), at.count);
}

void run(const Bands& step, BlockAt& at) {
  NumberRegister &a = *at.registers.numbers[step.a], &out = *at.registers.numbers[step.out];
  const auto last = static_cast<std::int64_t>(step.thresholds.size());
  const auto codes = [&](const std::int64_t* from, std::int64_t* into) {
    kernels().bands(from, step.thresholds.data(), step.thresholds.size(), into, at.count);
  };
  codes(a.low.data(), out.low.data());
  copy_states(a, out, at.count);
  if (a.any != 0) {
    codes(a.high.data(), out.high.data());
    // An end that is open reaches the first band, or the last.
    for (std::size_t i = 0; (a.any & kOpen) != 0 && i < at.count; ++i) {
      if ((out.state[i] & kNoLow) != 0) out.low[i] = 0;
      if ((out.state[i] & kNoHigh) != 0) out.high[i] = last;
      out.state[i] = static_cast<State>(out.state[i] & static_cast<State>(~kOpen));
    }
  }
  if (step.descending) {
    for (std::size_t i = 0; i < at.count; ++i) {
      const std::int64_t low = out.low[i];
      out.low[i] = last - out.ends()[i];
      if (a.any != 0) out.high[i] = last - low;
    }
  }
  if (a.any == 0) return;
  if ((a.any & kByCell) != 0) {
    for (std::size_t i = 0; i < at.count; ++i) {
      N made{out.low[i], out.high[i], out.state[i]};
      settle(made);
      out.state[i] = made.state;
    }
    out.any = kernels().gather_any(out.state.data(), at.count);
    return;
  }
  settle_block(out, at.count);
}

namespace {

// Members that do not apply are left out; if that leaves none, neither does the sum. A member that may not apply adds
// its value or nothing; if all may not, the sum may not. `member(m, i)`: the m-th of the i-th cell.
template <class Member>
void sum_by_cell(std::size_t members, NumberRegister& out, std::size_t count, Member member) {
  out.any = 0xff;
  State all = 0;
  for (std::size_t i = 0; i < count; ++i) {
    N sum{0, 0, kNotApplicable};
    bool some_sure = false;
    for (std::size_t m = 0; m < members; ++m) {
      const N one = member(m, i);
      if (!one.applies()) continue;
      const bool may = (one.state & kMayNotApply) != 0;
      some_sure = some_sure || !may;
      sum.low = plus(sum.low, may ? std::min<std::int64_t>(one.low, 0) : one.low);
      sum.high = plus(sum.high, may ? std::max<std::int64_t>(one.high, 0) : one.high);
      sum.state = static_cast<State>((sum.state & static_cast<State>(~kNotApplicable)) | one.state);
    }
    if (some_sure) sum.state = static_cast<State>(sum.state & static_cast<State>(~kMayNotApply));
    settle(sum);
    out.low[i] = sum.low, out.high[i] = sum.high, out.state[i] = sum.state;
    all = static_cast<State>(all | sum.state);
  }
  out.any = all;
}

}  // namespace

void run(const SumOf& step, BlockAt& at) {
  State any = 0;
  for (const Reg member : step.members) any = static_cast<State>(any | at.registers.numbers[member]->any);
  NumberRegister& out = *at.registers.numbers[step.out];
  if ((any & kByCell) != 0) {
    sum_by_cell(step.members.size(), out, at.count,
                [&](std::size_t m, std::size_t i) { return cell(*at.registers.numbers[step.members[m]], i); });
    return;
  }
  Reg sum = step.members.front();
  for (std::size_t i = 1; i < step.members.size(); ++i) {
    run(Add{sum, step.members[i], step.out}, at);
    sum = step.out;
  }
  if (step.members.size() == 1) run(AddConstant{sum, 0, step.out}, at);
}

void run(const SumOfColumns& step, BlockAt& at) {
  NumberRegister& out = *at.registers.numbers[step.out];
  const Kernels& loops = kernels();
  const auto column = [&](std::size_t m) -> const NumberColumn& {
    return std::get<NumberColumn>(at.columns[step.members[m]]);
  };
  const std::size_t block = at.begin / kBlock;
  State any = 0;
  std::uint64_t base = 0;  // of all: sums wrap, and are right where they say something
  for (std::size_t m = 0; m < step.members.size(); ++m) {
    any = static_cast<State>(any | column(m).block[block]);
    base += static_cast<std::uint64_t>(column(m).low.base);
  }
  if ((any & (kByCell | kOpen)) != 0) {
    sum_by_cell(step.members.size(), out, at.count,
                [&](std::size_t m, std::size_t i) { return cell(column(m), at.begin + i); });
    return;
  }
  alignas(64) std::array<std::uint8_t, 4 * kBlock> sums;
  const auto add_up = [&](bool high, std::int64_t* into) {
    std::fill_n(sums.data(), at.count * static_cast<std::size_t>(step.bytes), std::uint8_t{0});
    for (std::size_t m = 0; m < step.members.size(); ++m) {
      const Lanes& lanes = high ? column(m).high : column(m).low;
      loops.add_lanes(lanes.bytes.data() + at.begin * lanes.width, lanes.width, sums.data(), step.bytes, at.count);
    }
    loops.load(sums.data(), step.bytes, static_cast<std::int64_t>(base), into, at.count);
  };
  add_up(false, out.low.data());
  out.any = any;
  if (any == 0) return;
  add_up(true, out.high.data());
  std::copy_n(column(0).state.data() + at.begin, at.count, out.state.data());
  for (std::size_t m = 1; m < step.members.size(); ++m)
    if (column(m).block[block] != 0)
      loops.join(out.state.data(), column(m).state.data() + at.begin, out.state.data(), at.count);
  settle_block(out, at.count);
}

void run(const ExtremeOf& step, BlockAt& at) {
  NumberRegister& out = *at.registers.numbers[step.out];
  const bool lowest = step.which == Extreme::Lowest;
  const auto take = lowest ? kernels().lesser : kernels().greater;
  run(AddConstant{step.members.front(), 0, step.out}, at);
  for (std::size_t m = 1; m < step.members.size(); ++m) {
    NumberRegister& next = *at.registers.numbers[step.members[m]];
    const State any = out.any | next.any;
    if (any != 0) {
      if (out.any == 0) std::copy_n(out.low.data(), at.count, out.high.data());
      take(out.high.data(), next.ends(), out.high.data(), at.count);
      const State* own = states(out, at.count);
      kernels().join(own, states(next, at.count), out.state.data(), at.count);
    }
    take(out.low.data(), next.low.data(), out.low.data(), at.count);
    out.any = any;
    CHECK((any & (kByCell | kOpen)) == 0);  // the plan takes such columns to cells
  }
  if (out.any != 0) settle_block(out, at.count);
}

}  // namespace assay::columns
