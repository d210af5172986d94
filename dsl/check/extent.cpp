// How far an expression's numbers reach and how fine they are, from the types under it: what bands have to cover.
#include "dsl/check/bands.h"

namespace assay::checking {
namespace {

using Ends = std::optional<Decimal>;

Ends sum(Ends a, Ends b) { return a && b ? add(*a, *b) : std::nullopt; }
Ends less(Ends a, Ends b) { return a && b ? subtract(*a, *b) : std::nullopt; }

bool below(Decimal a, Decimal b) { return a.compare(b) == std::strong_ordering::less; }
Extent hull(Extent a, Extent b) {
  Extent made;
  if (a.low && b.low) made.low = below(*a.low, *b.low) ? a.low : b.low;
  if (a.high && b.high) made.high = below(*a.high, *b.high) ? b.high : a.high;
  return made;
}

bool is_closed(const Extent& extent) { return extent.low && extent.high; }

// Over the four corners; a divisor that may be zero bounds nothing.
template <class Op>
Extent corners(const Extent& a, const Extent& b, Op op) {
  if (!is_closed(a) || !is_closed(b)) return {};
  std::optional<Extent> made;
  for (const Decimal x : {*a.low, *a.high}) {
    for (const Decimal y : {*b.low, *b.high}) {
      const Ends corner = op(x, y);
      if (!corner) return {};
      const Extent point{corner, corner};
      made = made ? hull(*made, point) : point;
    }
  }
  return *made;
}

Ends quotient(Decimal a, Decimal b, Decimal factor) {
  const Decimal factors[] = {a, factor};
  const Decimal divisors[] = {b};
  return Decimal::multiply_divide(factors, divisors);
}
Extent divided(const Extent& a, const Extent& b, Decimal factor) {
  const Decimal zero;
  if (!is_closed(b) || (!below(zero, *b.low) && !below(*b.high, zero))) return {};
  return corners(a, b, [&](Decimal x, Decimal y) { return quotient(x, y, factor); });
}

class ExtentOf {
 public:
  explicit ExtentOf(const Rulebook& book) : book_(book) {}

  Extent of(ast::ExprId id) const {
    const ValueType& type = book_.type(id);
    if (!is_numeric(type.kind)) return {};
    const Extent found = std::visit([&](const auto& node) { return extent(id, node); }, book_.tree.expr(id));
    return {type.low ? type.low : found.low, type.high ? type.high : found.high};
  }

 private:
  template <class Other>
  Extent extent(ast::ExprId, const Other&) const {
    return {};
  }

  Extent extent(ast::ExprId, const ast::Literal& node) const {
    const auto* number = std::get_if<Decimal>(&node.value);
    return number == nullptr ? Extent{} : Extent{*number, *number};
  }

  // Of a define without a stated range, what its values allow. A cycle is spoken of elsewhere; it ends here by its
  // depth.
  Extent extent(ast::ExprId id, const ast::Chain&) const {
    const auto* rule = std::get_if<RuleOf>(&book_.resolved[id.index]);
    if (const auto* table = rule == nullptr ? nullptr : std::get_if<TableRule>(&book_.rule(rule->rule).body))
      return of_rows(*table);
    const auto* define = rule == nullptr ? nullptr : std::get_if<DefineRule>(&book_.rule(rule->rule).body);
    if (define == nullptr || depth_ >= kRulesMax || book_.expr_types[define->value.index] == kErrorType) return {};
    ++depth_;
    Extent made = of(define->value);
    for (const auto& but : define->buts) {
      if (!std::holds_alternative<ast::TheAbove>(book_.tree.expr(but.value))) made = hull(made, of(but.value));
    }
    --depth_;
    return made;
  }

  Extent extent(ast::ExprId, const ast::Negate& node) const {
    const Extent a = of(node.operand);
    const Decimal zero;
    return {less(zero, a.high), less(zero, a.low)};
  }

  Extent extent(ast::ExprId, const ast::Arithmetic& node) const {
    const Extent a = of(node.lhs), b = of(node.rhs);
    switch (node.op) {
      case ast::ArithmeticOp::Add:
        return {sum(a.low, b.low), sum(a.high, b.high)};
      case ast::ArithmeticOp::Subtract:
        return {less(a.low, b.high), less(a.high, b.low)};
      case ast::ArithmeticOp::Multiply:
        return corners(a, b, [](Decimal x, Decimal y) {
          const Decimal both[] = {x, y};
          return Decimal::multiply_divide(both, {});
        });
      case ast::ArithmeticOp::Divide:
        return divided(a, b, Decimal::from_int(1));
    }
    return {};
  }

