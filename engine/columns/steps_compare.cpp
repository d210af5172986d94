// Numbers compared: decided where their ranges decide it.
#include <algorithm>

#include "engine/columns/kernels.h"
#include "engine/columns/steps.h"

namespace assay::columns {

namespace {

using N = Number<std::int64_t>;

enum class Answer { Yes, No, Open };

template <class Lane>
Answer at_least(const Number<Lane>& a, const Number<Lane>& b) {
  const bool yes_may = (a.state & kNoLow) == 0 && (b.state & kNoHigh) == 0;
  const bool no_may = (a.state & kNoHigh) == 0 && (b.state & kNoLow) == 0;
  if (yes_may && compare(a.low, b.high) >= 0) return Answer::Yes;
  return no_may && compare(b.low, a.high) > 0 ? Answer::No : Answer::Open;
}

template <class Lane>
Answer more_than(const Number<Lane>& a, const Number<Lane>& b) {
  const Answer other = at_least(b, a);
  return other == Answer::Yes ? Answer::No : other == Answer::No ? Answer::Yes : Answer::Open;
}

template <class Lane>
Answer equal(const Number<Lane>& a, const Number<Lane>& b, bool ordered) {
  if (((a.state | b.state) & kOpen) == 0 && compare(a.low, a.high) == 0 && compare(b.low, b.high) == 0)
    return compare(a.low, b.low) == 0 ? Answer::Yes : Answer::No;
  if (ordered && (more_than(a, b) == Answer::Yes || more_than(b, a) == Answer::Yes)) return Answer::No;
  return Answer::Open;
}

// What a comparison leaves of its operands: causes where it is open, and that it may not apply.
template <class Lane>
Condition decided(Answer answer, const Number<Lane>& a, const Number<Lane>& b) {
  if (!a.applies() || !b.applies()) return kNoAnswer;
  const State states = a.state | b.state;
  unsigned set = answer == Answer::Yes ? kYes : answer == Answer::No ? kNo : kUnknown;
  if ((states & kMayNotApply) != 0) set |= kNoAnswer;
  const unsigned causes = static_cast<unsigned>(states & kCauses) << kCauseShift;
  return static_cast<Condition>(is_open(static_cast<Condition>(set)) ? set | causes : set);
}

// Of blocks whose unknowns all have both ends: the causes of what is still open.
void add_causes(const NumberRegister& of, ConditionRegister& out, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const unsigned open = out.cells[i] == kUnknown ? 0xf0u : 0u;
    out.cells[i] = static_cast<Condition>(out.cells[i] | ((static_cast<unsigned>(of.state[i]) << kCauseShift) & open));
  }
}

template <class From, class Decide>
void by_cell(const From& a, std::int64_t constant, ConditionRegister& out, std::size_t count, Decide decide,
             std::size_t begin = 0) {
  const N other{constant, constant, 0};
  for (std::size_t i = 0; i < count; ++i) {
    const N one = cell(a, begin + i);
    out.cells[i] = decided(decide(one, other), one, other);
  }
}

template <class Decide>
void by_cell_of(const NumberRegister& a, const NumberRegister& b, ConditionRegister& out, std::size_t count,
                Decide decide) {
  for (std::size_t i = 0; i < count; ++i) {
    const N one = cell(a, i), other = cell(b, i);
    out.cells[i] = decided(decide(one, other), one, other);
  }
}

constexpr State kOdd = kNotApplicable | kMayNotApply | kOpen;

}  // namespace

void run(const AtLeast& step, BlockAt& at) {
  const NumberRegister& a = *at.registers.numbers[step.a];
  ConditionRegister& out = *at.registers.conditions[step.out];
  if ((a.any & kOdd) != 0) return by_cell(a, step.constant, out, at.count, at_least<std::int64_t>);
  kernels().at_least(a.low.data(), a.ends(), step.constant, out.cells.data(), at.count);
  if (a.any != 0) add_causes(a, out, at.count);
}

void run(const AtLeastOf& step, BlockAt& at) {
  const NumberRegister &a = *at.registers.numbers[step.a], &b = *at.registers.numbers[step.b];
  ConditionRegister& out = *at.registers.conditions[step.out];
  if (((a.any | b.any) & kOdd) != 0) return by_cell_of(a, b, out, at.count, at_least<std::int64_t>);
  kernels().at_least_of(a.low.data(), a.ends(), b.low.data(), b.ends(), out.cells.data(), at.count);
  if (a.any != 0) add_causes(a, out, at.count);
  if (b.any == 0) return;
  for (std::size_t i = 0; i < at.count; ++i)
    if (is_open(out.cells[i]))
      out.cells[i] = static_cast<Condition>(out.cells[i] | (static_cast<unsigned>(b.state[i]) << kCauseShift));
}

