// A subject's place among others, change over time, and calls of methods (docs/language.md 1.5, 2.8, 4.6, 5.7).
#include <algorithm>
#include <array>

#include "dsl/syntax/lowering.h"

namespace assay::syntax {

namespace {

struct PositionWord {
  std::string_view text;
  ast::PositionOp op;
};
constexpr auto kPositions = std::to_array<PositionWord>({
    {"rank", ast::PositionOp::Rank},
    {"quartile", ast::PositionOp::Quartile},
    {"quintile", ast::PositionOp::Quintile},
    {"decile", ast::PositionOp::Decile},
    {"percentile", ast::PositionOp::Percentile},
});

ast::ScaleEnd end_of(std::string_view word) {
  if (word == "lowest") return ast::ScaleEnd::Lowest;
  if (word == "highest") return ast::ScaleEnd::Highest;
  return word == "best" ? ast::ScaleEnd::Best : ast::ScaleEnd::Worst;
}

constexpr std::string_view kWeighs = "`share of`, `average of` and `sum of` can be weighted";

}  // namespace

ast::ExprId Lowering::position(const Node& node) {
  const auto op = std::ranges::find(kPositions, written(node.children[0]), &PositionWord::text)->op;
  ast::Position out{.op = op, .value = expr(node.children[1]), .from = end_of(written(node.children[2])), .among = {}};
  Modifiers modifiers;
  out.among = set(node, 3, modifiers);
  out.ties = modifiers.ties.value_or(ast::Ties::Best);
  out.ignoring_missing = modifiers.ignoring_missing;
  refuse(node, Kind::Weighted, "a place among others", kWeighs);
  const int deepest = std::max(depth({out.value}), depth_of_set(out.among)) + 1;
  const ast::ExprId id = add(std::move(out), node);
  set_depth(id, deepest);
  return id;
}

ast::ExprId Lowering::spread(const Node& node) {
  const ast::ExprId value = expr(node.children[0]), best = expr(node.children[1]), worst = expr(node.children[2]);
  ast::Spread out{.value = value, .best = best, .worst = worst, .among = {}};
  Modifiers modifiers;
  out.among = set(node, 3, modifiers);
  out.ties = modifiers.ties.value_or(ast::Ties::Best);
  out.ignoring_missing = modifiers.ignoring_missing;
  refuse(node, Kind::Weighted, "a spread", kWeighs);
  const int deepest = std::max(depth({value, best, worst}), depth_of_set(out.among)) + 1;
  const ast::ExprId id = add(std::move(out), node);
  set_depth(id, deepest);
  return id;
}

ast::ExprId Lowering::change(const Node& node) {
  ast::Change out{expr(node.children[0]), std::nullopt};
  if (node.children[1].kind == Kind::Over) out.over = duration(node.children[1]);
  const int deepest = depth({out.operand});
  const ast::ExprId id = add(out, node);
  set_depth(id, deepest);
  return id;
}

ast::ExprId Lowering::call(const Node& node) {
  ast::Call out{name(node.children[0]), {}};
  for (std::size_t at = 1; at < node.children.size(); ++at) out.arguments.push_back(expr(node.children[at]));
  const int deepest = depth(out.arguments) + 1;
  const ast::ExprId id = add(std::move(out), node);
  set_depth(id, deepest);
  return id;
}

void Lowering::method(const Node& node) {
  ast::MethodDecl out{.name = name_of_child(node), .type = type(*node.child(Kind::Type))};
  Seen seen;
  bool has_value = false;
  for (const Node& clause : node.children) {
    take_title(out.title, clause, seen);
    if (clause.kind == Kind::Argument) {
      out.arguments.push_back(name_of_child(clause));
    } else if (clause.kind == Kind::Value && first_time(seen, clause)) {
      out.value = expr(clause.children.front());
      has_value = true;
    } else if (clause.kind == Kind::Basis || clause.kind == Kind::Cites) {
      grounds_clause(out.grounds, clause, seen);
    }
  }
  if (!has_value) out.value = missing(out.name, "method", "value: `= VALUE`");
  tree_.add(ast::Decl(std::move(out)), span(node));
}

}  // namespace assay::syntax
