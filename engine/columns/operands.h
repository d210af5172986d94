// Which registers a step reads and writes: for giving registers to steps, and leaving out steps that nobody reads.
// Private to engine/columns.
#pragma once

#include <type_traits>

#include "engine/columns/program.h"

namespace assay::columns {

enum class RegisterSort { Numbers, Wides, Conditions };

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
        if constexpr (std::is_same_v<S, LoadNumber> || std::is_same_v<S, FillNumber>) {
          write(kN, s.out);
        } else if constexpr (std::is_same_v<S, LoadWide> || std::is_same_v<S, FillWide>) {
          write(kW, s.out);
        } else if constexpr (std::is_same_v<S, LoadCondition> || std::is_same_v<S, FillCondition>) {
          write(kC, s.out);
        } else if constexpr (std::is_same_v<S, Add> || std::is_same_v<S, Subtract> || std::is_same_v<S, Multiply>) {
          read(kN, s.a, s.b), write(kN, s.out);
        } else if constexpr (std::is_same_v<S, AddConstant> || std::is_same_v<S, MultiplyConstant> ||
                             std::is_same_v<S, Lookup> || std::is_same_v<S, Limit> || std::is_same_v<S, TakeRange> ||
                             std::is_same_v<S, NegateDates> || std::is_same_v<S, Bands>) {
          read(kN, s.a), write(kN, s.out);
        } else if constexpr (std::is_same_v<S, Widen> || std::is_same_v<S, WidenByTable>) {
          read(kN, s.a), write(kW, s.out);
        } else if constexpr (std::is_same_v<S, AddWide>) {
          read(kW, s.a, s.b), write(kW, s.out);
        } else if constexpr (std::is_same_v<S, NegateWide> || std::is_same_v<S, RoundWide> ||
                             std::is_same_v<S, LimitWide>) {
          read(kW, s.a), write(kW, s.out);
        } else if constexpr (std::is_same_v<S, RunWide>) {
          each(kW, s.factors), each(kW, s.divisors), write(kW, s.out);
        } else if constexpr (std::is_same_v<S, BandsWide>) {
          read(kW, s.a), write(kN, s.out);
        } else if constexpr (std::is_same_v<S, AtLeast> || std::is_same_v<S, EqualTo> ||
                             std::is_same_v<S, FallBetween> || std::is_same_v<S, TestNumber>) {
          read(kN, s.a), write(kC, s.out);
        } else if constexpr (std::is_same_v<S, AtLeastOf> || std::is_same_v<S, EqualOf>) {
          read(kN, s.a, s.b), write(kC, s.out);
        } else if constexpr (std::is_same_v<S, CompareWide>) {
          read(kW, s.a, s.b), write(kC, s.out);
        } else if constexpr (std::is_same_v<S, TestWide>) {
          read(kW, s.a), write(kC, s.out);
        } else if constexpr (std::is_same_v<S, TestCondition> || std::is_same_v<S, RaisedOrClear> ||
                             std::is_same_v<S, Negation>) {
          read(kC, s.a), write(kC, s.out);
        } else if constexpr (std::is_same_v<S, And> || std::is_same_v<S, Or>) {
          read(kC, s.a, s.b), write(kC, s.out);
        } else if constexpr (std::is_same_v<S, FlagUnless>) {
          read(kC, s.when, s.unless), write(kC, s.out);
        } else if constexpr (std::is_same_v<S, Tally>) {
          each(kC, s.members), write(s.quantity ? kC : kN, s.out);
        } else if constexpr (std::is_same_v<S, SumOf> || std::is_same_v<S, ExtremeOf>) {
          each(kN, s.members), write(kN, s.out);
        } else if constexpr (std::is_same_v<S, FirstKnownNumber>) {
          each(kN, s.operands), write(kN, s.out);
        } else if constexpr (std::is_same_v<S, ChooseNumber>) {
          read(kC, s.condition), read(kN, s.yes, s.no), write(kN, s.out);
        } else if constexpr (std::is_same_v<S, ChooseWide>) {
          read(kC, s.condition), read(kW, s.yes, s.no), write(kW, s.out);
        } else if constexpr (std::is_same_v<S, ChooseCondition>) {
          read(kC, s.condition, s.yes, s.no), write(kC, s.out);
        } else if constexpr (std::is_same_v<S, StoreNumber>) {
          read(kN, s.a);
        } else if constexpr (std::is_same_v<S, StoreWide>) {
          read(kW, s.a);
        } else {
          static_assert(std::is_same_v<S, StoreCondition>);
          read(kC, s.a);
        }
      },
      step);
}

}  // namespace assay::columns
