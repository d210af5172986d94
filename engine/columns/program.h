// A plan of steps over blocks of subjects, made from rules by compile.h. Each step writes a register or a column.
// Private to engine/columns.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dsl/check/rulebook.h"
#include "engine/columns/lanes.h"

namespace assay::columns {

using ColumnId = std::uint32_t;  // in Program::columns
using Reg = std::uint32_t;       // of its sort: numbers, wides and conditions are counted apart
using Index = std::uint32_t;     // in Program::indices: for each row of a frame, a row of another

// ---- Steps. `out` is the register written.
struct LoadNumber { ColumnId column; std::optional<Index> through; Reg out; };
struct LoadWide { ColumnId column; std::optional<Index> through; Reg out; };
struct LoadCondition { ColumnId column; std::optional<Index> through; Reg out; };
struct FillNumber { std::int64_t value; Reg out; };
struct FillCondition { Condition value; Reg out; };
struct FillWide { Decimal value; Reg out; };
// a + b, a - b; of one place.
struct Add { Reg a, b, out; };
struct Subtract { Reg a, b, out; };
struct AddConstant { Reg a; std::int64_t constant; Reg out; };
struct Multiply { Reg a, b, out; };                            // fits by its range
// A negative factor exchanges the ends. Of a product that is open at one end the other is not known either.
struct MultiplyConstant { Reg a; std::int64_t factor; bool product; Reg out; };
// A function of one number with few inputs, worked out beforehand by the arithmetic of cells: never descending.
struct Lookup { Reg a; std::int64_t least; std::shared_ptr<const std::vector<std::int64_t>> table; Reg out; };
struct Widen { Reg a; int places; Reg out; };
struct WidenByTable { Reg a; std::int64_t least; std::shared_ptr<const std::vector<Decimal>> table; Reg out; };
struct AddWide { Reg a, b; bool subtract; Reg out; };
struct NegateWide { Reg a, out; };
struct RunWide { std::vector<Reg> factors, divisors; Reg out; };  // multiplies, then divides once
struct RoundWide { Reg a; Rounding rounding; int places; Reg out; };
// What a rule declares of itself (docs/language.md 3.7): a known number outside of it is not known, and lies within.
// `open`: of the two ends those that are not declared.
struct Limit { Reg a; std::int64_t low, high; State open; Reg out; };
struct LimitWide { Reg a; std::optional<Decimal> low, high; Reg out; };
struct TakeRange { Reg a, out; };  // of a choice, which has none
struct NegateDates { Reg a; std::int64_t today; Reg out; };  // days since
struct Bands {  // code of the band: how many thresholds a number reaches; `descending`: last band first
  Reg a; std::vector<std::int64_t> thresholds; bool descending; Reg out;
};
struct BandsWide { Reg a; std::vector<Decimal> thresholds; bool descending; Reg out; };
struct AtLeast { Reg a; std::int64_t constant; Reg out; };
struct AtLeastOf { Reg a, b, out; };  // a is at least b
struct EqualTo { Reg a; std::int64_t constant; bool ordered; Reg out; };
// The same of a column of narrow lanes as it stands (narrow.h).
struct AtLeastInColumn { ColumnId column; std::int64_t constant; Reg out; };
struct EqualInColumn { ColumnId column; std::int64_t constant; Reg out; };
// Is it what lies just below that lane, between two? Never; open while it may lie on either side.
struct FallBetween { Reg a; std::int64_t constant; Reg out; };
struct EqualOf { Reg a, b; bool ordered; Reg out; };
enum class WideTest { AtLeast, Equal };
struct CompareWide { Reg a, b; WideTest test; Reg out; };
enum class Presence { Known, Unknown, Applicable };
struct TestNumber { Reg a; Presence test; Reg out; };
struct TestWide { Reg a; Presence test; Reg out; };
struct TestCondition { Reg a; Presence test; Reg out; };
struct RaisedOrClear { Reg a; bool clear; Reg out; };
struct And { Reg a, b, out; };
struct Or { Reg a, b, out; };
struct Negation { Reg a, out; };
struct FlagUnless { Reg when, unless, out; };
// Of conditions, those that do not apply left out: does the quantity hold, or without one how many are yes.
// `may_not_apply`: some of them may not.
struct Tally {
  std::vector<Reg> members;
  std::optional<ast::Quantity> quantity;
  std::uint32_t count;
  bool may_not_apply;
  Reg out;
};
struct SumOf { std::vector<Reg> members; Reg out; };            // those that do not apply are left out
// `bytes`: 2 or 4, as many as every sum fits, less the bases.
struct SumOfColumns { std::vector<ColumnId> members; int bytes; Reg out; };
enum class Extreme { Lowest, Highest };
struct ExtremeOf { std::vector<Reg> members; Extreme which; Reg out; };
struct ChooseNumber { Reg condition, yes, no, out; };
struct ChooseWide { Reg condition, yes, no, out; };
struct ChooseCondition { Reg condition, yes, no, out; };
struct FirstKnownNumber { std::vector<Reg> operands; Reg out; };
struct StoreNumber { Reg a; ColumnId column; };
struct StoreWide { Reg a; ColumnId column; };
struct StoreCondition { Reg a; ColumnId column; };

using Step = std::variant<LoadNumber, LoadWide, LoadCondition, FillNumber, FillCondition, FillWide, Add, Subtract,
                          AddConstant, Multiply, MultiplyConstant, Lookup, Widen, WidenByTable, AddWide, NegateWide,
                          RunWide, RoundWide, Limit, LimitWide, TakeRange, NegateDates, Bands, BandsWide, AtLeast,
                          AtLeastOf, EqualTo, AtLeastInColumn, EqualInColumn, FallBetween, EqualOf, CompareWide,
                          TestNumber, TestWide, TestCondition, RaisedOrClear, And, Or, Negation, FlagUnless, Tally,
                          SumOf, SumOfColumns, ExtremeOf, ChooseNumber, ChooseWide, ChooseCondition, FirstKnownNumber,
                          StoreNumber, StoreWide, StoreCondition>;

// Steps over every row of a frame: the subjects of a kind, or the links of a relation.
struct Blocks {
  KindId frame;
  std::vector<Step> steps;
  std::uint32_t numbers = 0, wides = 0, conditions = 0;  // registers of each sort
};

// Of the members that each anchor reaches by one hop, reduced to a column of the anchors.
struct Reduce {
  Hop hop;
  bool others = false;
  std::optional<ColumnId> where;  // conditions of the links: does the member count
  std::optional<ColumnId> value;  // of the links: numbers or conditions; none: the members themselves
  std::variant<ast::AggregateOp, ast::Quantity> what;
  std::uint32_t count = 0;  // of a quantity
  bool ignoring_missing = false;
  std::uint32_t demand = 0;  // links that each anchor has at the least
  ColumnId out;
};

// A subject's place among those of its kind in being, or among those of them alike in one column.
struct Place {
  KindId frame;
  ColumnId value;
  std::optional<ColumnId> alike;
  ast::PositionOp op;
  bool lower_first = true;
  ast::Ties ties = ast::Ties::Best;
  bool ignoring_missing = false;
  ColumnId out;
};

using Stage = std::variant<Blocks, Reduce, Place>;

}  // namespace assay::columns
