// Numbers that no 64 bits hold, by the exact arithmetic of cells: one at a time, some ten times as slow.
#include <algorithm>

#include "engine/columns/steps.h"

namespace assay::columns {

namespace {

using N = Number<Decimal>;

// Operands known, yet no number came out: a fault (docs/language.md 3.7).
constexpr N kFault{{}, {}, kMissing | kOpen};

void set_end(std::optional<Decimal> end, Decimal& into, State& state, State open) {
  if (end)
    into = *end;
  else
    state = static_cast<State>(state | open);
}

N sum_of(const N& a, const N& b) {
  if (!a.applies() || !b.applies()) return does_not_apply<Decimal>();
  N out{{}, {}, static_cast<State>(a.state | b.state)};
  if ((out.state & kNoLow) == 0) set_end(add(a.low, b.low), out.low, out.state, kNoLow);
  if ((out.state & kNoHigh) == 0) set_end(add(a.high, b.high), out.high, out.state, kNoHigh);
  if (a.known() && b.known()) return out.state == 0 ? out : kFault;
  settle(out);
  return out;
}

N negated(const N& a) {
  const auto low = static_cast<State>((a.state & kNoHigh) != 0 ? kNoLow : 0);
  const auto high = static_cast<State>((a.state & kNoLow) != 0 ? kNoHigh : 0);
  return {a.high.negated(), a.low.negated(), static_cast<State>((a.state & ~kOpen) | low | high)};
}

bool may_be_zero(const N& a) {
  if ((a.state & kOpen) != 0) return true;
  return a.low.compare(Decimal()) <= 0 && a.high.compare(Decimal()) >= 0;
}

// A run of * and / (docs/language.md 3.2, 3.7): multiplies first, divides once.
struct Run {
  std::vector<N> factors, divisors;
  std::vector<Decimal> up, down;
  std::vector<DecimalRange> up_ranges, down_ranges;

  N result() {
    State state = 0;
    bool known = true;
    for (const auto* side : {&factors, &divisors})
      for (const N& one : *side) {
        if (!one.applies()) return does_not_apply<Decimal>();
        state = static_cast<State>(state | (one.state & (kCauses | kMayNotApply | kOpen)));
        known = known && one.known();
      }
    if (std::ranges::any_of(divisors, may_be_zero)) return by_zero(state, known);
    return known ? of_known() : of_ranges(state);
  }

  N by_zero(State state, bool known) const {
    const auto surely_zero = [](const N& one) { return one.known() && one.low.is_zero(); };
    if (std::ranges::any_of(divisors, surely_zero) && std::ranges::any_of(factors, surely_zero))
      return does_not_apply<Decimal>();
    if (known) return kFault;
    const bool open = std::ranges::any_of(divisors, [](const N& one) { return may_be_zero(one) && !one.known(); });
    const bool may_not_apply = open || std::ranges::any_of(factors, may_be_zero);
    return {{}, {}, static_cast<State>(state | kOpen | (may_not_apply ? kMayNotApply : 0))};
  }

  N of_known() {
    up.clear(), down.clear();
    for (const N& factor : factors) up.push_back(factor.low);
    for (const N& divisor : divisors) down.push_back(divisor.low);
    const auto quotient = Decimal::multiply_divide(up, down);
    return quotient ? N{*quotient, *quotient, 0} : kFault;
  }

