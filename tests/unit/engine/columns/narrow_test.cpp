// What is reckoned from lanes as they stand is what is reckoned from numbers of 64 bits: every cell of every answer,
// for lanes of each width, blocks with and without unknown numbers, and constants within, at and beyond what lanes
// hold.
#include <catch2/catch.hpp>

#include <random>

#include "engine/columns/allocate.h"
#include "engine/columns/narrow.h"
#include "engine/columns/steps.h"

using namespace assay;
using namespace assay::columns;

namespace {

NumberColumn room(std::size_t rows, std::int64_t least, std::int64_t greatest) {
  NumberColumn made;
  made.least = least, made.greatest = greatest;
  made.low = made.high = Lanes::between(least, greatest, rows);
  made.state.resize(rows), made.block.resize((rows + kBlock - 1) / kBlock);
  return made;
}

// The first block all known, the second with causes alone, the third with all that a number can be.
NumberColumn draw(std::size_t rows, std::int64_t least, std::int64_t greatest, std::mt19937_64& dice) {
  NumberColumn made = room(rows, least, greatest);
  const auto span = static_cast<std::uint64_t>(greatest - least);
  const auto number = [&] { return least + static_cast<std::int64_t>(dice() % (dice() % 2 == 0 ? 4 : span + 1)); };
  for (std::size_t row = 0; row < rows; ++row) {
    std::int64_t low = number(), high = low;
    State state = 0;
    if (row >= kBlock && dice() % 3 == 0) {
      high = dice() % 2 == 0 ? greatest : number();
      if (low > high) std::swap(low, high);
      if (low != high) state = static_cast<State>(1 + dice() % 15);
    }
    if (row >= 2 * kBlock && state != 0) {
      const State more[] = {0, kMayNotApply, kNoLow, kNoHigh, kOpen, kMayNotApply | kNoLow};
      state = dice() % 5 == 0 ? kNotApplicable : static_cast<State>(state | more[dice() % 6]);
      if ((state & (kNotApplicable | kNoLow)) != 0) low = least;
      if ((state & (kNotApplicable | kNoHigh)) != 0) high = least;
    }
    made.low.set(row, low), made.high.set(row, high), made.state[row] = state;
  }
  summarise(made);
  return made;
}

void run_blocks(Blocks blocks, bool in_lanes, std::size_t rows, std::vector<Column>& columns) {
  if (in_lanes) {
    narrow(blocks, columns);
    allocate(blocks);
    CHECK(blocks.numbers == 1);  // loaded for nobody but the sum
  }
  Registers registers;
  for (std::uint32_t i = 0; i < blocks.numbers; ++i) registers.numbers.push_back(std::make_unique<NumberRegister>());
  for (std::uint32_t i = 0; i < blocks.conditions; ++i)
    registers.conditions.push_back(std::make_unique<ConditionRegister>());
  const std::vector<std::vector<std::uint32_t>> indices;
  for (std::size_t begin = 0; begin < rows; begin += kBlock) {
    BlockAt at{columns, indices, registers, begin, std::min(kBlock, rows - begin)};
    for (const columns::Step& step : blocks.steps) std::visit([&](const auto& one) { run(one, at); }, step);
  }
}

void check_same(std::int64_t least, std::int64_t greatest, std::size_t members, std::uint64_t seed) {
  INFO(least << " to " << greatest << ", " << members << " of them, seed " << seed);
  std::mt19937_64 dice(seed);
  const std::size_t rows = 3 * kBlock + 100;
  std::vector<Column> columns;
  Blocks blocks{KindId{0}, {}, 0, 0, 0};
  SumOf sum{{}, 0};
  for (std::size_t m = 0; m < members; ++m) {
    columns.emplace_back(draw(rows, least, greatest, dice));
    blocks.steps.push_back(LoadNumber{static_cast<ColumnId>(m), std::nullopt, blocks.numbers});
    sum.members.push_back(blocks.numbers++);
  }
  sum.out = blocks.numbers++;
  const auto most = static_cast<std::int64_t>(members);
  columns.emplace_back(room(rows, std::min(least * most, least), greatest * most));
  blocks.steps.push_back(sum);
  blocks.steps.push_back(StoreNumber{sum.out, static_cast<ColumnId>(members)});
  const auto ask = [&](auto step) {
    step.out = blocks.conditions++;
    blocks.steps.push_back(step);
    blocks.steps.push_back(StoreCondition{step.out, static_cast<ColumnId>(columns.size())});
    columns.emplace_back(ConditionColumn{std::vector<Condition>(rows)});
  };
  for (const std::int64_t constant : {least - 1, least, least + 1, (least + greatest) / 2, greatest, greatest + 1,
                                      least + 256, least - 70'000, greatest + (std::int64_t{1} << 33)}) {
    ask(AtLeast{0, constant, 0});
    ask(EqualTo{0, constant, true, 0});
  }
  std::vector<Column> in_lanes = columns;
  run_blocks(blocks, false, rows, columns);
  run_blocks(blocks, true, rows, in_lanes);
  for (std::size_t i = members; i < columns.size(); ++i) {
    INFO("column " << i);
    if (const auto* cells = std::get_if<ConditionColumn>(&columns[i])) {
      CHECK(cells->cells == std::get<ConditionColumn>(in_lanes[i]).cells);
      continue;
    }
    const auto &one = std::get<NumberColumn>(columns[i]), &other = std::get<NumberColumn>(in_lanes[i]);
    CHECK(one.state == other.state);
    CHECK(one.block == other.block);
    for (std::size_t row = 0; row < rows; ++row) {
      if ((one.state[row] & kNotApplicable) != 0) continue;
      if ((one.state[row] & kNoLow) == 0 && one.low.at(row) != other.low.at(row)) FAIL("low of row " << row);
      if ((one.state[row] & kNoHigh) == 0 && one.high.at(row) != other.high.at(row)) FAIL("high of row " << row);
    }
  }
}

}  // namespace

TEST_CASE("lanes are compared and added as the numbers they stand for") {
  const std::pair<std::int64_t, std::int64_t> ranges[] = {{1, 4},      {0, 255},       {-128, 127}, {-3, 253},
                                                          {0, 65'535}, {-40'000, 900}, {7, 80'000}, {-5, 400'000'000}};
  std::uint64_t seed = 3;
  for (const auto& [least, greatest] : ranges)
    for (const std::size_t members : {1u, 2u, 9u}) check_same(least, greatest, members, ++seed);
  check_same(0, 255, 257, ++seed);
}
