// What is asked of a checked rulebook.
#include "dsl/check/rulebook.h"

#include "dsl/check/types.h"

namespace assay {

std::string_view to_string(ast::Aim aim) {
  switch (aim) {
    case ast::Aim::Outcomes:
      return "outcomes";
    case ast::Aim::Inequalities:
      return "inequalities";
    case ast::Aim::Productivity:
      return "productivity";
    case ast::Aim::Development:
      return "development";
  }
  return "";
}

std::string_view to_string(ast::BasisKind basis) {
  switch (basis) {
    case ast::BasisKind::Statute:
      return "statute";
    case ast::BasisKind::Published:
      return "published";
    case ast::BasisKind::Guidance:
      return "guidance";
    case ast::BasisKind::Inferred:
      return "inferred";
    case ast::BasisKind::Proposed:
      return "proposed";
    case ast::BasisKind::Local:
      return "local";
  }
  return "";
}

bool is_trigger(const Rule& rule) {
  return !std::holds_alternative<DefineRule>(rule.body) && !std::holds_alternative<RatingRule>(rule.body) &&
         !std::holds_alternative<TableRule>(rule.body) && !std::holds_alternative<StageRule>(rule.body);
}

std::optional<RuleId> Rulebook::find_rule(std::string_view name) const {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].name == name) return RuleId{static_cast<std::uint32_t>(i)};
  }
  return std::nullopt;
}

std::vector<std::string> Rulebook::rule_names() const {
  std::vector<std::string> names;
  names.reserve(rules.size());
  for (const Rule& rule : rules) names.push_back(rule.name);
  return names;
}

bool is_looser(Direction tighter, const Value& local, const Value& national) {
  if (tighter == Direction::None) return false;
  const auto found = order(local, national);
  return tighter == Direction::LowerIsBetter ? found > 0 : found < 0;
}

namespace {

// Stages run from first to last, which is no better or worse.
bool is_stage_type(const Rulebook& rulebook, const ValueType& type) {
  for (const Regime& regime : rulebook.regimes) {
    if (checking::same_type(rulebook.schema.field(regime.field).type, type)) return true;
  }
  return false;
}

Direction direction_of(const Rulebook& rulebook, const Resolved& resolved) {
  if (const auto* field = std::get_if<FieldOf>(&resolved)) return rulebook.schema.field(field->field).direction;
  if (const auto* set = std::get_if<SetRef>(&resolved)) {
    if (set->value && std::holds_alternative<FieldOf>(*set->value)) {
      return rulebook.schema.field(std::get<FieldOf>(*set->value).field).direction;
    }
  }
  return Direction::None;
}

}  // namespace

Direction better_direction(const Rulebook& rulebook, ast::ExprId expr) {
  const ValueType& type = rulebook.type(expr);
  if (type.kind == TypeKind::Scale) {
    return is_stage_type(rulebook, type) ? Direction::None : Direction::HigherIsBetter;
  }
  const ast::Expr& node = rulebook.tree.expr(expr);
  if (const auto* previous = std::get_if<ast::Previous>(&node)) return better_direction(rulebook, previous->operand);
  if (const auto* ago = std::get_if<ast::Ago>(&node)) return better_direction(rulebook, ago->operand);
  if (const auto* change = std::get_if<ast::Change>(&node)) return better_direction(rulebook, change->operand);
  if (const auto* aggregate = std::get_if<ast::Aggregate>(&node); aggregate && aggregate->over)
    return better_direction(rulebook, std::get<ast::SetOf>(aggregate->range).set);
  if (const auto* call = std::get_if<ast::Call>(&node); call && call->body)
    return better_direction(rulebook, *call->body);
  return direction_of(rulebook, rulebook.resolved[expr.index]);
}

}  // namespace assay