  Extent extent(ast::ExprId, const ast::PercentOf& node) const {
    constexpr int kHundred = 100;
    return divided(of(node.part), of(node.whole), Decimal::from_int(kHundred));
  }

  Extent extent(ast::ExprId, const ast::Rounded& node) const {
    Extent a = of(node.operand);
    if (a.low) a.low = a.low->rounded(node.rounding, node.places);
    if (a.high) a.high = a.high->rounded(node.rounding, node.places);
    return a;
  }

  Extent extent(ast::ExprId, const ast::When& node) const { return hull(of(node.value), of(node.otherwise)); }

  Extent extent(ast::ExprId, const ast::FirstKnownOf& node) const { return hull_of(node.operands); }

  Extent extent(ast::ExprId, const ast::Aggregate& node) const {
    using enum ast::AggregateOp;
    constexpr int kHundred = 100;
    if (node.op == Count) return {Decimal(), {}};
    if (node.op == Share) return {Decimal(), Decimal::from_int(kHundred)};
    const auto* list = std::get_if<ast::ListOf>(&node.range);
    if (node.op == Sum) {
      if (list == nullptr || node.ignoring_missing) return {};
      Extent made{Decimal(), Decimal()};
      for (const ast::ExprId member : list->members) {
        const Extent each = of(member);
        made = {sum(made.low, each.low), sum(made.high, each.high)};
      }
      return made;
    }
    if (list != nullptr) return hull_of(list->members);
    const auto& type = book_.type(std::get<ast::SetOf>(node.range).set);
    return {type.low, type.high};
  }

  Extent extent(ast::ExprId, const ast::Spread& node) const { return hull(of(node.best), of(node.worst)); }

  Extent extent(ast::ExprId, const ast::Call& node) const { return node.body ? of(*node.body) : Extent{}; }

  // A row that is not known may be anything.
  Extent of_rows(const TableRule& table) const {
    std::vector<ast::ExprId> values;
    for (const auto& row : table.rows) {
      if (!row.value || depth_ >= kRulesMax || book_.expr_types[row.value->index] == kErrorType) return {};
      values.push_back(*row.value);
    }
    ++depth_;
    const Extent made = hull_of(values);
    --depth_;
    return made;
  }

  Extent hull_of(const std::vector<ast::ExprId>& values) const {
    std::optional<Extent> made;
    for (const ast::ExprId value : values) made = made ? hull(*made, of(value)) : of(value);
    return made.value_or(Extent{});
  }

  static constexpr int kRulesMax = 8;
  const Rulebook& book_;
  mutable int depth_ = 0;
};

std::optional<Decimal> grain(const Rulebook& book, ast::ExprId id, int depth) {
  const ast::Expr& node = book.tree.expr(id);
  if (const auto* rounded = std::get_if<ast::Rounded>(&node)) return Decimal::scaled(1, rounded->places);
  if (const auto* call = std::get_if<ast::Call>(&node); call != nullptr && call->body)
    return grain(book, *call->body, depth);
  const auto* rule = std::get_if<RuleOf>(&book.resolved[id.index]);
  const auto* define = rule == nullptr ? nullptr : std::get_if<DefineRule>(&book.rule(rule->rule).body);
  if (is_whole_number(book.type(id).kind)) return Decimal::from_int(1);
  constexpr int kRulesMax = 8;
  if (define == nullptr || depth >= kRulesMax) return std::nullopt;
  auto finest = grain(book, define->value, depth + 1);
  for (const auto& but : define->buts) {
    if (std::holds_alternative<ast::TheAbove>(book.tree.expr(but.value))) continue;
    const auto other = grain(book, but.value, depth + 1);
    if (!finest || !other) return std::nullopt;
    if (below(*other, *finest)) finest = other;
  }
  return finest;
}

}  // namespace

Extent extent_of(const Rulebook& book, ast::ExprId expr) { return ExtentOf(book).of(expr); }

std::optional<Decimal> grain_of(const Rulebook& book, ast::ExprId expr) { return grain(book, expr, 0); }

}  // namespace assay::checking
