// Comparisons on ranges: decided when the ranges decide them (docs/language.md 4.3).
#include <algorithm>

#include "engine/eval/evaluation.h"
#include "engine/eval/truth_set.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

using End = std::optional<Value>;

// Is every value of a at or above every value of b? Missing ends decide nothing.
bool surely_at_least(const Cell& a, const Cell& b) { return a.low && b.high && order(*a.low, *b.high) >= 0; }
bool surely_above(const Cell& a, const Cell& b) { return a.low && b.high && order(*a.low, *b.high) > 0; }

struct Sides {
  const Cell& lhs;
  const Cell& rhs;
  bool ordered;
};

// What a comparison of two cells that apply comes to.
Truth at_least(const Sides& s) {
  if (surely_at_least(s.lhs, s.rhs)) return Truth::Yes;
  return surely_above(s.rhs, s.lhs) ? Truth::No : Truth::Unknown;
}
Truth more_than(const Sides& s) {
  if (surely_above(s.lhs, s.rhs)) return Truth::Yes;
  return surely_at_least(s.rhs, s.lhs) ? Truth::No : Truth::Unknown;
}
Truth equal(const Sides& s) {
  if (s.lhs.low && s.lhs.high && s.rhs.low && s.rhs.high && same(*s.lhs.low, *s.lhs.high) &&
      same(*s.rhs.low, *s.rhs.high))
    return to_truth(same(*s.lhs.low, *s.rhs.low));
  if (s.ordered && (surely_above(s.lhs, s.rhs) || surely_above(s.rhs, s.lhs))) return Truth::No;
  return Truth::Unknown;
}

Cell decided(Truth truth, std::span<const Cell> operands) {
  Cell cell = Cell::of(truth);
  for (const Cell& operand : operands) {
    if (operand.unknown()) {
      // One that may not apply leaves the comparison open to not applying either.
      if (operand.may_not_apply && truth != Truth::NotApplicable) {
        cell.state = Cell::State::Unknown;
        cell.may_not_apply = true;
      }
      merge(cell.why, operand.why);
    }
    merge(cell.marks, operand.marks);
  }
  if (!cell.unknown()) cell.why.clear();
  return cell;
}

// A flag that does not apply is clear, and so may be one that may not apply (4.2).
Cell raised(const Cell& flag) {
  if (flag.applies() && !flag.may_not_apply) return flag;
  const bool never = !flag.applies() || (flag.high && !std::get<bool>(*flag.high));
  Cell cell = Cell::of(never ? Truth::No : Truth::Unknown, never ? Reasons{} : flag.why);
  cell.marks = flag.marks;
  return cell;
}

// Of the state of the left side alone.
std::optional<Cell> of_state(const Cell& lhs, ast::RelationOp op) {
  const auto answer = [&](Truth truth) {
    Cell cell = Cell::of(truth);
    cell.marks = lhs.marks;
    return cell;
  };
  switch (op) {
    case ast::RelationOp::Known:
      return answer(to_truth(lhs.known()));
    case ast::RelationOp::Unknown:
    case ast::RelationOp::Undetermined:
      return answer(to_truth(lhs.unknown()));
    case ast::RelationOp::Applicable:
      return answer(to_truth(lhs.applies()));
    case ast::RelationOp::Raised:
      return raised(lhs);
    case ast::RelationOp::Clear:
      return negate(raised(lhs));
    default:
      return std::nullopt;
  }
}

}  // namespace

Cell equal_cells(const Cell& a, const Cell& b) {
  const Cell operands[] = {a, b};
  const bool ordered = (a.low && a.high) || (b.low && b.high);
  Cell cell = a.applies() && b.applies() ? decided(equal({a, b, ordered}), operands) : Cell::of(Truth::No);
  if (cell.may_not_apply) {  // what may not apply may be like none
    const bool never = cell.high && !std::get<bool>(*cell.high);
    Cell open = Cell::of(never ? Truth::No : Truth::Unknown, never ? Reasons{} : cell.why);
    cell = std::move(open);
  }
  cell.marks.clear();
  for (const Cell& operand : operands) merge(cell.marks, operand.marks);
  return cell;
}

// Whether a higher value is the better one: by the scale, or by the direction of the field that the side reads.
bool Evaluation::higher_is_better(ast::ExprId at) const {
  return better_direction(rulebook_, at) != Direction::LowerIsBetter;
}

Cell Evaluation::compare(const Cell& lhs, const ast::Relation& relation, const ValueType& lhs_type, ast::ExprId at,
                         const Scope& scope) {
  if (auto cell = of_state(lhs, relation.op)) return relation.negated ? negate(*cell) : *cell;
  std::vector<Cell> operands{lhs};
  for (ast::ExprId operand : relation.operands) operands.push_back(expr(operand, scope));
  for (const Cell& operand : operands)
    if (!operand.applies()) return decided(Truth::NotApplicable, operands);
  const auto sides = [&](std::size_t i) { return Sides{lhs, operands[i], is_ordered(lhs_type.kind)}; };
  const auto reversed = [&](std::size_t i) { return Sides{operands[i], lhs, true}; };
  const bool higher = higher_is_better(at);
  Truth truth = Truth::Unknown;
  switch (relation.op) {
    case ast::RelationOp::Equal:
      truth = equal(sides(1));
      break;
    case ast::RelationOp::AtLeast:
      truth = at_least(sides(1));
      break;
    case ast::RelationOp::AtMost:
      truth = at_least(reversed(1));
      break;
    case ast::RelationOp::MoreThan:
      truth = more_than(sides(1));
      break;
    case ast::RelationOp::LessThan:
      truth = more_than(reversed(1));
      break;
    case ast::RelationOp::BetterThan:
      truth = more_than(higher ? sides(1) : reversed(1));
      break;
    case ast::RelationOp::WorseThan:
      truth = more_than(higher ? reversed(1) : sides(1));
      break;
    case ast::RelationOp::AtLeastAsGoodAs:
    case ast::RelationOp::OrBetter:
      truth = at_least(higher ? sides(1) : reversed(1));
      break;
    case ast::RelationOp::OrWorse:
      truth = at_least(higher ? reversed(1) : sides(1));
      break;
    case ast::RelationOp::Between:
      truth = both(at_least(sides(1)), at_least(reversed(2)));
      break;
    case ast::RelationOp::OneOf:
      truth = Truth::No;
      for (std::size_t i = 1; i < operands.size(); ++i) truth = either(truth, equal(sides(i)));
      break;
    default:
      CHECK(!"a relation without operands was answered above");
  }
  const Cell cell = decided(truth, operands);
  return relation.negated ? negate(cell) : cell;
}

}  // namespace assay
