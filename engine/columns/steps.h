// Does one step of a plan over one block. Private to engine/columns.
#pragma once

#include <vector>

#include "engine/columns/cells.h"
#include "engine/columns/program.h"
#include "engine/columns/registers.h"

namespace assay::columns {

// The rows [begin, begin + count) of a frame, and what steps work on.
struct BlockAt {
  std::vector<Column>& columns;
  const std::vector<std::vector<std::uint32_t>>& indices;
  Registers& registers;
  std::size_t begin, count;
};

void run(const LoadNumber& step, BlockAt& at);
void run(const LoadWide& step, BlockAt& at);
void run(const LoadCondition& step, BlockAt& at);
void run(const FillNumber& step, BlockAt& at);
void run(const FillCondition& step, BlockAt& at);
void run(const FillWide& step, BlockAt& at);
void run(const Add& step, BlockAt& at);
void run(const Subtract& step, BlockAt& at);
void run(const AddConstant& step, BlockAt& at);
void run(const Multiply& step, BlockAt& at);
void run(const MultiplyConstant& step, BlockAt& at);
void run(const Lookup& step, BlockAt& at);
void run(const Widen& step, BlockAt& at);
void run(const WidenByTable& step, BlockAt& at);
void run(const AddWide& step, BlockAt& at);
void run(const NegateWide& step, BlockAt& at);
void run(const RunWide& step, BlockAt& at);
void run(const RoundWide& step, BlockAt& at);
void run(const Limit& step, BlockAt& at);
void run(const LimitWide& step, BlockAt& at);
void run(const TakeRange& step, BlockAt& at);
void run(const NegateDates& step, BlockAt& at);
void run(const Bands& step, BlockAt& at);
void run(const BandsWide& step, BlockAt& at);
void run(const AtLeast& step, BlockAt& at);
void run(const AtLeastOf& step, BlockAt& at);
void run(const EqualTo& step, BlockAt& at);
void run(const AtLeastInColumn& step, BlockAt& at);
void run(const EqualInColumn& step, BlockAt& at);
void run(const FallBetween& step, BlockAt& at);
void run(const EqualOf& step, BlockAt& at);
void run(const CompareWide& step, BlockAt& at);
void run(const TestNumber& step, BlockAt& at);
void run(const TestWide& step, BlockAt& at);
void run(const TestCondition& step, BlockAt& at);
void run(const RaisedOrClear& step, BlockAt& at);
void run(const And& step, BlockAt& at);
void run(const Or& step, BlockAt& at);
void run(const Negation& step, BlockAt& at);
void run(const FlagUnless& step, BlockAt& at);
void run(const Tally& step, BlockAt& at);
void run(const SumOf& step, BlockAt& at);
void run(const SumOfColumns& step, BlockAt& at);
void run(const ExtremeOf& step, BlockAt& at);
void run(const ChooseNumber& step, BlockAt& at);
void run(const ChooseWide& step, BlockAt& at);
void run(const ChooseCondition& step, BlockAt& at);
void run(const FirstKnownNumber& step, BlockAt& at);
void run(const StoreNumber& step, BlockAt& at);
void run(const StoreWide& step, BlockAt& at);
void run(const StoreCondition& step, BlockAt& at);

// Whether a quantity holds by how many members are yes, open and no.
Condition holds(ast::Quantity quantity, std::uint32_t k, std::uint32_t yes, std::uint32_t open, std::uint32_t no);

// One cell of a register or a column, and putting one there.
inline Number<std::int64_t> cell(const NumberRegister& from, std::size_t i) {
  return {from.low[i], from.ends()[i], from.any == 0 ? State{0} : from.state[i]};
}
inline Number<std::int64_t> cell(const NumberColumn& from, std::size_t row) {
  return {from.low.at(row), from.high.at(row), from.state[row]};
}
inline Number<Decimal> cell(const WideRegister& from, std::size_t i) {
  return {from.low[i], from.high[i], from.state[i]};
}
template <class Register, class Lane>
void put(Register& into, std::size_t i, const Number<Lane>& number) {
  into.low[i] = number.low;
  into.high[i] = number.high;
  into.state[i] = number.state;
  into.any = static_cast<State>(into.any | number.state);
}

}  // namespace assay::columns