void run(const EqualTo& step, BlockAt& at) {
  const NumberRegister& a = *at.registers.numbers[step.a];
  ConditionRegister& out = *at.registers.conditions[step.out];
  if ((a.any & kOdd) != 0 || !step.ordered) {
    by_cell(a, step.constant, out, at.count, [&](const N& x, const N& y) { return equal(x, y, step.ordered); });
    return;
  }
  kernels().equal_to(a.low.data(), a.ends(), step.constant, out.cells.data(), at.count);
  if (a.any != 0) add_causes(a, out, at.count);
}

namespace {

// A block of a column; where all are known, without states.
NarrowLanes lanes_of(const NumberColumn& column, std::size_t begin) {
  const int width = column.low.width;
  const std::size_t offset = begin * static_cast<std::size_t>(width);
  const bool known = column.block[begin / kBlock] == 0;
  return {column.low.bytes.data() + offset, column.high.bytes.data() + offset,
          known ? nullptr : column.state.data() + begin, width};
}

// Where a constant stands among the lanes of a column: below all, above all, or so far from the base.
enum class Among { Below, Within, Above };
Among among(const Lanes& lanes, std::int64_t constant) {
  if (constant < lanes.base) return Among::Below;
  const std::uint64_t further = static_cast<std::uint64_t>(constant) - static_cast<std::uint64_t>(lanes.base);
  return further >> (8 * lanes.width) == 0 ? Among::Within : Among::Above;
}
std::uint32_t further(const Lanes& lanes, std::int64_t constant) {
  return static_cast<std::uint32_t>(static_cast<std::uint64_t>(constant) - static_cast<std::uint64_t>(lanes.base));
}

}  // namespace

void run(const AtLeastInColumn& step, BlockAt& at) {
  const auto& column = std::get<NumberColumn>(at.columns[step.column]);
  ConditionRegister& out = *at.registers.conditions[step.out];
  if ((column.block[at.begin / kBlock] & kOdd) != 0)
    return by_cell(column, step.constant, out, at.count, at_least<std::int64_t>, at.begin);
  const Among where = among(column.low, step.constant);
  if (where != Among::Within) {
    std::fill_n(out.cells.data(), at.count, where == Among::Below ? kYes : kNo);
    return;
  }
  kernels().at_least_lanes(lanes_of(column, at.begin), further(column.low, step.constant), out.cells.data(), at.count);
}

void run(const EqualInColumn& step, BlockAt& at) {
  const auto& column = std::get<NumberColumn>(at.columns[step.column]);
  ConditionRegister& out = *at.registers.conditions[step.out];
  if ((column.block[at.begin / kBlock] & kOdd) != 0) {
    by_cell(
        column, step.constant, out, at.count, [](const N& x, const N& y) { return equal(x, y, true); }, at.begin);
    return;
  }
  if (among(column.low, step.constant) != Among::Within) {
    std::fill_n(out.cells.data(), at.count, kNo);
    return;
  }
  kernels().equal_to_lanes(lanes_of(column, at.begin), further(column.low, step.constant), out.cells.data(), at.count);
}

void run(const FallBetween& step, BlockAt& at) {
  by_cell(*at.registers.numbers[step.a], step.constant, *at.registers.conditions[step.out], at.count,
          [](const N& x, const N& y) { return at_least(x, y) == Answer::Open ? Answer::Open : Answer::No; });
}

void run(const EqualOf& step, BlockAt& at) {
  by_cell_of(*at.registers.numbers[step.a], *at.registers.numbers[step.b], *at.registers.conditions[step.out], at.count,
             [&](const N& x, const N& y) { return equal(x, y, step.ordered); });
}

void run(const CompareWide& step, BlockAt& at) {
  const WideRegister &a = *at.registers.wides[step.a], &b = *at.registers.wides[step.b];
  ConditionRegister& out = *at.registers.conditions[step.out];
  for (std::size_t i = 0; i < at.count; ++i) {
    const auto one = cell(a, i), other = cell(b, i);
    const Answer answer = step.test == WideTest::AtLeast ? at_least(one, other) : equal(one, other, true);
    out.cells[i] = decided(answer, one, other);
  }
}

namespace {

Condition of_presence(Presence test, bool applies, bool unknown) {
  const bool yes = test == Presence::Known ? applies && !unknown : test == Presence::Unknown ? unknown : applies;
  return yes ? kYes : kNo;
}

}  // namespace

void run(const TestNumber& step, BlockAt& at) {
  const NumberRegister& a = *at.registers.numbers[step.a];
  ConditionRegister& out = *at.registers.conditions[step.out];
  for (std::size_t i = 0; i < at.count; ++i) {
    const N one = cell(a, i);
    out.cells[i] = of_presence(step.test, one.applies(), one.unknown());
  }
}

void run(const TestWide& step, BlockAt& at) {
  const WideRegister& a = *at.registers.wides[step.a];
  ConditionRegister& out = *at.registers.conditions[step.out];
  for (std::size_t i = 0; i < at.count; ++i) {
    const auto one = cell(a, i);
    out.cells[i] = of_presence(step.test, one.applies(), one.unknown());
  }
}

}  // namespace assay::columns
