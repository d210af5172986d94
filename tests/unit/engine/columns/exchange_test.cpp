// A block with some rows exchanged is, to the byte, the block that packing all rows as they are then gives: numbers of
// every width and of several places, dates, labels, conditions, open ends and what does not apply.
#include "engine/columns/exchange.h"

#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "dsl/check/check.h"
#include "engine/columns/world.h"

using namespace assay;
using namespace assay::columns;

namespace {

constexpr const char* kRules = R"(ruleset example.exchange
  title "Rules with an answer of each sort"
  owner "Assay"
  in force from 2020-04-01

kind council "Example council" plural councils
scale grade from worst to best
  low, middle, high
source returns title "Example returns"
evidence spend of council : whole
  title "Example spend"
  cite returns

define half of council : decimal
  title "Half"
  = spend / 2
  basis proposed "an example"
rating overall of council : grade
  title "Overall"
  from spend
    high    at 70 or more
    middle  at 45 to 69
    low     at 44 or less
  basis proposed "an example"
flag poor of council
  title "Poor"
  when spend is at most 3
  basis proposed "an example"
)";

Rulebook rulebook() {
  Sources sources;
  sources.add("example.assay", kRules);
  DiagnosticSink sink;
  Rulebook book = check(std::move(sources), sink);
  INFO(render(sink, book.sources));
  REQUIRE_FALSE(sink.has_errors());
  return book;
}

struct Drawn {
  Sort sort;
  int places;
  std::int64_t least, greatest;
};

using Dice = std::mt19937_64;
std::int64_t between(Dice& dice, std::int64_t least, std::int64_t greatest) {
  return std::uniform_int_distribution<std::int64_t>(least, greatest)(dice);
}

// Each row as its two ends and its state.
struct Rows {
  std::vector<std::int64_t> low, high;
  std::vector<State> state;
};

Rows draw(const Drawn& of, std::size_t rows, Dice& dice) {
  Rows out;
  for (std::size_t i = 0; i < rows; ++i) {
    std::int64_t low = between(dice, of.least, of.greatest), high = low;
    State state = 0;
    if (const auto kind = between(dice, 0, 9); kind < 3) {
      high = between(dice, low, of.greatest);
      state = static_cast<State>(between(dice, 1, 15));
      if (kind == 1) state = static_cast<State>(state | (between(dice, 0, 7) << 5));
      if (kind == 2) state = kNotApplicable;
    }
    out.low.push_back(low), out.high.push_back(high), out.state.push_back(state);
  }
  return out;
}

// In lanes of 10^-places, where the rows count 10^-`of`.
NumberColumn column_of(const Rows& rows, int of, int places) {
  std::int64_t unit = 1;
  for (int place = of; place < places; ++place) unit *= 10;
  NumberColumn column;
  column.places = places;
  column.least = *std::ranges::min_element(rows.low) * unit;
  column.greatest = *std::ranges::max_element(rows.high) * unit;
  column.low = column.high = Lanes::between(column.least, column.greatest, rows.low.size());
  for (std::size_t i = 0; i < rows.low.size(); ++i)
    column.low.set(i, rows.low[i] * unit), column.high.set(i, rows.high[i] * unit);
  column.state = rows.state;
  summarise(column);
  return column;
}

// The same as numbers of any width, and as places among those that occur.
WideColumn wide_of(const Rows& rows, int of) {
  WideColumn column;
  for (const std::int64_t low : rows.low) column.low.push_back(*Decimal::scaled(low, of));
  for (const std::int64_t high : rows.high) column.high.push_back(*Decimal::scaled(high, of));
  column.state = rows.state;
  for (const State state : rows.state) column.any = static_cast<State>(column.any | state);
  return column;
}
std::pair<NumberColumn, Meaning> listed_of(const Rows& rows, int of) {
  std::set<std::int64_t> values(rows.low.begin(), rows.low.end());
  values.insert(rows.high.begin(), rows.high.end());
  auto table = std::make_shared<std::vector<Decimal>>();
  for (const std::int64_t value : values) table->push_back(*Decimal::scaled(value, of));
  Rows places = rows;
  for (auto* ends : {&places.low, &places.high})
    for (std::int64_t& end : *ends) end = 7 + std::distance(values.begin(), values.find(end));
  return {column_of(places, 0, 0), {Sort::Numbers, 0, 7, table}};
}

