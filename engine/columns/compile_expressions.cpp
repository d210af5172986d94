// Expressions, by construct. What is not here is left to cells.
#include <algorithm>

#include "dsl/syntax/children.h"
#include "engine/columns/compiler.h"
#include "engine/eval/truth_set.h"
#include "evidence/core/check.h"

namespace assay::columns {

namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

[[noreturn]] Made no(std::string why) { throw NoPlan{std::move(why)}; }

bool is_condition(const Made& made) {
  if (const auto* cell = std::get_if<Cell>(&made)) return std::holds_alternative<bool>(cell->value());
  return std::holds_alternative<ConditionValue>(made);
}

// What a hull can be, of what its parts can: one that does not apply leaves it open, and so does an open end.
State hull_of(State may) {
  if ((may & kNotApplicable) != 0) may |= kMayNotApply;
  if ((may & kOpen) != 0) may |= kOpen;
  return may;
}

}  // namespace

Made Compiler::expr(ast::ExprId id, Site& site) {
  const auto all = [&](const std::vector<ast::ExprId>& ids) {
    std::vector<Made> made;
    for (const ast::ExprId one : ids) made.push_back(expr(one, site));
    return made;
  };
  return std::visit(
      Overloaded{
          [&](const ast::Literal& node) { return Made(Cell::of(node.value)); },
          [&](const ast::Chain&) { return chain(id, site); },
          [&](const ast::Arithmetic& node) -> Made {
            if (node.op == ast::ArithmeticOp::Add || node.op == ast::ArithmeticOp::Subtract)
              return sum(id, node.op == ast::ArithmeticOp::Subtract, expr(node.lhs, site), expr(node.rhs, site), site);
            std::vector<Made> factors, divisors;
            ast::ExprId left = id;
            while (const auto* step = std::get_if<ast::Arithmetic>(&book_.tree.expr(left))) {
              if (step->op != ast::ArithmeticOp::Multiply && step->op != ast::ArithmeticOp::Divide) break;
              (step->op == ast::ArithmeticOp::Multiply ? factors : divisors).push_back(expr(step->rhs, site));
              left = step->lhs;
            }
            factors.push_back(expr(left, site));
            return run(factors, divisors, site);
          },
          [&](const ast::Negate& node) { return negated(expr(node.operand, site), site); },
          [&](const ast::Not& node) { return Made(opposite(condition(expr(node.operand, site), site), site)); },
          [&](const ast::Logic& node) {
            return Made(all_or_any(all(node.operands), node.op == ast::LogicOp::And, site));
          },
          [&](const ast::Compare& node) { return compare(expr(node.lhs, site), node.relation, node.lhs, site); },
          [&](const ast::WithinLast&) { return no("it asks for events within a time"); },
          [&](const ast::Consecutive&) { return no("it asks for consecutive steps"); },
          [&](const ast::PercentOf& node) {
            return run({expr(node.part, site), Cell::of(Value(Decimal::from_int(100)))}, {expr(node.whole, site)},
                       site);
          },
          [&](const ast::Rounded& node) { return rounded(expr(node.operand, site), node.rounding, node.places, site); },
          [&](const ast::When& node) {
            return choose(expr(node.condition, site), expr(node.value, site), expr(node.otherwise, site), site);
          },
          [&](const ast::TheAbove&) { return *site.above; },
          [&](const ast::FirstKnownOf& node) { return first_known(all(node.operands), site); },
          [&](const ast::DaysSince& node) { return since(node, site); },
          [&](const ast::SinceEntering&) { return no("it counts from entering a stage"); },
          [&](const ast::Previous&) { return no("it looks back"); },
          [&](const ast::Ago&) { return no("it looks back"); },
          [&](const ast::Change&) { return no("it looks back"); },
          [&](const ast::Call& node) { return expr(*node.body, site); },
          [&](const ast::Position& node) { return place(id, node, site); },
          [&](const ast::Spread&) { return no("it spreads values among others"); },
          [&](const ast::Quantified& node) {
            return std::holds_alternative<ast::SetOf>(node.range) ? of_set(id, site) : listed(id, node, site);
          },
          [&](const ast::Aggregate& node) {
            if (node.over) return no("it looks back");
            return std::holds_alternative<ast::SetOf>(node.range) ? of_set(id, site) : listed(id, node, site);
          },
          [&](const ast::ErrorExpr&) { return no("it did not parse"); },
      },
      book_.tree.expr(id));
}

Made Compiler::chain(ast::ExprId id, Site& site) {
  const auto reach = [&](Slot slot) -> const Site::Reach& {
    const auto found = site.slots.find(slot);
    if (found == site.slots.end()) no("it reads a subject that a row does not reach");
    return found->second;
  };
  return std::visit(
      Overloaded{
          [&](const FieldOf& of) { return field(of.field, reach(of.slot), site); },
          [&](const RuleOf& of) {
            const Done& done = rule(answering(of));
            const Site::Reach& there = reach(of.slot);
            if (!there.through && done.in == site.into) return done.value;
            return load(done.column, done.shape, site, there.through);
          },
          [&](const ParameterRef& ref) {
            const auto& editions = book_.parameters[ref.parameter.index].editions;
            const bool dated = editions.size() > 1 && !ref.pinned;
            return parameter(dated ? book_.parameter_on(ref.parameter, asked_).value_or(ref.parameter) : ref.parameter);
          },
          [&](const LabelRef& ref) { return Made(Cell::of(Value(ref.label))); },
          [&](const auto&) { return no("it names subjects"); },
      },
      book_.resolved[id.index]);
}

