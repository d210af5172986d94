// Which registers a step reads and writes: for giving registers to steps, and leaving out steps that nobody reads.
// Private to engine/columns.
#pragma once

#include <type_traits>

#include "engine/columns/program.h"

namespace assay::columns {

enum class RegisterSort { Numbers, Wides, Conditions };

template <class S, class... Of>
inline constexpr bool kIsOneOf = (std::is_same_v<S, Of> || ...);

// visit(sort, register, is_written), in the order read, what is written last. A step without a written one stores.
template <class Visit>
void each_register(Step& step, Visit visit) {
  constexpr auto kN = RegisterSort::Numbers, kW = RegisterSort::Wides, kC = RegisterSort::Conditions;
  const auto read = [&](RegisterSort sort, auto&... regs) { (visit(sort, regs, false), ...); };
  const auto write = [&](RegisterSort sort, Reg& reg) { visit(sort, reg, true); };
  const auto each = [&](RegisterSort sort, std::vector<Reg>& regs) {
    for (Reg& reg : regs) read(sort, reg);
  };
  std::visit(
      [&](auto& s) {
        using S = std::decay_t<decltype(s)>;
        if constexpr (kIsOneOf<S, LoadNumber, FillNumber, SumOfColumns>) {
          write(kN, s.out);
        } else if constexpr (kIsOneOf<S, LoadWide, FillWide>) {
          write(kW, s.out);
        } else if constexpr (kIsOneOf<S, LoadCondition, FillCondition, AtLeastInColumn, EqualInColumn>) {
          write(kC, s.out);
        } else if constexpr (kIsOneOf<S, Add, Subtract, Multiply>) {
          read(kN, s.a, s.b), write(kN, s.out);
        } else if constexpr (kIsOneOf<S, AddConstant, MultiplyConstant, Lookup, Limit, TakeRange, NegateDates, Bands>) {
          read(kN, s.a), write(kN, s.out);
        } else if constexpr (kIsOneOf<S, Widen, WidenByTable>) {
          read(kN, s.a), write(kW, s.out);
        } else if constexpr (kIsOneOf<S, AddWide>) {
          read(kW, s.a, s.b), write(kW, s.out);
        } else if constexpr (kIsOneOf<S, NegateWide, RoundWide, LimitWide>) {
          read(kW, s.a), write(kW, s.out);
        } else if constexpr (kIsOneOf<S, RunWide>) {
          each(kW, s.factors), each(kW, s.divisors), write(kW, s.out);
        } else if constexpr (kIsOneOf<S, BandsWide>) {
          read(kW, s.a), write(kN, s.out);
        } else if constexpr (kIsOneOf<S, AtLeast, EqualTo, FallBetween, TestNumber>) {
          read(kN, s.a), write(kC, s.out);
        } else if constexpr (kIsOneOf<S, AtLeastOf, EqualOf>) {
          read(kN, s.a, s.b), write(kC, s.out);
        } else if constexpr (kIsOneOf<S, CompareWide>) {
          read(kW, s.a, s.b), write(kC, s.out);
        } else if constexpr (kIsOneOf<S, TestWide>) {
          read(kW, s.a), write(kC, s.out);
        } else if constexpr (kIsOneOf<S, TestCondition, RaisedOrClear, Negation>) {
          read(kC, s.a), write(kC, s.out);
        } else if constexpr (kIsOneOf<S, And, Or>) {
          read(kC, s.a, s.b), write(kC, s.out);
        } else if constexpr (kIsOneOf<S, FlagUnless>) {
          read(kC, s.when, s.unless), write(kC, s.out);
        } else if constexpr (kIsOneOf<S, Tally>) {
          each(kC, s.members), write(s.quantity ? kC : kN, s.out);
        } else if constexpr (kIsOneOf<S, SumOf, ExtremeOf>) {
          each(kN, s.members), write(kN, s.out);
        } else if constexpr (kIsOneOf<S, FirstKnownNumber>) {
          each(kN, s.operands), write(kN, s.out);
        } else if constexpr (kIsOneOf<S, ChooseNumber>) {
          read(kC, s.condition), read(kN, s.yes, s.no), write(kN, s.out);
        } else if constexpr (kIsOneOf<S, ChooseWide>) {
          read(kC, s.condition), read(kW, s.yes, s.no), write(kW, s.out);
        } else if constexpr (kIsOneOf<S, ChooseCondition>) {
          read(kC, s.condition, s.yes, s.no), write(kC, s.out);
        } else if constexpr (kIsOneOf<S, StoreNumber>) {
          read(kN, s.a);
        } else if constexpr (kIsOneOf<S, StoreWide>) {
          read(kW, s.a);
        } else {
          static_assert(std::is_same_v<S, StoreCondition>);
          read(kC, s.a);
        }
      },
      step);
}

}  // namespace assay::columns
