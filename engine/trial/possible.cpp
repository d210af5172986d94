// Every combination of the operands' values, as long as they stay few.
#include "engine/trial/possible.h"

#include <algorithm>
#include <set>

#include "dsl/syntax/children.h"

namespace assay {

namespace {

constexpr std::size_t kValuesMax = 400;

struct Less {
  bool operator()(Decimal a, Decimal b) const { return a.compare(b) < 0; }
};
using Few = std::optional<std::set<Decimal, Less>>;

Few checked(Few values) { return values && values->size() <= kValuesMax ? std::move(values) : std::nullopt; }

Few range(Decimal low, Decimal high) {
  Few out{std::in_place};
  for (Decimal at = low; at.compare(high) <= 0 && out->size() <= kValuesMax;) {
    out->insert(at);
    const auto next = add(at, Decimal::from_int(1));
    if (!next) return std::nullopt;
    at = *next;
  }
  return checked(std::move(out));
}

template <class Op>
Few combined(const Few& a, const Few& b, Op op) {
  if (!a || !b) return std::nullopt;
  Few out{std::in_place};
  for (Decimal x : *a)
    for (Decimal y : *b)
      if (const std::optional<Decimal> made = op(x, y)) out->insert(*made);
  return checked(std::move(out));
}

Few either(Few a, const Few& b) {
  if (!a || !b) return std::nullopt;
  a->insert(b->begin(), b->end());
  return checked(std::move(a));
}

std::optional<Decimal> quotient(Decimal a, Decimal b, std::int64_t times) {
  const Decimal up[] = {a, Decimal::from_int(times)}, down[] = {b};
  return Decimal::multiply_divide(up, down);
}

class Possible {
 public:
  explicit Possible(const Rulebook& book) : book_(book) {}

  Few of(ast::ExprId id) {
    return std::visit([&](const auto& node) { return values(id, node); }, book_.tree.expr(id));
  }

 private:
  // What is not said below has too many values, or none that could be counted.
  template <class Other>
  Few values(ast::ExprId, const Other&) {
    return std::nullopt;
  }

  Few values(ast::ExprId, const ast::Literal& node) {
    const auto* number = std::get_if<Decimal>(&node.value);
    return number ? Few{{*number}} : std::nullopt;
  }

  Few values(ast::ExprId id, const ast::Chain&) {
    const Resolved& resolved = book_.resolved[id.index];
    if (const auto* field = std::get_if<FieldOf>(&resolved)) return of_type(book_.schema.field(field->field).type);
    if (const auto* rule = std::get_if<RuleOf>(&resolved)) return of_rule(book_.rule(rule->rule));
    if (const auto* label = std::get_if<LabelRef>(&resolved)) return Few{{Decimal::from_int(label->label.index)}};
    return std::nullopt;
  }

  Few of_type(const ValueType& type) {
    if (type.kind == TypeKind::Scale || type.kind == TypeKind::Choice)
      return range(Decimal(), Decimal::from_int(static_cast<std::int64_t>(type.labels.size()) - 1));
    const bool whole = type.kind == TypeKind::Score || type.kind == TypeKind::Whole;
    return whole && type.low && type.high ? range(*type.low, *type.high) : std::nullopt;
  }

  Few of_rule(const Rule& rule) {
    if (const auto* table = std::get_if<TableRule>(&rule.body)) return of_rows(*table, rule.type);
    const auto* define = std::get_if<DefineRule>(&rule.body);
    if (!define) return of_type(book_.type(rule.type));
    Few out = of(define->value);
    for (const auto& but : define->buts)
      if (!std::holds_alternative<ast::TheAbove>(book_.tree.expr(but.value)))
        out = either(std::move(out), of(but.value));
    return out;
  }

  // A row that is not known may be anything that the type allows.
  Few of_rows(const TableRule& table, TypeId type) {
    Few out{std::in_place};
    for (const auto& row : table.rows)
      out = either(std::move(out), row.value ? of(*row.value) : of_type(book_.type(type)));
    return out;
  }

  Few values(ast::ExprId, const ast::Call& node) { return node.body ? of(*node.body) : std::nullopt; }

  Few values(ast::ExprId, const ast::Negate& node) {
    return combined(Few{{Decimal()}}, of(node.operand), [](Decimal x, Decimal y) { return subtract(x, y); });
  }

  Few values(ast::ExprId, const ast::Arithmetic& node) {
    const Few a = of(node.lhs), b = of(node.rhs);
    switch (node.op) {
      case ast::ArithmeticOp::Add:
        return combined(a, b, [](Decimal x, Decimal y) { return add(x, y); });
      case ast::ArithmeticOp::Subtract:
        return combined(a, b, [](Decimal x, Decimal y) { return subtract(x, y); });
      case ast::ArithmeticOp::Multiply:
        return combined(a, b, [](Decimal x, Decimal y) {
          const Decimal both[] = {x, y};
          return Decimal::multiply_divide(both, {});
        });
      case ast::ArithmeticOp::Divide:
        return combined(a, b, [](Decimal x, Decimal y) { return quotient(x, y, 1); });
    }
    return std::nullopt;
  }

  Few values(ast::ExprId, const ast::PercentOf& node) {
    constexpr std::int64_t kHundred = 100;
    return combined(of(node.part), of(node.whole), [](Decimal x, Decimal y) { return quotient(x, y, kHundred); });
  }

  Few values(ast::ExprId, const ast::Rounded& node) {
    const Few operand = of(node.operand);
    return combined(operand, Few{{Decimal()}},
                    [&](Decimal x, Decimal) { return x.rounded(node.rounding, node.places); });
  }

  Few values(ast::ExprId, const ast::When& node) { return either(of(node.value), of(node.otherwise)); }

  Few values(ast::ExprId, const ast::Aggregate& node) {
    const auto* list = std::get_if<ast::ListOf>(&node.range);
    if (!list) return std::nullopt;
    if (node.op == ast::AggregateOp::Count)
      return range(Decimal(), Decimal::from_int(static_cast<std::int64_t>(list->members.size())));
    if (node.op != ast::AggregateOp::Sum) return std::nullopt;
    Few out{{Decimal()}};
    for (ast::ExprId member : list->members)
      out = combined(out, of(member), [](Decimal x, Decimal y) { return add(x, y); });
    return out;
  }

  const Rulebook& book_;
};

}  // namespace

std::optional<std::vector<Decimal>> possible_values(const Rulebook& book, ast::ExprId expr) {
  const Few few = Possible(book).of(expr);
  if (!few) return std::nullopt;
  return std::vector<Decimal>(few->begin(), few->end());
}

}  // namespace assay