Made Compiler::field(FieldId id, const Site::Reach& of, Site& site) {
  const FieldDef& def = book_.schema.field(id);
  const EvidenceNote& note = book_.evidence[id.index];
  if (def.occurrence == Occurrence::Event) no("it reads events");
  if (note.release || note.not_before) no("it reads evidence that waits for a release or a day");
  auto found = fields_.find(id.index);
  if (found == fields_.end()) {
    auto column = world_.field(id);
    if (!column) {
      fault_ = column.error();
      no("a field could not be read");
    }
    Made shape;
    if (auto* number = std::get_if<NumberColumn>(&*column)) {
      const TypeKind kind = def.type.kind;
      NumberValue value{0, false, Sort::Numbers, number->places, number->least, number->greatest, number->any, nullptr};
      if (kind == TypeKind::Date) value.sort = Sort::Dates;
      if (kind == TypeKind::Choice || kind == TypeKind::Scale) value.sort = Sort::Labels;
      if (kind == TypeKind::Text) value.sort = Sort::Texts;
      shape = value;
    } else if (auto* wide = std::get_if<WideColumn>(&*column)) {
      shape = NumberValue{0, true, Sort::Numbers, Decimal::kPlaces, 0, 0, wide->any, nullptr};
    } else {
      shape = ConditionValue{0, def.may_not_apply};
    }
    plan_.columns.push_back(std::move(*column));
    found = fields_.emplace(id.index, std::pair(static_cast<ColumnId>(plan_.columns.size() - 1), shape)).first;
  }
  return load(found->second.first, found->second.second, site, of.through);
}

Made Compiler::parameter(ParameterId id) const {
  const Parameter& parameter = book_.parameters[id.index];
  if (!parameter.local_of.empty() || !book_.in_force(parameter.ruleset, asked_)) no("a parameter has no value");
  const Parameter::Dated* answer = nullptr;
  for (const auto& dated : parameter.values)
    if (dated.from <= asked_.as_at) answer = &dated;
  if (!answer || (answer->to && *answer->to < asked_.as_at)) no("a parameter has no value");
  return Cell::of(answer->value);
}

Made Compiler::choose(const Made& when, const Made& yes, const Made& otherwise, Site& site) {
  const ConditionValue condition = this->condition(when, site);
  if (is_condition(yes)) {
    const ConditionValue a = this->condition(yes, site), b = this->condition(otherwise, site);
    const ConditionValue out{site.into->condition(), a.may_not_apply || b.may_not_apply};
    site.into->add(ChooseCondition{condition.reg, a.reg, b.reg, out.reg});
    return out;
  }
  NumberValue a = number(yes, site), b = number(otherwise, site);
  if (a.sort == Sort::Texts || b.sort == Sort::Texts) no("it chooses between texts");
  if (!same_places(a, b, site)) {
    a = widened(a, site), b = widened(b, site);
    NumberValue out = a;
    out.may |= static_cast<State>(b.may | kCauses | kOpen);
    out.reg = site.into->wide();
    site.into->add(ChooseWide{condition.reg, a.reg, b.reg, out.reg});
    return out;
  }
  NumberValue out = a;
  out.least = std::min(a.least, b.least), out.greatest = std::max(a.greatest, b.greatest);
  out.may = hull_of(static_cast<State>(a.may | b.may | kCauses));
  out.reg = site.into->number();
  site.into->add(ChooseNumber{condition.reg, a.reg, b.reg, out.reg});
  return out;
}

Made Compiler::first_known(const std::vector<Made>& operands, Site& site) {
  std::vector<NumberValue> numbers;
  int places = 0;
  for (const Made& operand : operands) {
    if (is_condition(operand)) no("it takes the first known of conditions");
    numbers.push_back(plain(number(operand, site), site));
    if (numbers.back().wide || numbers.back().sort == Sort::Texts)
      no("it takes the first known of texts, or of numbers too wide");
    places = std::max(places, numbers.back().places);
  }
  NumberValue out = numbers.front();
  std::vector<Reg> regs;
  for (NumberValue& one : numbers) {
    if (!to_places(one, places, site)) no("it takes the first known of numbers too wide");
    regs.push_back(one.reg);
    out.least = regs.size() == 1 ? one.least : std::min(out.least, one.least);
    out.greatest = regs.size() == 1 ? one.greatest : std::max(out.greatest, one.greatest);
    out.may |= one.may;
  }
  out.places = places;
  out.may = hull_of(out.may);
  out.reg = site.into->number();
  site.into->add(FirstKnownNumber{std::move(regs), out.reg});
  return out;
}

