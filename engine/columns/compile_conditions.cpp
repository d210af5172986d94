// Conditions: comparisons by the lanes that reach a number, and what is made of them.
#include <algorithm>

#include "engine/columns/compiler.h"
#include "engine/eval/truth_set.h"
#include "evidence/core/check.h"

namespace assay::columns {

ConditionValue Compiler::condition(const Made& made, Site& site) {
  if (const auto* condition = std::get_if<ConditionValue>(&made)) return *condition;
  const auto* cell = std::get_if<Cell>(&made);
  if (!cell || !cell->known() || !std::holds_alternative<bool>(cell->value()))
    throw NoPlan{"it asks a value as if it were a condition"};
  const ConditionValue out{site.into->condition(), false};
  site.into->add(FillCondition{std::get<bool>(cell->value()) ? kYes : kNo, out.reg});
  return out;
}

ConditionValue Compiler::opposite(const ConditionValue& a, Site& site) {
  const ConditionValue out{site.into->condition(), a.may_not_apply};
  site.into->add(Negation{a.reg, out.reg});
  return out;
}

ConditionValue Compiler::both(const ConditionValue& a, const ConditionValue& b, Site& site) {
  const ConditionValue out{site.into->condition(), a.may_not_apply || b.may_not_apply};
  site.into->add(And{a.reg, b.reg, out.reg});
  return out;
}

ConditionValue Compiler::either(const ConditionValue& a, const ConditionValue& b, Site& site) {
  const ConditionValue out{site.into->condition(), a.may_not_apply || b.may_not_apply};
  site.into->add(Or{a.reg, b.reg, out.reg});
  return out;
}

ConditionValue Compiler::all_or_any(const std::vector<Made>& operands, bool all, Site& site) {
  CHECK(!operands.empty());
  ConditionValue out = condition(operands.front(), site);
  for (std::size_t i = 1; i < operands.size(); ++i) {
    const ConditionValue next = condition(operands[i], site);
    out = all ? both(out, next, site) : either(out, next, site);
  }
  return out;
}

ConditionValue Compiler::present(const Made& a, Presence test, Site& site) {
  const ConditionValue out{site.into->condition(), false};
  if (const auto* number = std::get_if<NumberValue>(&a)) {
    if (number->wide)
      site.into->add(TestWide{number->reg, test, out.reg});
    else
      site.into->add(TestNumber{number->reg, test, out.reg});
  } else {
    site.into->add(TestCondition{condition(a, site).reg, test, out.reg});
  }
  return out;
}

namespace {

// The least lane that is at least the constant, or, `beyond`, above it.
std::int64_t lane_of(const NumberValue& value, const Value& constant, bool beyond) {
  if (const auto* date = std::get_if<Date>(&constant)) return date->days + (beyond ? 1 : 0);
  if (const auto* label = std::get_if<Label>(&constant)) return label->index + (beyond ? 1 : 0);
  const Decimal number = std::get<Decimal>(constant);
  const std::int64_t lane = lane_reaching(value, number);
  const bool exact = lane <= value.greatest && number_at(value, lane).compare(number) == 0;
  return lane + (beyond && exact ? 1 : 0);
}

bool may_not_apply(const NumberValue& value) { return (value.may & (kNotApplicable | kMayNotApply)) != 0; }

}  // namespace

ConditionValue Compiler::at_least(const Made& a, const Made& b, Site& site) {
  const auto *limit = std::get_if<Cell>(&b), *from = std::get_if<Cell>(&a);
  if (from && !limit) {
    // A constant at least a number: the number is not above it.
    const NumberValue right = number(b, site);
    const ConditionValue above{site.into->condition(), may_not_apply(right)};
    if (!right.wide) {
      site.into->add(AtLeast{right.reg, lane_of(right, from->value(), true), above.reg});
      return opposite(above, site);
    }
  }
  const NumberValue left = number(a, site);
  ConditionValue out{site.into->condition(), may_not_apply(left)};
  if (limit && !left.wide) {
    site.into->add(AtLeast{left.reg, lane_of(left, limit->value(), false), out.reg});
    return out;
  }
  NumberValue x = left, y = number(b, site);
  out.may_not_apply = out.may_not_apply || may_not_apply(y);
  if (same_places(x, y, site)) {
    site.into->add(AtLeastOf{x.reg, y.reg, out.reg});
    return out;
  }
  x = widened(x, site), y = widened(y, site);
  site.into->add(CompareWide{x.reg, y.reg, WideTest::AtLeast, out.reg});
  return out;
}

ConditionValue Compiler::equal(const Made& a, const Made& b, bool ordered, Site& site) {
  const auto* limit = std::get_if<Cell>(&b);
  if (const auto* asked = std::get_if<ConditionValue>(&a)) {
    const auto* yes = limit ? std::get_if<bool>(&limit->value()) : nullptr;
    if (!yes) throw NoPlan{"it compares two conditions"};
    return *yes ? *asked : opposite(*asked, site);
  }
  NumberValue x = number(a, site);
  if (limit && !x.wide) {
    const std::int64_t lane = lane_of(x, limit->value(), false);
    const ConditionValue out{site.into->condition(), may_not_apply(x)};
    if (lane_of(x, limit->value(), true) > lane) {
      site.into->add(EqualTo{x.reg, lane, ordered, out.reg});
      return out;
    }
    site.into->add(FallBetween{x.reg, lane, out.reg});
    return out;
  }
  NumberValue y = number(b, site);
  const ConditionValue out{site.into->condition(), may_not_apply(x) || may_not_apply(y)};
  if (same_places(x, y, site)) {
    site.into->add(EqualOf{x.reg, y.reg, ordered, out.reg});
    return out;
  }
  x = widened(x, site), y = widened(y, site);
  site.into->add(CompareWide{x.reg, y.reg, WideTest::Equal, out.reg});
  return out;
}

namespace {

// Compared with several, each by itself: where one is not known the others decide nothing of why, and where the left
// side may not apply each part would say so for itself.
void expect_parts(const Made& lhs, const std::vector<Made>& operands) {
  const auto* number = std::get_if<NumberValue>(&lhs);
  const auto* condition = std::get_if<ConditionValue>(&lhs);
  if ((number && (number->may & kMayNotApply) != 0) || (condition && condition->may_not_apply))
    throw NoPlan{"it compares with several what may not apply"};
  for (const Made& operand : operands)
    if (const auto* one = std::get_if<NumberValue>(&operand);
        (one && one->may != 0) || (!one && !std::holds_alternative<Cell>(operand)))
      throw NoPlan{"it compares with several of which one may not be known"};
}

}  // namespace

Made Compiler::compare(const Made& lhs, const ast::Relation& relation, ast::ExprId at, Site& site) {
  return compare(lhs, relation, at, book_.type(at), site);
}

Made Compiler::compare(const Made& lhs, const ast::Relation& relation, ast::ExprId at, const ValueType& type,
                       Site& site) {
  using Op = ast::RelationOp;
  const auto turned = [&](const ConditionValue& made) { return Made(relation.negated ? opposite(made, site) : made); };
  switch (relation.op) {
    case Op::Known:
      return turned(present(lhs, Presence::Known, site));
    case Op::Unknown:
    case Op::Undetermined:
      return turned(present(lhs, Presence::Unknown, site));
    case Op::Applicable:
      return turned(present(lhs, Presence::Applicable, site));
    case Op::Raised:
    case Op::Clear: {
      const ConditionValue asked = condition(lhs, site), out{site.into->condition(), asked.may_not_apply};
      site.into->add(RaisedOrClear{asked.reg, relation.op == Op::Clear, out.reg});
      return turned(out);
    }
    default:
      break;
  }
  if (type.kind == TypeKind::Text) throw NoPlan{"it compares texts"};
  std::vector<Made> operands;
  for (const ast::ExprId operand : relation.operands) operands.push_back(expr(operand, site));
  if (operands.size() > 1) expect_parts(lhs, operands);
  const bool ordered = is_ordered(type.kind);
  const bool higher = better_direction(book_, at) != Direction::LowerIsBetter;
  const auto reaches = [&](std::size_t i) { return at_least(lhs, operands[i], site); };     // lhs >= it
  const auto is_reached = [&](std::size_t i) { return at_least(operands[i], lhs, site); };  // lhs <= it
  const auto above = [&](std::size_t i) { return opposite(is_reached(i), site); };
  const auto below = [&](std::size_t i) { return opposite(reaches(i), site); };
  switch (relation.op) {
    case Op::Equal:
      return turned(equal(lhs, operands[0], ordered, site));
    case Op::AtLeast:
      return turned(reaches(0));
    case Op::AtMost:
      return turned(is_reached(0));
    case Op::MoreThan:
      return turned(above(0));
    case Op::LessThan:
      return turned(below(0));
    case Op::BetterThan:
      return turned(higher ? above(0) : below(0));
    case Op::WorseThan:
      return turned(higher ? below(0) : above(0));
    case Op::AtLeastAsGoodAs:
    case Op::OrBetter:
      return turned(higher ? reaches(0) : is_reached(0));
    case Op::OrWorse:
      return turned(higher ? is_reached(0) : reaches(0));
    case Op::Between:
      return turned(both(reaches(0), is_reached(1), site));
    case Op::OneOf: {
      ConditionValue out = equal(lhs, operands[0], ordered, site);
      for (std::size_t i = 1; i < operands.size(); ++i) out = either(out, equal(lhs, operands[i], ordered, site), site);
      return turned(out);
    }
    default:
      break;
  }
  CHECK(!"a relation without operands was answered above");
  return lhs;
}

}  // namespace assay::columns
