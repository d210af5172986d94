// Conditions put together: sets of what each could be (docs/language.md 4.2), and counts of them (4.6).
#include <algorithm>
#include <array>

#include "engine/columns/kernels.h"
#include "engine/columns/steps.h"
#include "evidence/core/check.h"

namespace assay::columns {

namespace {

Condition* cells(BlockAt& at, Reg reg) { return at.registers.conditions[reg]->cells.data(); }

Condition at_least(std::uint32_t k, std::uint32_t yes, std::uint32_t open) {
  return yes >= k ? kYes : yes + open < k ? kNo : kUnknown;
}

Condition flipped(Condition set) { return set == kYes ? kNo : set == kNo ? kYes : set; }

}  // namespace

Condition holds(ast::Quantity quantity, std::uint32_t k, std::uint32_t yes, std::uint32_t open, std::uint32_t no) {
  switch (quantity) {
    case ast::Quantity::Any:
      return at_least(1, yes, open);
    case ast::Quantity::AtLeast:
      return at_least(k, yes, open);
    case ast::Quantity::None:
      return flipped(at_least(1, yes, open));
    case ast::Quantity::AtMost:
      return flipped(at_least(k + 1, yes, open));
    case ast::Quantity::Exactly: {
      const Condition enough = at_least(k, yes, open), not_more = flipped(at_least(k + 1, yes, open));
      return enough == kNo || not_more == kNo ? kNo : enough == kYes && not_more == kYes ? kYes : kUnknown;
    }
    case ast::Quantity::All:
      return no > 0 ? kNo : open > 0 ? kUnknown : kYes;
  }
  return kUnknown;
}

void run(const And& step, BlockAt& at) {
  kernels().both(cells(at, step.a), cells(at, step.b), cells(at, step.out), at.count);
}

void run(const Or& step, BlockAt& at) {
  kernels().either(cells(at, step.a), cells(at, step.b), cells(at, step.out), at.count);
}

void run(const Negation& step, BlockAt& at) { kernels().opposite(cells(at, step.a), cells(at, step.out), at.count); }

void run(const TestCondition& step, BlockAt& at) {
  const Condition* a = cells(at, step.a);
  Condition* out = cells(at, step.out);
  for (std::size_t i = 0; i < at.count; ++i) {
    const bool open = is_open(a[i]), applies = (a[i] & kSet) != kNoAnswer;
    const bool yes = step.test == Presence::Known ? applies && !open : step.test == Presence::Unknown ? open : applies;
    out[i] = yes ? kYes : kNo;
  }
}

// A flag that does not apply is not raised, and is clear; one that may not apply is so too if it cannot be raised.
void run(const RaisedOrClear& step, BlockAt& at) {
  const Condition* a = cells(at, step.a);
  Condition* out = cells(at, step.out);
  for (std::size_t i = 0; i < at.count; ++i) {
    const bool none = (a[i] & kNoAnswer) != 0, never = none && (a[i] & kYes) == 0;
    out[i] = never ? kNo : none ? static_cast<Condition>(kUnknown | (a[i] & 0xf0u)) : a[i];
  }
  if (step.clear) kernels().opposite(out, out, at.count);
}

// An excuse that does not apply excuses nothing; a condition that does not apply leaves nothing to excuse, and one that
// may not apply leaves the flag so.
void run(const FlagUnless& step, BlockAt& at) {
  alignas(64) std::array<Condition, kBlock + 64> applied;
  const Condition* when = cells(at, step.when);
  for (std::size_t i = 0; i < at.count; ++i) {
    const auto set = static_cast<Condition>(when[i] & (kNo | kYes));
    applied[i] = is_open(set) ? static_cast<Condition>(set | (when[i] & 0xf0u)) : set == 0 ? kNoAnswer : set;
  }
  run(Negation{step.unless, step.out}, at);
  Condition* out = cells(at, step.out);
  kernels().both(applied.data(), out, out, at.count);
  for (std::size_t i = 0; i < at.count; ++i) {
    if (when[i] == kNoAnswer || when[i] == kNo)
      out[i] = when[i];
    else if ((when[i] & kNoAnswer) != 0)
      out[i] = static_cast<Condition>((is_open(out[i]) ? out[i] : out[i] & kSet) | kNoAnswer | (when[i] & 0xf0u));
  }
}

void run(const Tally& step, BlockAt& at) {
  alignas(64) std::array<std::uint8_t, kBlock + 64> yes, open;
  alignas(64) std::array<Condition, kBlock + 64> causes;
  std::fill_n(yes.data(), at.count, std::uint8_t{0});
  std::fill_n(open.data(), at.count, std::uint8_t{0});
  std::fill_n(causes.data(), at.count, Condition{0});
  for (const Reg member : step.members)
    kernels().tally(cells(at, member), yes.data(), open.data(), causes.data(), at.count);
  if (!step.quantity) {
    NumberRegister& out = *at.registers.numbers[step.out];
    State any = 0;
    const auto applies = [&](Reg member, std::size_t i) { return (cells(at, member)[i] & kSet) != kNoAnswer; };
    for (std::size_t i = 0; i < at.count; ++i) {
      out.low[i] = yes[i];
      out.high[i] = yes[i] + open[i];
      const bool none = out.high[i] == 0 && step.may_not_apply &&
                        std::ranges::none_of(step.members, [&](Reg member) { return applies(member, i); });
      out.state[i] = none ? kNotApplicable : static_cast<State>(open[i] != 0 ? causes[i] >> kCauseShift : 0);
      any = static_cast<State>(any | out.state[i]);
    }
    out.any = any;
    return;
  }
  Condition* out = cells(at, step.out);
  for (std::size_t i = 0; i < at.count; ++i) {
    std::uint32_t no = 0, none = 0;
    for (const Reg member : step.members) {
      const Condition set = cells(at, member)[i] & kSet;
      no += set == kNo ? 1u : 0u;
      none += set == kNoAnswer ? 1u : 0u;
    }
    const Condition answer = holds(*step.quantity, step.count, yes[i], open[i], no);
    if (none == step.members.size())
      out[i] = kNoAnswer;
    else
      out[i] = static_cast<Condition>(is_open(answer) ? answer | causes[i] : answer);
  }
}

void run(const ChooseCondition& step, BlockAt& at) {
  const Condition *condition = cells(at, step.condition), *yes = cells(at, step.yes), *no = cells(at, step.no);
  Condition* out = cells(at, step.out);
  for (std::size_t i = 0; i < at.count; ++i) {
    if ((condition[i] & kSet) == kYes) {
      out[i] = yes[i];
    } else if ((condition[i] & kYes) == 0) {
      out[i] = no[i];
    } else {
      const auto set = static_cast<Condition>((yes[i] | no[i]) & kSet);
      const unsigned causes = (yes[i] | no[i] | condition[i]) & 0xf0u;
      out[i] = static_cast<Condition>(is_open(set) ? set | causes : set);
    }
  }
}

}  // namespace assay::columns
