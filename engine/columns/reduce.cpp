// What is asked of the members that each anchor reaches by its links (docs/language.md 4.6), anchor by anchor in the
// order of their rows, so that the answers do not depend on how many threads there are.
#include "engine/columns/reduce.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>

#include "engine/columns/cells.h"
#include "engine/columns/steps.h"
#include "engine/columns/sums.h"
#include "engine/eval/totals.h"
#include "evidence/core/check.h"

namespace assay::columns {

namespace {

using N = Number<std::int64_t>;

// One member: does it count, and what does it say.
struct Asked {
  Condition where = kYes;
  Condition condition = kYes;
  N number;
  bool applies = true;
  bool left_out = false;
};

class Reduction {
 public:
  Reduction(const Reduce& stage, const std::vector<Column>& columns)
      : stage_(stage),
        where_(stage.where ? &std::get<ConditionColumn>(columns[*stage.where]) : nullptr),
        conditions_(stage.value ? std::get_if<ConditionColumn>(&columns[*stage.value]) : nullptr),
        numbers_(stage.value ? std::get_if<NumberColumn>(&columns[*stage.value]) : nullptr) {}

  Asked member(std::uint32_t link) const;
  Asked unnamed() const;
  bool of_numbers() const { return numbers_ != nullptr; }

 private:
  const Reduce& stage_;
  const ConditionColumn* where_;
  const ConditionColumn* conditions_;
  const NumberColumn* numbers_;
};

Asked Reduction::member(std::uint32_t link) const {
  Asked out;
  if (where_) out.where = where_->cells[link];
  // A `where` that cannot be yes is no; one that may not apply may not count.
  if ((out.where & kYes) == 0)
    out.where = kNo;
  else if ((out.where & kNoAnswer) != 0)
    out.where = static_cast<Condition>(kUnknown | (out.where & 0xf0u));
  State causes = is_open(out.where) ? static_cast<State>(out.where >> kCauseShift) : State{0};
  bool open = is_open(out.where);
  if (numbers_) {
    out.number = {numbers_->low.at(link), numbers_->high.at(link), numbers_->state[link]};
    out.applies = out.number.applies();
    open = open || out.number.unknown();
    causes = static_cast<State>(causes | (out.number.state & kCauses));
  } else {
    if (conditions_) out.condition = conditions_->cells[link];
    out.applies = (out.condition & kSet) != kNoAnswer;
    open = open || is_open(out.condition);
    if (is_open(out.condition)) causes = static_cast<State>(causes | out.condition >> kCauseShift);
  }
  out.left_out = !out.applies || (out.where & kSet) == kNo;
  if (stage_.ignoring_missing && open && (causes & ~kMissing) == 0) out.left_out = true;
  return out;
}

// One that should be there and is not held.
Asked Reduction::unnamed() const {
  Asked out;
  out.where = static_cast<Condition>(kUnknown | kMissing << kCauseShift);
  if (numbers_)
    out.number = {0, 0, kMissing | kOpen};
  else
    out.condition = out.where;
  out.left_out = stage_.ignoring_missing;
  return out;
}

bool is_yes(Condition cell) { return (cell & kSet) == kYes; }
bool is_no(Condition cell) { return (cell & kSet) == kNo; }
State causes_of(Condition cell) { return is_open(cell) ? static_cast<State>(cell >> kCauseShift) : State{0}; }

// Why it is not known whether it counts, or what it says.
State causes_of(const Asked& one) {
  return static_cast<State>((one.number.state & kCauses) | causes_of(one.where) | causes_of(one.condition));
}

struct Counts {
  std::uint32_t yes = 0, open = 0, no = 0;
  State causes = 0;
};

Counts count(const std::vector<Asked>& members, bool for_all) {
  Counts out;
  for (const Asked& one : members) {
    if (one.left_out) continue;
    const Condition where = one.where, holds = one.condition;
    const bool yes = for_all ? is_no(where) || is_yes(holds) : is_yes(where) && is_yes(holds);
    const bool no = for_all ? is_yes(where) && is_no(holds) : is_no(where) || is_no(holds);
    if (yes)
      ++out.yes;
    else if (no)
      ++out.no;
    else {
      ++out.open;
      out.causes = static_cast<State>(out.causes | causes_of(one));
    }
  }
  return out;
}

// Of those that count, or may, none applies.
bool all_do_not_apply(const std::vector<Asked>& members) {
  bool any = false;
  for (const Asked& one : members) {
    if (is_no(one.where)) continue;
    if (one.applies) return false;
    any = true;
  }
  return any;
}

// Missing ones were passed over, and none is left: unknown, because of them; 0 where that is not so.
State nobody_is_left(const std::vector<Asked>& members) {
  State causes = 0;
  for (const Asked& one : members) {
    if (!one.left_out) return 0;
    if (one.applies && !is_no(one.where)) causes = static_cast<State>(causes | causes_of(one));
  }
  return causes;
}

Condition quantified(ast::Quantity quantity, std::uint32_t count_asked, const std::vector<Asked>& members) {
  if (all_do_not_apply(members)) return kNoAnswer;
  if (const State causes = nobody_is_left(members); causes != 0)
    return static_cast<Condition>(kUnknown | causes << kCauseShift);
  const Counts counts = count(members, quantity == ast::Quantity::All);
  const Condition cell = holds(quantity, count_asked, counts.yes, counts.open, counts.no);
  return static_cast<Condition>(is_open(cell) ? cell | counts.causes << kCauseShift : cell);
}

N counted(const std::vector<Asked>& members) {
  if (all_do_not_apply(members)) return does_not_apply<std::int64_t>();
  if (const State causes = nobody_is_left(members); causes != 0) return {0, 0, static_cast<State>(causes | kOpen)};
  const Counts counts = count(members, false);
  return {counts.yes, counts.yes + counts.open, counts.open > 0 ? counts.causes : State{0}};
}

// What an aggregate of numbers comes to, in the lanes of its members; of an average the sums, and of how many.
struct Total {
  N number;
  std::int64_t divisor = 1;
};

bool is_optional(const Asked& one) { return is_open(one.where) || (one.number.state & kMayNotApply) != 0; }

// Nobody is left: unknown where some were passed over for being missing; a sum of none is 0; else it does not apply.
N of_nobody(const std::vector<Asked>& members, bool sum) {
  if (const State causes = nobody_is_left(members); causes != 0) return {0, 0, static_cast<State>(causes | kOpen)};
  const bool all_apply = std::ranges::all_of(members, [](const Asked& one) { return one.applies || is_no(one.where); });
  return sum && all_apply ? N{0, 0, 0} : does_not_apply<std::int64_t>();
}

// Of none that applies there is no sum: so where nobody surely counts and somebody may not apply.
bool may_have_no_sum(const std::vector<Asked>& members) {
  bool any_out = false;
  for (const Asked& one : members) {
    if (!one.left_out && !is_optional(one)) return false;
    if (is_no(one.where)) continue;
    any_out = any_out || !one.applies || (!one.left_out && (one.number.state & kMayNotApply) != 0);
  }
  return any_out;
}

// Its ends may have met, and yet it may not apply: then it is not known.
void finish(N& number, bool may_not_apply) {
  number.state = static_cast<State>(number.state & static_cast<State>(~kMayNotApply));
  if (may_not_apply) number.state = static_cast<State>(number.state | kMayNotApply);
  settle(number);
}

Total total(ast::AggregateOp op, const std::vector<Asked>& members) {
  const bool sum = op == ast::AggregateOp::Sum, average = op == ast::AggregateOp::Average;
  Total out;
  std::int64_t left = 0, optional = 0;
  N extent{};  // the lowest low end and the highest high end
  N lowest{}, highest{};
  for (const Asked& one : members) {
    if (one.left_out) continue;
    const N& n = one.number;
    const bool may = is_optional(one), first = left++ == 0;
    optional += may ? 1 : 0;
    out.number.low += sum && may ? std::min<std::int64_t>(n.low, 0) : n.low;
    out.number.high += sum && may ? std::max<std::int64_t>(n.high, 0) : n.high;
    out.number.state = static_cast<State>(out.number.state | (n.state & (kMayNotApply | kOpen)) | causes_of(one));
    extent.low = first ? n.low : std::min(extent.low, n.low);
    extent.high = first ? n.high : std::max(extent.high, n.high);
    lowest.high = first ? n.high : std::min(lowest.high, n.high);
    highest.low = first ? n.low : std::max(highest.low, n.low);
  }
  if (left == 0) return {of_nobody(members, sum), 1};
  if (sum) {
    finish(out.number, may_have_no_sum(members));
    return out;
  }
  if (average && optional == 0) {
    out.divisor = left;
  } else if (optional > 0) {
    out.number.low = extent.low, out.number.high = extent.high;
  } else if (op == ast::AggregateOp::Lowest) {
    out.number.low = extent.low, out.number.high = lowest.high;
  } else {
    out.number.low = highest.low, out.number.high = extent.high;
  }
  finish(out.number, optional == left);
  return out;
}

Links& links_of(const Hop& hop, const KindDef& relation, const World& world, Groupings& groupings) {
  const std::size_t from = world.frames[relation.from.index].rows, to = world.frames[relation.to.index].rows;
  const Frame& frame = world.frames[hop.relation.index];
  return groupings.links.try_emplace({hop.relation.index, hop.forward}, frame, from, to, hop.forward).first->second;
}

}  // namespace

void run(const Reduce& stage, const World& world, const KindDef& relation, Groupings& groupings,
         std::vector<Column>& columns) {
  const Frame& anchors = world.frames[(stage.hop.forward ? relation.from : relation.to).index];
  Links& links = links_of(stage.hop, relation, world, groupings);
  if (is_plain_sum(stage, columns)) {
    auto& sums = std::get<NumberColumn>(columns[stage.out]);
    return add_up(std::get<NumberColumn>(columns[*stage.value]), links, sums);
  }
  const Members& members = links.members();
  const Reduction reduction(stage, columns);
  Column& out = columns[stage.out];
  int places = 0;
  if (reduction.of_numbers()) places = std::get<NumberColumn>(columns[*stage.value]).places;

  const auto put_number = [&](std::size_t row, const N& n) {
    auto& column = std::get<NumberColumn>(out);
    const bool low = (n.state & (kNotApplicable | kNoLow)) == 0, high = (n.state & (kNotApplicable | kNoHigh)) == 0;
    column.low.set(row, low ? n.low : column.low.base);
    column.high.set(row, high ? n.high : column.high.base);
    column.state[row] = n.state;
  };
  const auto put_average = [&](std::size_t row, const Total& total) {
    auto& column = std::get<WideColumn>(out);
    const auto end = [&](std::int64_t lane) {
      const Decimal up[] = {*Decimal::scaled(lane, places)}, down[] = {Decimal::from_int(total.divisor)};
      return *Decimal::multiply_divide(up, down);
    };
    const State state = total.number.state;
    Number<Decimal> n{{}, {}, state};
    if ((state & (kNotApplicable | kNoLow)) == 0) n.low = end(total.number.low);
    if ((state & (kNotApplicable | kNoHigh)) == 0) n.high = end(total.number.high);
    settle(n);
    column.low[row] = n.low, column.high[row] = n.high, column.state[row] = n.state;
  };
  const auto answer = [&](std::size_t row, std::vector<Asked>& asked) {
    asked.clear();
    for (std::uint32_t i = members.begin[row]; i < members.begin[row] + members.kept[row]; ++i)
      asked.push_back(reduction.member(members.links[i]));
    if (members.held(row) < stage.demand && anchors.in_being[row] != 0) asked.push_back(reduction.unnamed());
    if (const auto* quantity = std::get_if<ast::Quantity>(&stage.what)) {
      std::get<ConditionColumn>(out).cells[row] = quantified(*quantity, stage.count, asked);
      return;
    }
    const auto op = std::get<ast::AggregateOp>(stage.what);
    if (op == ast::AggregateOp::Count) {
      put_number(row, counted(asked));
    } else if (op == ast::AggregateOp::Average) {
      put_average(row, total(op, asked));
    } else {
      put_number(row, total(op, asked).number);
    }
  };
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, anchors.rows, 1024), [&](const auto& range) {
    std::vector<Asked> asked;
    for (std::size_t row = range.begin(); row < range.end(); ++row) answer(row, asked);
  });
  if (auto* column = std::get_if<NumberColumn>(&out)) summarise(*column);
}

}  // namespace assay::columns
