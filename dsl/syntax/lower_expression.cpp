// Expressions, from the value down to the factor (docs/language.md 1.5, 1.6).
#include <algorithm>

#include <fmt/format.h>

#include "dsl/syntax/lowering.h"
#include "dsl/syntax/parse.h"

namespace assay::syntax {

namespace {

ast::ArithmeticOp arithmetic_op(char sign) {
  switch (sign) {
    case '+':
      return ast::ArithmeticOp::Add;
    case '-':
      return ast::ArithmeticOp::Subtract;
    case '*':
      return ast::ArithmeticOp::Multiply;
    default:
      return ast::ArithmeticOp::Divide;
  }
}

}  // namespace

ast::ConsecutiveUnit consecutive_unit(std::string_view word) {
  if (word.starts_with("reading")) return ast::ConsecutiveUnit::Readings;
  if (word.starts_with("day")) return ast::ConsecutiveUnit::Days;
  if (word.starts_with("week")) return ast::ConsecutiveUnit::Weeks;
  if (word.starts_with("month")) return ast::ConsecutiveUnit::Months;
  return word.starts_with("quarter") ? ast::ConsecutiveUnit::Quarters : ast::ConsecutiveUnit::Years;
}

ast::ExprId Lowering::expr(const Node& node) {
  switch (node.kind) {
    case Kind::When:
      return when(node);
    case Kind::Logic:
      return logic(node);
    case Kind::Not: {
      const ast::ExprId operand = expr(node.children.front());
      const ast::ExprId id = add(ast::Not{operand}, node);
      set_depth(id, depth({operand}) + 1);
      return id;
    }
    case Kind::Test:
      return test(node);
    case Kind::Compare:
      return compare(node);
    case Kind::Amount:
      return amount(node);
    case Kind::Sum:
    case Kind::Product:
      return operator_run(node);
    case Kind::Factor:
      return factor(node);
    case Kind::Bracket:
      return bracket(node);
    case Kind::Quantified:
      return quantified(node, std::nullopt);
    case Kind::Aggregate:
      return aggregate(node);
    case Kind::FirstKnown: {
      std::vector<ast::ExprId> members = list(node.children.front());
      const int deepest = depth(members);
      const ast::ExprId id = add(ast::FirstKnownOf{std::move(members)}, node);
      set_depth(id, deepest);
      return id;
    }
    case Kind::Since: {
      const bool months = written(node.children[0]) == "months";
      if (node.children[1].kind == Kind::Word) return add(ast::SinceEntering{months}, node);
      return add(ast::DaysSince{months, chain(node.children[1])}, node);
    }
    case Kind::Position:
      return position(node);
    case Kind::Spread:
      return spread(node);
    case Kind::Change:
      return change(node);
    case Kind::Call:
      return call(node);
    case Kind::Previous:
      return add(ast::Previous{chain(node.children.front())}, node);
    case Kind::TheAbove:
      return add(ast::TheAbove{}, node);
    case Kind::Chain:
      return chain(node);
    case Kind::Constant:
      return constant(node);
    default:
      return literal(node);
  }
}

int Lowering::depth(const std::vector<ast::ExprId>& operands) const {
  int deepest = 0;
  for (const ast::ExprId id : operands) {
    const std::size_t at = id.index - first_expr_;
    if (at < depths_.size()) deepest = std::max(deepest, depths_[at]);
  }
  return deepest;
}

void Lowering::set_depth(ast::ExprId id, int depth) {
  depths_.resize(tree_.expr_count() - first_expr_);
  depths_[id.index - first_expr_] = depth;
}

ast::ExprId Lowering::bracket(const Node& node) {
  const ast::ExprId inner = expr(node.children.front());
  set_depth(inner, depth({inner}) + 1);
  return inner;
}

ast::ExprId Lowering::when(const Node& node) {
  const ast::ExprId value = expr(node.children[0]), condition = expr(node.children[1]),
                    otherwise = expr(node.children[2]);
  const ast::ExprId id = add(ast::When{value, condition, otherwise}, node);
  set_depth(id, depth({value, condition, otherwise}) + 1);
  return id;
}

ast::ExprId Lowering::logic(const Node& node) {
  const std::string_view first = written(node.children[1]);
  std::vector<ast::ExprId> operands;
  for (std::size_t at = 0; at < node.children.size(); at += 2) {
    if (at > 0 && written(node.children[at - 1]) != first) {
      report(DiagnosticKind::MixedAndOr, span(node.children[at - 1]),
             fmt::format("`{}` follows `{}` without brackets", written(node.children[at - 1]), first),
             "put brackets round what belongs together",
             {{span(node.children[1]), fmt::format("`{}` stands here", first)}});
      return error_at(node);
    }
    operands.push_back(expr(node.children[at]));
  }
  const int deepest = depth(operands);
  const ast::ExprId id =
      add(ast::Logic{first == "and" ? ast::LogicOp::And : ast::LogicOp::Or, std::move(operands)}, node);
  set_depth(id, deepest);
  return id;
}

ast::ExprId Lowering::test(const Node& node) {
  const Node& steps = node.children[1];
  const ast::ExprId condition = expr(node.children[0]);
  const ast::ExprId id =
      add(ast::Consecutive{condition, count(steps.children[0]), consecutive_unit(written(steps.children[1]))}, node);
  set_depth(id, depth({condition}));
  return id;
}

ast::ExprId Lowering::compare(const Node& node) {
  const Node& left = node.children[0];
  const Node& right = node.children[1];
  if (right.kind == Kind::WithinLast) {
    const ast::ExprId event = expr(left);
    const ast::ExprId id = add(ast::WithinLast{event, duration(right)}, node);
    set_depth(id, depth({event}));
    return id;
  }
  // `any of (a, b) is 1` puts `is 1` to each.
  if (left.kind == Kind::Quantified) {
    const ast::ExprId id = quantified(left, relation(right));
    tree_.set_span(id, span(node));
    return id;
  }
  const ast::ExprId lhs = expr(left);
  ast::Relation asked = relation(right);
  const int deepest = std::max(depth({lhs}), depth(asked.operands));
  const ast::ExprId id = add(ast::Compare{lhs, std::move(asked)}, node);
  set_depth(id, deepest);
  return id;
}

ast::Relation Lowering::relation(const Node& node) {
  ast::Relation out{.span = span(node)};
  for (const Node& child : node.children) {
    if (child.kind == Kind::List) {
      out.operands = list(child);
    } else if (child.kind != Kind::Word) {
      out.operands.push_back(expr(child));
    } else if (const std::string word = words(child); word == "not") {
      out.negated = true;
    } else {
      out.op = ast::relation_op(word);
    }
  }
  return out;
}

int Lowering::places(const Node& integer) {
  const std::uint32_t found = count(integer);
  if (found <= Decimal::kPlaces) return static_cast<int>(found);
  report(DiagnosticKind::NumberTooLong, span(integer), fmt::format("numbers have no {} places", found),
         fmt::format("they have at most {}", Decimal::kPlaces));
  return Decimal::kPlaces;
}

ast::ExprId Lowering::amount(const Node& node) {
  ast::ExprId id = expr(node.children[0]);
  const std::uint32_t begin = node.begin;
  for (std::size_t at = 1; at < node.children.size(); ++at) {
    const Node& after = node.children[at];
    const int before = depth({id});
    if (after.kind == Kind::PercentOf) {
      const ast::ExprId whole = expr(after.children[0]);
      id = tree_.add(ast::PercentOf{id, whole}, {file_, begin, after.end});
      set_depth(id, std::max(before, depth({whole})));
      continue;
    }
    ast::Rounded rounded{id, Rounding::HalfAwayFromZero, 0};
    for (const Node& part : after.children) {
      const std::string_view word = written(part);
      if (word == "up") rounded.rounding = Rounding::Up;
      if (word == "down") rounded.rounding = Rounding::Down;
      if (part.kind == Kind::Integer) rounded.places = places(part);
    }
    id = tree_.add(rounded, {file_, begin, after.end});
    set_depth(id, before);
  }
  return id;
}

// a + b - c: from the left, one operand inside another.
ast::ExprId Lowering::operator_run(const Node& node) {
  ast::ExprId id = expr(node.children[0]);
  for (std::size_t at = 2; at < node.children.size(); at += 2) {
    const ast::ExprId rhs = expr(node.children[at]);
    const int deep = depth({id, rhs}) + 1;
    if (deep > kNestingMax) {
      report(DiagnosticKind::NestedTooDeep, span(node.children[at - 1]),
             fmt::format("more than {} operands stand inside one another here", kNestingMax),
             "give a part of it a name of its own with `define`, or write `sum of (...)`");
      return error_at(node);
    }
    id = tree_.add(ast::Arithmetic{arithmetic_op(written(node.children[at - 1]).front()), id, rhs},
                   {file_, node.begin, node.children[at].end});
    set_depth(id, deep);
  }
  return id;
}

ast::ExprId Lowering::factor(const Node& node) {
  const bool negative = node.children.front().kind == Kind::Word;
  ast::ExprId id = expr(node.children[negative ? 1 : 0]);
  const int deep = depth({id});
  if (node.children.back().kind == Kind::Ago) {
    const std::uint32_t begin = node.children[negative ? 1 : 0].begin;
    id = tree_.add(ast::Ago{id, duration(node.children.back())}, {file_, begin, node.end});
  }
  if (negative) id = add(ast::Negate{id}, node);
  set_depth(id, deep);
  return id;
}

}  // namespace assay::syntax
