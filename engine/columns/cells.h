// One number at a time, by the clauses of engine/eval on cells: the way that every case is right, taken where a block
// holds what the loops do not know (a number that does not apply, or may not), and for numbers wider than 64 bits.
// Private to engine/columns.
#pragma once

#include <algorithm>
#include <compare>
#include <optional>

#include "engine/columns/lanes.h"

namespace assay::columns {

template <class Lane>
struct Number {
  Lane low{}, high{};
  State state = 0;
  bool applies() const { return (state & kNotApplicable) == 0; }
  bool unknown() const { return (state & kCauses) != 0; }
  bool known() const { return state == 0; }
};

inline std::strong_ordering compare(std::int64_t a, std::int64_t b) { return a <=> b; }
inline std::strong_ordering compare(Decimal a, Decimal b) { return a.compare(b); }

template <class Lane>
Number<Lane> does_not_apply() {
  return {{}, {}, kNotApplicable};
}

// An unknown whose ends have met is known.
template <class Lane>
void settle(Number<Lane>& number) {
  if ((number.state & kCauses) == 0 || (number.state & (kMayNotApply | kOpen)) != 0) return;
  if (compare(number.low, number.high) != 0) return;
  number.high = number.low;
  number.state = 0;
}

// The smallest range that holds both, unknown for the causes of both and for `causes`, unless it is one value; without
// an end that one of them has not.
template <class Lane>
Number<Lane> hull(const Number<Lane>& a, const Number<Lane>& b, State causes = 0) {
  if (!a.applies() && !b.applies()) return a;
  Number<Lane> out = a.applies() ? a : b;
  auto state = static_cast<State>(((a.state | b.state) & (kCauses | kMayNotApply)) | causes);
  if (!a.applies() || !b.applies()) {
    out.state = static_cast<State>(state | kMayNotApply | (out.state & kOpen));
    return out;
  }
  const auto open = static_cast<State>((a.state | b.state) & kOpen);
  out.low = compare(a.low, b.low) <= 0 ? a.low : b.low;
  out.high = compare(a.high, b.high) >= 0 ? a.high : b.high;
  out.state = static_cast<State>(state | open);
  if ((out.state & (kMayNotApply | kOpen)) == 0 && compare(out.low, out.high) == 0) {
    out.high = out.low;
    out.state = 0;
  }
  return out;
}

// `yes` where the condition holds, `no` where it cannot hold (it is no, does not apply, or is one of the two), the hull
// of both where it may.
template <class Lane>
Number<Lane> choose(Condition condition, const Number<Lane>& yes, const Number<Lane>& no) {
  if ((condition & kSet) == kYes) return yes;
  if ((condition & kYes) == 0) return no;
  return hull(yes, no, static_cast<State>(condition >> kCauseShift));
}

// The first that is known; else the hull of all.
template <class Lane>
Number<Lane> first_known(const Number<Lane>* operands, std::size_t count) {
  Number<Lane> open = operands[0];
  for (std::size_t i = 0; i < count; ++i) {
    if (operands[i].known()) return operands[i];
    if (i > 0) open = hull(open, operands[i]);
  }
  return open;
}

// What two operands leave to what is made of them: causes, openness, and that it may not apply.
template <class Lane>
State left_by(const Number<Lane>& a, const Number<Lane>& b) {
  return static_cast<State>((a.state | b.state) & (kCauses | kMayNotApply));
}

}  // namespace assay::columns
