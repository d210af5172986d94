// Rules and conditions put into formulas, construct by construct. What has no formula is a variable of its type.
#include "dsl/prove/formulas.h"

#include <fmt/format.h>

namespace assay::proving {

namespace {

bool is_direct(const Rulebook& book, ast::ExprId id) { return book.type(id).kind != TypeKind::Percent; }

Duration length_of(ast::ConsecutiveUnit unit) {
  using enum ast::ConsecutiveUnit;
  switch (unit) {
    case Readings:
      return {};
    case Days:
      return {Duration::Unit::Days, 1};
    case Weeks:
      return {Duration::Unit::Days, 7};
    case Months:
      return {Duration::Unit::Months, 1};
    case Quarters:
      return {Duration::Unit::Months, 3};
    case Years:
      return {Duration::Unit::Months, 12};
  }
  return {};
}

At earlier(const At& at, Duration by, std::int32_t times = 1) {
  At out = at;
  (by.unit == Duration::Unit::Months ? out.back.months : out.back.days) += by.count * times;
  return out;
}

}  // namespace

std::vector<At> Formulas::steps(ast::ConsecutiveUnit unit, std::uint32_t count, const At& at) const {
  std::vector<At> out;
  for (std::uint32_t back = 0; back < count; ++back) {
    out.push_back(earlier(at, length_of(unit), static_cast<std::int32_t>(back)));
    if (unit == ast::ConsecutiveUnit::Readings) out.back().back.readings += static_cast<std::int32_t>(back);
  }
  return out;
}

z3::expr Formulas::count_is(const z3::expr_vector& conditions, ast::Quantity quantity, std::uint32_t count) {
  using enum ast::Quantity;
  z3::expr yes = z3_.int_val(0);
  for (const z3::expr& one : conditions) yes = yes + z3::ite(one, z3_.int_val(1), z3_.int_val(0));
  const int k = static_cast<int>(count);
  switch (quantity) {
    case Any:
      return yes >= 1;
    case All:
      return yes >= static_cast<int>(conditions.size());
    case None:
      return yes == 0;
    case AtLeast:
      return yes >= k;
    case AtMost:
      return yes <= k;
    case Exactly:
      return yes == k;
  }
  return yes >= k;
}

z3::expr Formulas::value(ast::ExprId id, const At& at) {
  const ast::Expr& node = book_.tree.expr(id);
  if (std::holds_alternative<ast::Chain>(node)) return of_chain(id, at);
  if (const auto* literal = std::get_if<ast::Literal>(&node)) return of_literal(*literal);
  if (const auto* negated = std::get_if<ast::Not>(&node)) return !value(negated->operand, at);
  if (const auto* negated = std::get_if<ast::Negate>(&node)) return -value(negated->operand, at);
  if (const auto* logic = std::get_if<ast::Logic>(&node)) {
    z3::expr_vector parts(z3_);
    for (ast::ExprId operand : logic->operands) parts.push_back(value(operand, at));
    return logic->op == ast::LogicOp::And ? z3::mk_and(parts) : z3::mk_or(parts);
  }
  if (const auto* compare = std::get_if<ast::Compare>(&node))
    return relation(value(compare->lhs, at), compare->lhs, compare->relation, at);
  if (const auto* sum = std::get_if<ast::Arithmetic>(&node)) return of_arithmetic(id, *sum, at);
  if (const auto* share = std::get_if<ast::PercentOf>(&node))
    return value(share->part, at) * 100 / value(share->whole, at);
  if (const auto* rounded = std::get_if<ast::Rounded>(&node)) return of_rounded(id, *rounded, at);
  if (const auto* when = std::get_if<ast::When>(&node))
    return z3::ite(value(when->condition, at), value(when->value, at), value(when->otherwise, at));
  if (std::holds_alternative<ast::TheAbove>(node) && at.above) return *at.above;
  if (const auto* first = std::get_if<ast::FirstKnownOf>(&node)) return of_first_known(*first, at);
  if (const auto* ago = std::get_if<ast::Ago>(&node)) return value(ago->operand, earlier(at, ago->duration));
  if (const auto* call = std::get_if<ast::Call>(&node); call && call->body) return value(*call->body, at);
  if (const auto* change = std::get_if<ast::Change>(&node); change && change->over)
    return value(change->operand, at) - value(change->operand, earlier(at, *change->over));
  if (const auto* steps_of = std::get_if<ast::Consecutive>(&node)) {
    z3::expr_vector all(z3_);
    for (const At& step : steps(steps_of->unit, steps_of->count, at)) all.push_back(value(steps_of->test, step));
    return z3::mk_and(all);
  }
  if (const auto* quantified = std::get_if<ast::Quantified>(&node)) return of_quantified(id, *quantified, at);
  if (const auto* aggregate = std::get_if<ast::Aggregate>(&node)) return of_aggregate(id, *aggregate, at);
  // Whether an event happened so recently is evidence like any other.
  if (std::holds_alternative<ast::WithinLast>(node))
    return variable(key(words(id), at, 0), fmt::format("`{}`", words(id)), ValueType{.kind = TypeKind::YesNo}, false);
  return taken(id, at);
}

z3::expr Formulas::of_arithmetic(ast::ExprId id, const ast::Arithmetic& node, const At& at) {
  const z3::expr lhs = value(node.lhs, at), rhs = value(node.rhs, at);
  switch (node.op) {
    case ast::ArithmeticOp::Add:
      return lhs + rhs;
    case ast::ArithmeticOp::Subtract:
      return lhs - rhs;
    case ast::ArithmeticOp::Multiply:
      // A percentage of something is a hundredth of the product; which is meant the formula does not say.
      return is_direct(book_, node.lhs) && is_direct(book_, node.rhs) ? lhs * rhs : taken(id, at);
    case ast::ArithmeticOp::Divide:
      return is_direct(book_, node.lhs) && is_direct(book_, node.rhs) ? lhs / rhs : taken(id, at);
  }
  return taken(id, at);
}

// The rounded number is a multiple of its last place, and lies beside what is rounded; at a half either will do.
z3::expr Formulas::of_rounded(ast::ExprId id, const ast::Rounded& node, const At& at) {
  const z3::expr exact = value(node.operand, at);
  const auto scale = Decimal::from_int(1).to_scaled(node.places);
  if (!exact.is_real() || !scale) return taken(id, at);
  const z3::expr places = z3_.real_val(static_cast<int64_t>(*scale));
  const std::string name = key("rounded " + words(id), at, 0);
  ValueType type;
  type.kind = TypeKind::Number;
  const bool known = variables_.contains(name);
  const z3::expr out = variable(name, fmt::format("`{}`", words(id)), type, false);
  if (known) return out;
  ranges_.push_back(z3::is_int(out * places));
  const z3::expr apart = (out - exact) * places;
  if (node.rounding == Rounding::Up) ranges_.push_back(apart >= 0 && apart < 1);
  if (node.rounding == Rounding::Down) ranges_.push_back(apart <= 0 && apart > -1);
  if (node.rounding == Rounding::HalfAwayFromZero) ranges_.push_back(apart * 2 <= 1 && apart * 2 >= -1);
  return out;
}

z3::expr Formulas::of_quantified(ast::ExprId id, const ast::Quantified& node, const At& at) {
  const auto* list = std::get_if<ast::ListOf>(&node.range);
  if (!list) return taken(id, at);
  z3::expr_vector members(z3_);
  for (ast::ExprId member : list->members)
    members.push_back(node.each ? relation(value(member, at), member, *node.each, at) : value(member, at));
  return count_is(members, node.quantity, node.count);
}

z3::expr Formulas::of_aggregate(ast::ExprId id, const ast::Aggregate& node, const At& at) {
  using enum ast::AggregateOp;
  const bool ranked = node.op == Median || node.op == LowerQuartile || node.op == UpperQuartile;
  const auto* list = std::get_if<ast::ListOf>(&node.range);
  if (ranked || node.weighted_by || node.ignoring_missing || (!list && !node.over)) return taken(id, at);
  z3::expr total = z3_.real_val(0), weights = z3_.real_val(0);
  std::optional<z3::expr> low, high;
  const auto add = [&](const z3::expr& one, const z3::expr& weight) {
    const z3::expr number = one.is_bool() ? z3::ite(one, z3_.real_val(1), z3_.real_val(0)) : one;
    total = total + number * weight;
    weights = weights + weight;
    low = low ? z3::ite(number < *low, number, *low) : number;
    high = high ? z3::ite(number > *high, number, *high) : number;
  };
  if (list) {
    for (std::size_t i = 0; i < list->members.size(); ++i) {
      const z3::expr member = value(list->members[i], at);
      const bool weighted = !list->weights.empty() && list->weights[i];
      add(node.each ? relation(member, list->members[i], *node.each, at) : member,
          weighted ? value(*list->weights[i], at) : z3_.real_val(1));
    }
  } else {
    const ast::ExprId each = std::get<ast::SetOf>(node.range).set;
    for (const At& step : steps(node.over->unit, node.over->count, at)) add(value(each, step), z3_.real_val(1));
  }
  switch (node.op) {
    case Count:
      return list && !node.each ? z3_.real_val(static_cast<int64_t>(list->members.size())) : total;
    case Sum:
      return total;
    case Share:
      return total * 100 / weights;
    case Average:
      return total / weights;
    case Lowest:
      return *low;
    case Highest:
      return *high;
    case Median:
    case LowerQuartile:
    case UpperQuartile:
      break;
  }
  return taken(id, at);
}

z3::expr Formulas::of_first_known(const ast::FirstKnownOf& node, const At& at) {
  z3::expr out = value(node.operands.back(), at);
  for (std::size_t i = node.operands.size() - 1; i-- > 0;)
    out = z3::ite(taken(node.operands[i], at, " is known"), value(node.operands[i], at), out);
  return out;
}

z3::expr Formulas::compared(const z3::expr& left, ast::ExprId left_id, ast::RelationOp op, const z3::expr& right) {
  using enum ast::RelationOp;
  const bool low_is_better = better_direction(book_, left_id) == Direction::LowerIsBetter;
  switch (op) {
    case AtLeast:
      return left >= right;
    case AtMost:
      return left <= right;
    case MoreThan:
      return left > right;
    case LessThan:
      return left < right;
    case BetterThan:
      return low_is_better ? left < right : left > right;
    case WorseThan:
      return low_is_better ? left > right : left < right;
    case AtLeastAsGoodAs:
    case OrBetter:
      return low_is_better ? left <= right : left >= right;
    case OrWorse:
      return low_is_better ? left >= right : left <= right;
    default:
      return left == right;
  }
}

z3::expr Formulas::relation(const z3::expr& left, ast::ExprId left_id, const ast::Relation& relation, const At& at) {
  using enum ast::RelationOp;
  z3::expr out(z3_);
  switch (relation.op) {
    case Raised:
      out = left;
      break;
    case Clear:
      out = !left;
      break;
    case Known:
      out = taken(left_id, at, " is known");
      break;
    case Unknown:
    case Undetermined:
      out = !taken(left_id, at, " is known");
      break;
    case Applicable:
      out = taken(left_id, at, " is applicable");
      break;
    case Between:
      out = left >= value(relation.operands[0], at) && left <= value(relation.operands[1], at);
      break;
    case OneOf: {
      z3::expr_vector any(z3_);
      for (ast::ExprId operand : relation.operands) any.push_back(left == value(operand, at));
      out = z3::mk_or(any);
      break;
    }
    default:
      out = compared(left, left_id, relation.op, value(relation.operands[0], at));
  }
  return relation.negated ? !out : out;
}

// ---- Rules

z3::expr Formulas::rule_value(RuleId id, const At& at) {
  const Rule& rule = book_.rule(id);
  if (const auto* define = std::get_if<DefineRule>(&rule.body)) return of_define(*define, at);
  if (const auto* rating = std::get_if<RatingRule>(&rule.body)) return of_rating(*rating, at);
  if (const auto* table = std::get_if<TableRule>(&rule.body)) return of_table(rule, *table, at);
  if (std::holds_alternative<StageRule>(rule.body))
    return variable(key(rule.name, at, 0), rule.title + ", as recorded", book_.type(rule.type), false);
  return raised(id, at);
}

z3::expr Formulas::of_define(const DefineRule& define, const At& at) {
  z3::expr out = value(define.value, at);
  for (const DefineRule::But& but : define.buts) {
    const z3::expr above = out;
    At here = at;
    here.above = &above;
    out = z3::ite(value(but.condition, here), value(but.value, here), above);
  }
  return out;
}

z3::expr Formulas::of_rating(const RatingRule& rating, const At& at) {
  const z3::expr number = value(rating.from, at);
  z3::expr out = z3_.int_val(int{rating.bands.front().label.index});
  for (const RatingRule::Band& band : rating.bands)
    if (band.low && &band != &rating.bands.front())
      out = z3::ite(number >= real(*band.low), z3_.int_val(int{band.label.index}), out);
  return out;
}

z3::expr Formulas::of_table(const Rule& rule, const TableRule& table, const At& at) {
  std::vector<z3::expr> inputs;
  for (ast::ExprId input : table.inputs) inputs.push_back(value(input, at));
  const std::string rest = fmt::format("what `{}` gives where no row says", rule.name);
  z3::expr out = variable(key(rest, at, 0), rest, book_.type(rule.type), true);
  for (std::size_t i = table.rows.size(); i-- > 0;) {
    const TableRule::Row& row = table.rows[i];
    z3::expr_vector cells(z3_);
    for (std::size_t input = 0; !row.otherwise && input < inputs.size(); ++input)
      if (row.cells[input]) cells.push_back(relation(inputs[input], table.inputs[input], *row.cells[input], at));
    const z3::expr fits = z3::mk_and(cells);
    if (row.value) out = z3::ite(fits, value(*row.value, at), out);
  }
  return out;
}

z3::expr Formulas::of_flag(RuleId id, const FlagRule& flag, const At& at) {
  if (!flag.when) {
    const std::string said = fmt::format("`{}` raised by an interaction", book_.rule(id).name);
    return variable(key(said, at, 0), said, ValueType{.kind = TypeKind::YesNo}, true);
  }
  const z3::expr when = value(*flag.when, at);
  return flag.unless ? when && !value(*flag.unless, at) : when;
}

z3::expr Formulas::criteria(const ast::Criteria& criteria, const At& at) {
  z3::expr_vector reasons(z3_);
  for (const ast::Reason& reason : criteria.reasons) reasons.push_back(value(reason.condition, at));
  return count_is(reasons, criteria.quantity, criteria.count);
}

z3::expr Formulas::raised(RuleId id, const At& at) {
  const Rule& rule = book_.rule(id);
  if (const auto* flag = std::get_if<FlagRule>(&rule.body)) return of_flag(id, *flag, at);
  if (const auto* interaction = std::get_if<InteractionRule>(&rule.body))
    return interaction->when ? value(*interaction->when, at) : z3_.bool_val(true);
  if (const auto* enter = std::get_if<EnterRule>(&rule.body)) {
    const z3::expr stage = rule_value(book_.regimes[enter->regime.index].stage_rule, at);
    return stage < int{enter->stage.index} && criteria(enter->criteria, at);
  }
  if (const auto* exit = std::get_if<ExitRule>(&rule.body)) {
    const z3::expr stage = rule_value(book_.regimes[exit->regime.index].stage_rule, at);
    return stage == int{exit->from.index} && criteria(exit->criteria, at);
  }
  if (const auto* define = std::get_if<DefineRule>(&rule.body)) return of_define(*define, at);
  const std::string said = fmt::format("`{}`", rule.name);
  return variable(key(said, at, 0), said, ValueType{.kind = TypeKind::YesNo}, true);
}

}  // namespace assay::proving