// ---- Lists

Made Compiler::listed(ast::ExprId, const ast::Quantified& node, Site& site) {
  if (node.ignoring_missing) no("it ignores what is missing");
  const auto& list = std::get<ast::ListOf>(node.range);
  std::vector<Reg> members;
  std::vector<Made> conditions;
  bool may_not_apply = false;
  for (const ast::ExprId id : list.members) {
    Made member = expr(id, site);
    if (node.each) member = compare(member, *node.each, id, site);
    const ConditionValue one = condition(member, site);
    may_not_apply = may_not_apply || one.may_not_apply;
    members.push_back(one.reg);
    conditions.push_back(one);
  }
  if (!may_not_apply && node.quantity == ast::Quantity::Any) return all_or_any(conditions, false, site);
  if (!may_not_apply && node.quantity == ast::Quantity::All) return all_or_any(conditions, true, site);
  if (!may_not_apply && node.quantity == ast::Quantity::None)
    return opposite(all_or_any(conditions, false, site), site);
  if (members.size() > 255) no("its list is too long");
  const ConditionValue out{site.into->condition(), may_not_apply};
  site.into->add(Tally{std::move(members), node.quantity, node.count, may_not_apply, out.reg});
  return out;
}

Made Compiler::listed(ast::ExprId, const ast::Aggregate& node, Site& site) {
  const auto& list = std::get<ast::ListOf>(node.range);
  if (node.ignoring_missing) no("it ignores what is missing");
  if (!list.weights.empty() || node.weighted_by) no("it weighs");
  if (list.members.size() > 255) no("its list is too long");
  std::vector<Made> members;
  for (const ast::ExprId id : list.members) {
    members.push_back(expr(id, site));
    if (node.each) members.back() = compare(members.back(), *node.each, id, site);
  }
  if (node.op == ast::AggregateOp::Count) {
    std::vector<Reg> regs;
    bool may_not_apply = false;
    for (const Made& member : members) {
      if (!is_condition(member)) no("it counts values");
      const ConditionValue one = condition(member, site);
      may_not_apply = may_not_apply || one.may_not_apply;
      regs.push_back(one.reg);
    }
    const auto may = static_cast<State>(may_not_apply ? kCauses | kNotApplicable : kCauses);
    NumberValue out{
        site.into->number(), false, Sort::Numbers, 0, 0, static_cast<std::int64_t>(regs.size()), may, nullptr};
    site.into->add(Tally{std::move(regs), std::nullopt, 0, may_not_apply, out.reg});
    return out;
  }
  std::vector<NumberValue> numbers;
  for (const Made& member : members) {
    if (is_condition(member)) no("it takes a share");
    numbers.push_back(plain(number(member, site), site));
    if (numbers.back().wide || numbers.back().sort != Sort::Numbers) no("its list holds dates, or numbers too wide");
  }
  int places = 0;
  for (const NumberValue& one : numbers) places = std::max(places, one.places);
  NumberValue out{0, false, Sort::Numbers, places, 0, 0, 0, nullptr};
  std::vector<Reg> regs;
  bool first = true;
  for (NumberValue& one : numbers) {
    if (!to_places(one, places, site)) no("its list holds numbers too wide");
    regs.push_back(one.reg);
    out.may |= one.may;
    const bool optional = (one.may & (kNotApplicable | kMayNotApply)) != 0;
    if (node.op == ast::AggregateOp::Sum || node.op == ast::AggregateOp::Average) {
      out.least += optional ? std::min<std::int64_t>(one.least, 0) : one.least;
      out.greatest += optional ? std::max<std::int64_t>(one.greatest, 0) : one.greatest;
    } else if (node.op == ast::AggregateOp::Lowest || node.op == ast::AggregateOp::Highest) {
      const bool low = node.op == ast::AggregateOp::Lowest;
      out.least = first ? one.least : low ? std::min(out.least, one.least) : std::max(out.least, one.least);
      out.greatest = first ? one.greatest
                     : low ? std::min(out.greatest, one.greatest)
                           : std::max(out.greatest, one.greatest);
    } else {
      no("it takes a median, a quartile or a share");
    }
    first = false;
  }
  const bool odd = (out.may & (kNotApplicable | kMayNotApply)) != 0;
  out.reg = site.into->number();
  if (node.op == ast::AggregateOp::Lowest || node.op == ast::AggregateOp::Highest) {
    if (odd || (out.may & kOpen) != 0) no("its list may hold what does not apply");
    site.into->add(
        ExtremeOf{std::move(regs), node.op == ast::AggregateOp::Lowest ? Extreme::Lowest : Extreme::Highest, out.reg});
    return out;
  }
  if (node.op == ast::AggregateOp::Average && odd) no("its list may hold what does not apply");
  const auto count = static_cast<std::int64_t>(regs.size());
  site.into->add(SumOf{std::move(regs), out.reg});
  if (node.op == ast::AggregateOp::Sum) return out;
  return run({out}, {Cell::of(Value(Decimal::from_int(count)))}, site);
}

}  // namespace assay::columns