  N of_ranges(State state) {
    N out{{}, {}, static_cast<State>(state | kOpen)};
    if ((state & kOpen) != 0) return out;
    up_ranges.clear(), down_ranges.clear();
    for (const N& factor : factors) up_ranges.push_back({factor.low, factor.high});
    for (const N& divisor : divisors) down_ranges.push_back({divisor.low, divisor.high});
    if (const auto range = Decimal::multiply_divide(up_ranges, down_ranges)) {
      out = {range->low, range->high, state};
      settle(out);
    }
    return out;
  }
};

}  // namespace

void run(const Widen& step, BlockAt& at) {
  const NumberRegister& a = *at.registers.numbers[step.a];
  WideRegister& out = *at.registers.wides[step.out];
  Decimal::Units unit = 1;
  for (int place = step.places; place < Decimal::kPlaces; ++place) unit *= 10;
  out.any = 0;
  for (std::size_t i = 0; i < at.count; ++i) {
    const auto one = cell(a, i);
    const bool low = (one.state & (kNotApplicable | kNoLow)) == 0, high = (one.state & (kNotApplicable | kNoHigh)) == 0;
    put(out, i,
        N{Decimal::from_units(low ? one.low * unit : 0), Decimal::from_units(high ? one.high * unit : 0), one.state});
  }
}

void run(const WidenByTable& step, BlockAt& at) {
  const NumberRegister& a = *at.registers.numbers[step.a];
  WideRegister& out = *at.registers.wides[step.out];
  out.any = 0;
  for (std::size_t i = 0; i < at.count; ++i) {
    const auto one = cell(a, i);
    N made{{}, {}, one.state};
    if (one.applies()) {
      made.low = (*step.table)[static_cast<std::size_t>(one.low - step.least)];
      made.high = (*step.table)[static_cast<std::size_t>(one.high - step.least)];
      settle(made);
    }
    put(out, i, made);
  }
}

void run(const AddWide& step, BlockAt& at) {
  const WideRegister &a = *at.registers.wides[step.a], &b = *at.registers.wides[step.b];
  WideRegister& out = *at.registers.wides[step.out];
  out.any = 0;
  for (std::size_t i = 0; i < at.count; ++i)
    put(out, i, sum_of(cell(a, i), step.subtract ? negated(cell(b, i)) : cell(b, i)));
}

void run(const NegateWide& step, BlockAt& at) {
  const WideRegister& a = *at.registers.wides[step.a];
  WideRegister& out = *at.registers.wides[step.out];
  out.any = 0;
  for (std::size_t i = 0; i < at.count; ++i) put(out, i, negated(cell(a, i)));
}

void run(const RunWide& step, BlockAt& at) {
  WideRegister& out = *at.registers.wides[step.out];
  out.any = 0;
  Run run;
  for (std::size_t i = 0; i < at.count; ++i) {
    run.factors.clear(), run.divisors.clear();
    for (const Reg factor : step.factors) run.factors.push_back(cell(*at.registers.wides[factor], i));
    for (const Reg divisor : step.divisors) run.divisors.push_back(cell(*at.registers.wides[divisor], i));
    put(out, i, run.result());
  }
}

void run(const RoundWide& step, BlockAt& at) {
  const WideRegister& a = *at.registers.wides[step.a];
  WideRegister& out = *at.registers.wides[step.out];
  out.any = 0;
  for (std::size_t i = 0; i < at.count; ++i) {
    N one = cell(a, i);
    if (one.applies()) {
      if ((one.state & kNoLow) == 0) set_end(one.low.rounded(step.rounding, step.places), one.low, one.state, kNoLow);
      if ((one.state & kNoHigh) == 0)
        set_end(one.high.rounded(step.rounding, step.places), one.high, one.state, kNoHigh);
      settle(one);
    }
    put(out, i, one);
  }
}

void run(const LimitWide& step, BlockAt& at) {
  const WideRegister& a = *at.registers.wides[step.a];
  WideRegister& out = *at.registers.wides[step.out];
  N within{step.low.value_or(Decimal()), step.high.value_or(Decimal()), kMissing};
  if (!step.low) within.state |= kNoLow;
  if (!step.high) within.state |= kNoHigh;
  settle(within);
  // Mostly within to the last place, and so at the places that a comparison sees.
  const auto below = [&](Decimal number) {
    return step.low && number.units() < step.low->units() && number.compare(*step.low) < 0;
  };
  const auto above = [&](Decimal number) {
    return step.high && number.units() > step.high->units() && number.compare(*step.high) > 0;
  };
  out.any = 0;
  for (std::size_t i = 0; i < at.count; ++i) {
    const N one = cell(a, i);
    put(out, i, one.known() && (below(one.low) || above(one.low)) ? within : one);
  }
}

void run(const BandsWide& step, BlockAt& at) {
  const WideRegister& a = *at.registers.wides[step.a];
  NumberRegister& out = *at.registers.numbers[step.out];
  const auto last = static_cast<std::int64_t>(step.thresholds.size());
  const auto code = [&](Decimal number) {
    std::int64_t reached = 0;
    for (const Decimal& threshold : step.thresholds) reached += number.compare(threshold) >= 0 ? 1 : 0;
    return reached;
  };
  State any = 0;
  for (std::size_t i = 0; i < at.count; ++i) {
    const N one = cell(a, i);
    Number<std::int64_t> made{0, last, static_cast<State>(one.state & ~kOpen)};
    if ((one.state & kNoLow) == 0) made.low = code(one.low);
    if ((one.state & kNoHigh) == 0) made.high = code(one.high);
    if (step.descending) made = {last - made.high, last - made.low, made.state};
    settle(made);
    out.low[i] = made.low, out.high[i] = made.high, out.state[i] = made.state;
    any = static_cast<State>(any | made.state);
  }
  out.any = any;
}

void run(const ChooseWide& step, BlockAt& at) {
  const ConditionRegister& condition = *at.registers.conditions[step.condition];
  const WideRegister &yes = *at.registers.wides[step.yes], &no = *at.registers.wides[step.no];
  WideRegister& out = *at.registers.wides[step.out];
  out.any = 0;
  for (std::size_t i = 0; i < at.count; ++i) put(out, i, choose(condition.cells[i], cell(yes, i), cell(no, i)));
}

void run(const ChooseNumber& step, BlockAt& at) {
  const ConditionRegister& condition = *at.registers.conditions[step.condition];
  const NumberRegister &yes = *at.registers.numbers[step.yes], &no = *at.registers.numbers[step.no];
  NumberRegister& out = *at.registers.numbers[step.out];
  State any = 0;
  for (std::size_t i = 0; i < at.count; ++i) {
    const auto made = choose(condition.cells[i], cell(yes, i), cell(no, i));
    out.low[i] = made.low, out.high[i] = made.high, out.state[i] = made.state;
    any = static_cast<State>(any | made.state);
  }
  out.any = any;
}

void run(const FirstKnownNumber& step, BlockAt& at) {
  NumberRegister& out = *at.registers.numbers[step.out];
  std::vector<Number<std::int64_t>> operands(step.operands.size());
  State any = 0;
  for (std::size_t i = 0; i < at.count; ++i) {
    for (std::size_t k = 0; k < operands.size(); ++k) operands[k] = cell(*at.registers.numbers[step.operands[k]], i);
    const auto made = first_known(operands.data(), operands.size());
    out.low[i] = made.low, out.high[i] = made.high, out.state[i] = made.state;
    any = static_cast<State>(any | made.state);
  }
  out.any = any;
}

}  // namespace assay::columns
