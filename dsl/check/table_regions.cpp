// Regions of yes/no, labels, texts, numbers and dates.
#include "dsl/check/table_regions.h"

#include <algorithm>

#include "dsl/check/bands.h"

namespace assay::checking {
namespace {

bool asks_state(ast::RelationOp op) {
  return op == ast::RelationOp::Known || op == ast::RelationOp::Unknown || op == ast::RelationOp::Undetermined;
}

std::optional<Decimal> number_of(const Value& value) {
  if (const auto* number = std::get_if<Decimal>(&value)) return *number;
  if (const auto* date = std::get_if<Date>(&value)) return Decimal::from_int(date->days);
  return std::nullopt;
}

bool less(Decimal a, Decimal b) { return a.compare(b) == std::strong_ordering::less; }

// Numbers cut at the points where cells turn and at the ends that the input can reach: each point, and what lies
// between two of them.
class NumberRegions {
 public:
  NumberRegions(const Rulebook& book, ast::ExprId input) : type_(book.type(input)) {
    if (type_.kind == TypeKind::Date) {
      grain_ = Decimal::from_int(1);
      return;
    }
    extent_ = extent_of(book, input);
    grain_ = grain_of(book, input);
  }

  std::vector<TableRegion> of(std::vector<Decimal> points) {
    for (const auto& end : {extent_.low, extent_.high})
      if (end) points.push_back(*end);
    std::sort(points.begin(), points.end(), less);
    points.erase(std::unique(points.begin(), points.end(), [](Decimal a, Decimal b) { return !less(a, b); }),
                 points.end());
    std::erase_if(points, [&](Decimal point) {
      return (extent_.low && less(point, *extent_.low)) || (extent_.high && less(*extent_.high, point));
    });
    if (points.empty()) return {region(Decimal())};
    std::vector<TableRegion> regions;
    const Decimal step = grain_.value_or(Decimal::from_int(1));
    if (!extent_.low) add_if(subtract(points.front(), step), regions);
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (on_grain(points[i])) regions.push_back(region(points[i]));
      if (i + 1 < points.size()) add_if(between(points[i], points[i + 1]), regions);
    }
    if (!extent_.high) add_if(add(points.back(), step), regions);
    return regions;
  }

 private:
  // Up to the next whole step, if the value has steps.
  std::optional<Decimal> steps_down(Decimal number) const {
    const Decimal factors[] = {number}, divisors[] = {*grain_};
    const auto quotient = Decimal::multiply_divide(factors, divisors);
    const auto steps = quotient ? quotient->rounded(Rounding::Down, 0) : std::nullopt;
    if (!steps) return std::nullopt;
    const Decimal back[] = {*steps, *grain_};
    return Decimal::multiply_divide(back, {});
  }
  bool on_grain(Decimal number) const {
    if (!grain_) return true;
    const auto down = steps_down(number);
    return !down || !less(*down, number);
  }
  std::optional<Decimal> between(Decimal low, Decimal high) const {
    if (grain_) {
      const auto down = steps_down(low);
      const auto next = down ? add(*down, *grain_) : std::nullopt;
      return next && less(*next, high) ? next : std::nullopt;
    }
    const auto whole = low.rounded(Rounding::Down, 0);
    const auto next = whole ? add(*whole, Decimal::from_int(1)) : std::nullopt;
    if (next && less(*next, high)) return next;
    const auto sum = add(low, high);
    if (!sum) return std::nullopt;
    const Decimal factors[] = {*sum}, divisors[] = {Decimal::from_int(2)};
    return Decimal::multiply_divide(factors, divisors);
  }
  TableRegion region(Decimal number) const {
    Value value = number;
    if (type_.kind == TypeKind::Date) value = Date{static_cast<std::int32_t>(number.to_scaled(0).value_or(0))};
    return {value, to_words(value, type_)};
  }
  void add_if(std::optional<Decimal> number, std::vector<TableRegion>& regions) const {
    if (number) regions.push_back(region(*number));
  }

