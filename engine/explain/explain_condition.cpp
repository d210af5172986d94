// Conditions: what decided them. The first no of an `and`, all when all were needed, every unknown; of a comparison
// both values and how far they are apart (docs/language.md 10.1).
#include <algorithm>

#include <fmt/format.h>

#include "engine/explain/proof.h"
#include "engine/explain/words.h"

namespace assay {

StepId Proof::condition(ast::ExprId id, const Scope& scope) {
  const ast::Expr& node = rulebook().tree.expr(id);
  if (std::holds_alternative<ast::Chain>(node)) {
    Children only;
    operands(id, scope, only);
    if (only.size() == 1) return only.front();
  }
  if (std::holds_alternative<ast::Call>(node)) return called(id, scope);
  const StepId step_id = add();
  ProofStep::Kind kind = ProofStep::Kind::Condition;
  if (std::holds_alternative<ast::Compare>(node)) kind = ProofStep::Kind::Comparison;
  if (std::holds_alternative<ast::Consecutive>(node)) kind = ProofStep::Kind::Consecutive;
  if (std::holds_alternative<ast::Quantified>(node)) kind = ProofStep::Kind::Aggregate;
  ProofStep step = part(kind, id, scope);
  const Cell cell = cell_of(id, scope);
  step.result = truth_in_words(cell);
  put_condition(step, id, cell, scope);
  steps_[step_id.index] = std::move(step);
  return step_id;
}

void Proof::put_condition(ProofStep& step, ast::ExprId id, const Cell& cell, const Scope& scope) {
  const ast::Expr& node = rulebook().tree.expr(id);
  if (const auto* logic = std::get_if<ast::Logic>(&node)) return put_logic(step, *logic, cell, scope);
  if (const auto* compare = std::get_if<ast::Compare>(&node)) return put_compare(step, *compare, scope);
  if (const auto* within = std::get_if<ast::WithinLast>(&node)) return put_within(step, *within, scope);
  if (const auto* consecutive = std::get_if<ast::Consecutive>(&node))
    return put_consecutive(step, *consecutive, cell, scope);
  if (const auto* negated = std::get_if<ast::Not>(&node))
    return step.children.push_back(condition(negated->operand, scope));
  if (std::holds_alternative<ast::Quantified>(node)) return put_range(step, id, cell, scope);
  put_value(step, id, cell, scope);
}

namespace {

std::string counted(const std::vector<std::size_t>& by_truth) {
  static constexpr const char* kWords[] = {"no", "yes", "unknown", "not applicable"};
  std::vector<std::string> parts;
  for (std::size_t truth = 0; truth < by_truth.size(); ++truth) {
    if (by_truth[truth] > 0) parts.push_back(fmt::format("{} {}", by_truth[truth], kWords[truth]));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

// Of `and` a no decides, of `or` a yes: the first such is shown. Otherwise all that agree with the outcome were needed.
void Proof::put_logic(ProofStep& step, const ast::Logic& node, const Cell& cell, const Scope& scope) {
  const Truth whole = cell.truth();
  const Truth decides_alone = node.op == ast::LogicOp::And ? Truth::No : Truth::Yes;
  std::vector<std::size_t> rest(4, 0);
  std::size_t left = 0, shown = 0;
  for (ast::ExprId operand : node.operands) {
    const Truth truth = cell_of(operand, scope).truth();
    const bool enough = whole == decides_alone && shown > 0;
    if (truth == whole && !enough) {
      step.children.push_back(condition(operand, scope));
      ++shown;
    } else {
      ++rest[static_cast<std::size_t>(truth)];
      ++left;
    }
  }
  if (left == 0) {
    step.note = shown == 2 ? "both parts were needed" : fmt::format("all {} parts were needed", shown);
    return;
  }
  step.note = shown == 1 ? fmt::format("this part decides; the others: {}", counted(rest))
                         : fmt::format("these {} parts decide; the others: {}", shown, counted(rest));
}

namespace {

bool says_state(ast::RelationOp op) {
  switch (op) {
    case ast::RelationOp::Known:
    case ast::RelationOp::Unknown:
    case ast::RelationOp::Applicable:
    case ast::RelationOp::Raised:
    case ast::RelationOp::Clear:
    case ast::RelationOp::Undetermined:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string Proof::relation_in_words(const ast::Relation& relation, ast::ExprId left, const Scope& scope) {
  const ValueType& type = rulebook().type(left);
  const Cell lhs = cell_of(left, scope);
  const auto& sides = relation.operands;
  if (says_state(relation.op)) {
    if (relation.op != ast::RelationOp::Known && relation.op != ast::RelationOp::Unknown) return {};
    return lhs.known() ? "it is known" : "it is not known, and the rule asks just that";
  }
  if (relation.op == ast::RelationOp::Between && sides.size() == 2) {
    return fmt::format("{}, and {}", apart_in_words(lhs, cell_of(sides[0], scope), type),
                       apart_in_words(lhs, cell_of(sides[1], scope), type));
  }
  if (relation.op == ast::RelationOp::OneOf) return cell_in_words(lhs, type);
  return sides.size() == 1 ? apart_in_words(lhs, cell_of(sides[0], scope), type) : std::string();
}

void Proof::put_compare(ProofStep& step, const ast::Compare& node, const Scope& scope) {
  std::string note;
  if (!is_plain(node.lhs)) {
    if (const std::string values = put_in(node.lhs, scope); !values.empty())
      note = fmt::format("{} = {}; ", values, plain_in_words(cell_of(node.lhs, scope), rulebook().type(node.lhs)));
  }
  step.note = note + relation_in_words(node.relation, node.lhs, scope);
  operands(node.lhs, scope, step.children);
  for (ast::ExprId side : node.relation.operands) operands(side, scope, step.children);
}

}  // namespace assay