Frame frame_of(std::size_t rows) {
  Frame frame;
  frame.rows = rows;
  frame.in_being.assign(rows, 1);
  return frame;
}

std::vector<std::uint32_t> subjects_of(std::size_t rows, Dice& dice) {
  std::vector<std::uint32_t> subjects;
  std::uint32_t next = 1;
  for (std::size_t i = 0; i < rows; ++i, next += static_cast<std::uint32_t>(between(dice, 1, 3)))
    subjects.push_back(next);
  return subjects;
}

template <class Cells>
void put(const Cells& some, Cells& all, std::size_t at) {
  std::copy(some.begin(), some.end(), all.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

TEST_CASE("rows exchanged in a block of numbers give the block of all rows") {
  const Rulebook book = rulebook();
  Dice dice(61);
  const Drawn kinds[] = {
      {Sort::Numbers, 0, -3, 90}, {Sort::Numbers, 2, 0, 70'000},    {Sort::Numbers, 3, -4'000'000'000, 4'000'000'000},
      {Sort::Numbers, 1, 5, 5},   {Sort::Dates, 0, 18'000, 21'000}, {Sort::Labels, 0, 0, 2}};
  for (int round = 0; round < 200; ++round) {
    const Drawn& of = kinds[static_cast<std::size_t>(round) % std::size(kinds)];
    const Rule& rule =
        book.rule(*book.find_rule(of.sort == Sort::Labels ? "example.exchange.overall" : "example.exchange.half"));
    const Answer answer{*book.find_rule(rule.name), {}, {of.sort, of.places, 0, nullptr}};
    const std::size_t count = round % 5 == 0 ? 9000 : static_cast<std::size_t>(between(dice, 1, 300));
    const auto subjects = subjects_of(count, dice);
    const Frame frame = frame_of(count);
    Rows rows = draw(of, count, dice);
    const auto before = pack({answer, frame, subjects, book}, column_of(rows, of.places, of.places));
    const auto block = static_cast<std::size_t>(between(dice, 0, static_cast<std::int64_t>(before.size()) - 1));
    const std::size_t first = block * kBlock, end = std::min(count, first + kBlock);
    const auto at =
        static_cast<std::size_t>(between(dice, static_cast<std::int64_t>(first), static_cast<std::int64_t>(end) - 1));
    const auto some =
        static_cast<std::size_t>(between(dice, 1, static_cast<std::int64_t>(std::min<std::size_t>(end - at, 5))));
    // Sometimes of other numbers, in lanes of more places, as a plan over few rows may have them.
    Drawn other = of;
    if (of.sort == Sort::Numbers && round % 3 == 0) other.least -= 1000, other.greatest += 100'000;
    const Rows now = draw(other, some, dice);
    const int places = of.sort == Sort::Numbers ? of.places + static_cast<int>(between(dice, 0, 4)) : of.places;
    put(now.low, rows.low, at), put(now.high, rows.high, at), put(now.state, rows.state, at);
    const auto expected = pack({answer, frame, subjects, book}, column_of(rows, of.places, of.places));
    const Frame few = frame_of(some);
    Column as = column_of(now, of.places, places);
    Answer by = answer;
    if (of.sort == Sort::Numbers && round % 4 == 1) as = wide_of(now, of.places);
    if (of.sort == Sort::Numbers && round % 4 == 2) std::tie(as, by.meaning) = listed_of(now, of.places);
    const auto made = exchange_rows(before[block], {by, few, std::span(subjects).subspan(at, some), book, at}, as);
    REQUIRE(made);
    REQUIRE(*made == expected[block]);
  }
}

TEST_CASE("rows exchanged in a block of conditions give the block of all rows") {
  const Rulebook book = rulebook();
  Dice dice(62);
  const Answer answer{*book.find_rule("example.exchange.poor"), {}, {}};
  const auto cell = [&] { return static_cast<Condition>(between(dice, 1, 7) | (between(dice, 0, 15) << kCauseShift)); };
  for (int round = 0; round < 50; ++round) {
    const std::size_t count = 5000, at = static_cast<std::size_t>(between(dice, 4096, 4990));
    const auto subjects = subjects_of(count, dice);
    const Frame frame = frame_of(count), few = frame_of(3);
    ConditionColumn all, some;
    for (std::size_t i = 0; i < count; ++i) all.cells.push_back(cell());
    const auto before = pack({answer, frame, subjects, book}, all);
    for (int i = 0; i < 3; ++i) some.cells.push_back(cell());
    put(some.cells, all.cells, at);
    const auto made = exchange_rows(before[1], {answer, few, std::span(subjects).subspan(at, 3), book, at}, some);
    REQUIRE(made);
    REQUIRE(*made == pack({answer, frame, subjects, book}, all)[1]);
  }
}

TEST_CASE("what these rows alone cannot tell is not told") {
  const Rulebook book = rulebook();
  Dice dice(63);
  const Drawn of{Sort::Numbers, 0, 0, 9};
  const Answer answer{*book.find_rule("example.exchange.half"), {}, {}};
  const auto subjects = subjects_of(20, dice);
  Frame frame = frame_of(20);
  const Rows rows = draw(of, 20, dice), now = draw(of, 2, dice);
  const Column column = column_of(rows, 0, 0), few = column_of(now, 0, 0);
  const Frame two = frame_of(2);
  const auto block = pack({answer, frame, subjects, book}, column).front();
  const auto made = [&](const std::string& of_block, const Frame& who, std::size_t first, const Column& as) {
    return exchange_rows(of_block, {answer, who, std::span(subjects).subspan(0, who.rows), book, first}, as)
        .has_value();
  };
  CHECK(made(block, two, 18, few));
  CHECK_FALSE(made(block, two, 19, few));                             // not all in the block
  CHECK_FALSE(made(block.substr(0, block.size() - 1), two, 3, few));  // torn
  CHECK_FALSE(made(block, two, 3, ConditionColumn{{kYes, kYes}}));    // another sort
  const Decimal third = *Decimal::parse("0.333333333333333333333333");
  CHECK(made(block, two, 3, WideColumn{{{}, {}}, {{}, {}}, {0, 0}}));
  CHECK_FALSE(made(block, two, 3, WideColumn{{{}, third}, {{}, third}, {0, 0}}));  // not plain
  Frame gone = two;
  gone.in_being[1] = 0;
  CHECK_FALSE(made(block, gone, 3, few));
  frame.in_being[7] = 0;  // of that row the block keeps nothing
  CHECK_FALSE(made(pack({answer, frame, subjects, book}, column).front(), two, 3, few));
}

// The bytes of a block follow from what its rows say, and not from the columns of the plan.
TEST_CASE("plain numbers are packed alike, however a plan held them") {
  const Rulebook book = rulebook();
  Dice dice(64);
  for (int round = 0; round < 20; ++round) {
    const Drawn of{Sort::Numbers, round % 4, 0, round % 2 == 0 ? 100 : 1'000'000};
    const Answer answer{*book.find_rule("example.exchange.half"), {}, {of.sort, of.places, 0, nullptr}};
    const auto subjects = subjects_of(5000, dice);
    const Frame frame = frame_of(5000);
    const Rows rows = draw(of, 5000, dice);
    const auto plain = pack({answer, frame, subjects, book}, column_of(rows, of.places, of.places));
    CHECK(pack({answer, frame, subjects, book}, wide_of(rows, of.places)) == plain);
    const auto [column, meaning] = listed_of(rows, of.places);
    CHECK(pack({{answer.rule, {}, meaning}, frame, subjects, book}, column) == plain);
  }
}