  const ValueType& type_;
  Extent extent_;
  std::optional<Decimal> grain_;
};

Truth compared(const Value& value, ast::RelationOp op, const std::vector<Value>& with, bool higher_is_better) {
  using enum ast::RelationOp;
  const auto at_least = [&](std::size_t i) { return to_truth(order(value, with[i]) >= 0); };
  const auto at_most = [&](std::size_t i) { return to_truth(order(value, with[i]) <= 0); };
  switch (op) {
    case Equal:
    case OneOf:
      return to_truth(std::any_of(with.begin(), with.end(), [&](const Value& each) { return same(value, each); }));
    case AtLeast:
      return at_least(0);
    case AtMost:
      return at_most(0);
    case MoreThan:
      return opposite(at_most(0));
    case LessThan:
      return opposite(at_least(0));
    case Between:
      return both(at_least(0), at_most(1));
    case BetterThan:
      return opposite(higher_is_better ? at_most(0) : at_least(0));
    case WorseThan:
      return opposite(higher_is_better ? at_least(0) : at_most(0));
    case AtLeastAsGoodAs:
    case OrBetter:
      return higher_is_better ? at_least(0) : at_most(0);
    case OrWorse:
      return higher_is_better ? at_most(0) : at_least(0);
    case Known:
    case Applicable:
      return Truth::Yes;
    case Unknown:
    case Undetermined:
      return Truth::No;
    case Raised:
      return to_truth(std::get<bool>(value));
    case Clear:
      return to_truth(!std::get<bool>(value));
  }
  return Truth::Unknown;
}

}  // namespace

std::optional<Value> table_constant(const Rulebook& book, ast::ExprId id, Date on) {
  const ast::Expr& node = book.tree.expr(id);
  if (const auto* literal = std::get_if<ast::Literal>(&node)) return literal->value;
  if (const auto* negated = std::get_if<ast::Negate>(&node)) {
    const auto inner = table_constant(book, negated->operand, on);
    const auto* number = inner ? std::get_if<Decimal>(&*inner) : nullptr;
    return number == nullptr ? std::nullopt : std::optional<Value>(number->negated());
  }
  const Resolved& resolved = book.resolved[id.index];
  if (const auto* label = std::get_if<LabelRef>(&resolved)) return Value(label->label);
  const auto* parameter = std::get_if<ParameterRef>(&resolved);
  if (parameter == nullptr) return std::nullopt;
  std::optional<Value> value;
  for (const auto& dated : book.parameters[parameter->parameter.index].values)
    if (dated.from <= on) value = dated.value;
  return value;
}

std::vector<TableRegion> table_regions(const Rulebook& book, ast::ExprId input,
                                       const std::vector<const ast::Relation*>& column, Date on) {
  const ValueType& type = book.type(input);
  std::vector<TableRegion> regions;
  std::vector<Value> turning;
  for (const ast::Relation* cell : column) {
    for (const ast::ExprId operand : cell->operands) {
      if (auto value = table_constant(book, operand, on)) turning.push_back(*std::move(value));
    }
  }
  if (type.kind == TypeKind::YesNo) {
    for (const bool value : {false, true}) regions.push_back({Value(value), value ? "yes" : "no"});
  } else if (!type.labels.empty()) {
    for (std::size_t i = 0; i < type.labels.size(); ++i)
      regions.push_back({Value(Label{static_cast<std::uint16_t>(i)}), type.labels[i].name});
  } else if (type.kind == TypeKind::Text) {
    std::vector<std::string> texts;
    for (const Value& each : turning) texts.push_back(std::get<std::string>(each));
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    std::string other;  // longer than any of them, and so none of them
    for (const std::string& text : texts) {
      regions.push_back({Value(text), "\"" + text + "\""});
      other += text + "x";
    }
    regions.push_back({Value(other), "another text"});
  } else {
    std::vector<Decimal> points;
    for (const Value& each : turning)
      if (const auto number = number_of(each)) points.push_back(*number);
    regions = NumberRegions(book, input).of(std::move(points));
  }
  const bool state = std::any_of(column.begin(), column.end(), [](const auto* cell) { return asks_state(cell->op); });
  if (state) regions.push_back({std::nullopt, "not known"});
  return regions;
}

Truth table_answer(const Rulebook& book, ast::ExprId input, const ast::Relation& cell, const TableRegion& region,
                   Date on) {
  Truth answer = Truth::Unknown;
  if (!region.value) {
    if (cell.op == ast::RelationOp::Known) answer = Truth::No;
    if (cell.op == ast::RelationOp::Unknown || cell.op == ast::RelationOp::Undetermined ||
        cell.op == ast::RelationOp::Applicable)
      answer = Truth::Yes;
  } else {
    std::vector<Value> with;
    for (const ast::ExprId operand : cell.operands) {
      const auto value = table_constant(book, operand, on);
      if (!value) return Truth::Unknown;
      with.push_back(*value);
    }
    answer = compared(*region.value, cell.op, with, better_direction(book, input) != Direction::LowerIsBetter);
  }
  return cell.negated ? opposite(answer) : answer;
}

}  // namespace assay::checking
