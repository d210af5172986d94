// The block becomes a column again, its rows are exchanged, and it is packed like any other. Plain numbers are packed
// as such whatever column they stood in.
#include "engine/columns/exchange.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "engine/columns/packed.h"
#include "engine/columns/world.h"

namespace assay::columns {

namespace {

bool has(State state, State none) { return (state & (kNotApplicable | none)) == 0; }

// Ends as counts of 10^-places; what stands where there is none says nothing.
struct Ends {
  std::vector<State> state;
  std::vector<std::int64_t> low, high;
  int places = 0;
};

// end(i, high): the end that row i has there; false where it does not fit.
template <class End>
bool each_end(Ends& ends, End end) {
  ends.low.resize(ends.state.size()), ends.high.resize(ends.state.size());
  for (std::size_t i = 0; i < ends.state.size(); ++i) {
    if (has(ends.state[i], kNoLow) && !end(i, false, ends.low[i])) return false;
    if (has(ends.state[i], kNoHigh) && !end(i, true, ends.high[i])) return false;
  }
  return true;
}

// value(i, high): plain, or in no lane at all.
template <class Named>
std::optional<Ends> ends_of_named(const std::vector<State>& states, Named value) {
  for (int places = 0; places <= kPlainPlaces; ++places) {
    Ends ends{states, {}, {}, places};
    const auto end = [&](std::size_t i, bool high, std::int64_t& into) {
      const auto found = lane(Value(value(i, high)), places);
      into = found.value_or(0);
      return found.has_value();
    };
    if (each_end(ends, end)) return ends;
  }
  return std::nullopt;
}

std::optional<Ends> ends_of(const Column& column, const Meaning& meaning) {
  if (const auto* const wide = std::get_if<WideColumn>(&column))
    return ends_of_named(wide->state, [&](std::size_t i, bool high) { return (high ? wide->high : wide->low)[i]; });
  const auto* const numbers = std::get_if<NumberColumn>(&column);
  if (numbers == nullptr) return std::nullopt;
  const auto lane_of = [&](std::size_t i, bool high) { return (high ? numbers->high : numbers->low).at(i); };
  if (meaning.table) {
    return ends_of_named(numbers->state, [&](std::size_t i, bool high) {
      return (*meaning.table)[static_cast<std::size_t>(lane_of(i, high) - meaning.least)];
    });
  }
  Ends ends{numbers->state, {}, {}, numbers->places};
  each_end(ends, [&](std::size_t i, bool high, std::int64_t& into) { return into = lane_of(i, high), true; });
  return ends;
}

bool to_places(Ends& ends, int places) {
  std::int64_t unit = 1;
  for (int place = ends.places; place < places; ++place)
    if (__builtin_mul_overflow(unit, std::int64_t{10}, &unit)) return false;
  const Ends before = std::exchange(ends, {ends.state, {}, {}, places});
  return each_end(ends, [&](std::size_t i, bool high, std::int64_t& into) {
    return !__builtin_mul_overflow((high ? before.high : before.low)[i], unit, &into);
  });
}

NumberColumn column_of(Ends ends) {
  NumberColumn column;
  column.places = ends.places;
  std::int64_t least = std::numeric_limits<std::int64_t>::max(), greatest = std::numeric_limits<std::int64_t>::min();
  const auto each = [&](auto visit) {
    for (std::size_t i = 0; i < ends.state.size(); ++i) {
      if (has(ends.state[i], kNoLow)) visit(column.low, i, ends.low[i]);
      if (has(ends.state[i], kNoHigh)) visit(column.high, i, ends.high[i]);
    }
  };
  each(
      [&](Lanes&, std::size_t, std::int64_t end) { least = std::min(least, end), greatest = std::max(greatest, end); });
  if (least > greatest) least = greatest = 0;
  column.least = least, column.greatest = greatest;
  column.low = column.high = Lanes::between(least, greatest, ends.state.size());
  each([](Lanes& lanes, std::size_t i, std::int64_t end) { lanes.set(i, end); });
  column.state = std::move(ends.state);
  summarise(column);
  return column;
}

template <class Cells>
void put(const Cells& some, Cells& all, std::size_t at) {
  std::copy(some.begin(), some.end(), all.begin() + static_cast<std::ptrdiff_t>(at));
}

// Where what comes in has a place in the lanes as they stand. False, and nothing is changed, where some has not.
bool exchange_in_place(NumberColumn& into, const NumberColumn& from, std::size_t at) {
  const auto fits = [&](const Lanes& lanes, std::size_t i, State none) {
    return !has(from.state[i], none) || (lanes.at(i) >= into.least && lanes.at(i) <= into.greatest);
  };
  for (std::size_t i = 0; i < from.state.size(); ++i)
    if (!fits(from.low, i, kNoLow) || !fits(from.high, i, kNoHigh)) return false;
  for (std::size_t i = 0; i < from.state.size(); ++i) {
    into.low.set(at + i, has(from.state[i], kNoLow) ? from.low.at(i) : into.low.base);
    into.high.set(at + i, has(from.state[i], kNoHigh) ? from.high.at(i) : into.high.base);
  }
  put(from.state, into.state, at);
  summarise(into);
  return true;
}

bool exchange(Given& into, const Answer& answer, const Column& from, std::size_t at) {
  if (auto* const conditions = std::get_if<ConditionColumn>(&into.column)) {
    const auto* const others = std::get_if<ConditionColumn>(&from);
    if (others != nullptr) put(others->cells, conditions->cells, at);
    return others != nullptr;
  }
  if (into.meaning.sort != answer.meaning.sort) return false;
  auto* const held = std::get_if<NumberColumn>(&into.column);
  const auto* const numbers = std::get_if<NumberColumn>(&from);
  if (held && numbers && !into.meaning.table && !answer.meaning.table && held->places == numbers->places &&
      exchange_in_place(*held, *numbers, at))
    return true;
  auto ends = ends_of(into.column, into.meaning), others = ends_of(from, answer.meaning);
  if (!ends || !others) return false;
  const int places = std::max(ends->places, others->places);
  if (!to_places(*ends, places) || !to_places(*others, places)) return false;
  put(others->low, ends->low, at), put(others->high, ends->high, at), put(others->state, ends->state, at);
  into = Given{column_of(std::move(*ends)), {answer.meaning.sort, places, 0, nullptr}};
  return true;
}

}  // namespace

std::optional<std::string> exchange_rows(const std::string& block, const PackAsked& asked, const Column& column) {
  const auto extent = extent_of(block);
  const std::size_t some = asked.frame.rows;
  if (!extent || asked.first < extent->first || asked.first + some > extent->first + extent->rows ||
      std::ranges::count(asked.frame.in_being, 1) != static_cast<std::ptrdiff_t>(some))
    return std::nullopt;
  auto held = unpack_all({&block, 1});
  if (!held || !exchange(*held, asked.answer, column, asked.first - extent->first)) return std::nullopt;
  Frame frame;
  frame.rows = extent->rows;
  frame.in_being.assign(frame.rows, 1);
  std::vector<std::uint32_t> subjects(frame.rows, extent->subject_low);  // of those between nothing is said
  subjects.back() = extent->subject_high;
  const Answer answer{asked.answer.rule, asked.answer.column, held->meaning};
  return std::move(pack({answer, frame, subjects, asked.rulebook, extent->first}, held->column).front());
}

}  // namespace assay::columns
