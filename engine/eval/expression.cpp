// The cell of an expression, by construct. Every operator sees its operands only (docs/language.md 4.4).
#include "engine/eval/arithmetic.h"
#include "engine/eval/evaluation.h"
#include "engine/eval/truth_set.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

}  // namespace

Cell Evaluation::expr(ast::ExprId id, const Scope& scope) {
  Cell cell = derive_expr(id, scope);
  if (watch_) watch_({id, false, scope}, cell);
  return cell;
}

Cell Evaluation::derive_expr(ast::ExprId id, const Scope& scope) {
  const auto all = [&](const std::vector<ast::ExprId>& ids) {
    std::vector<Cell> cells;
    for (ast::ExprId operand : ids) cells.push_back(expr(operand, scope));
    return cells;
  };
  return std::visit(
      Overloaded{
          [&](const ast::Literal& node) { return Cell::of(node.value); },
          [&](const ast::Chain&) { return eval_chain(id, scope); },
          [&](const ast::Arithmetic&) { return eval_arithmetic(id, scope); },
          [&](const ast::Negate& node) { return negate_number(expr(node.operand, scope)); },
          [&](const ast::Not& node) { return negate(expr(node.operand, scope)); },
          [&](const ast::Logic& node) {
            return node.op == ast::LogicOp::And ? all_of(all(node.operands)) : any_of(all(node.operands));
          },
          [&](const ast::Compare& node) {
            return compare(expr(node.lhs, scope), node.relation, rulebook_.type(node.lhs), node.lhs, scope);
          },
          [&](const ast::WithinLast& node) { return eval_within(node, scope); },
          [&](const ast::Consecutive& node) { return eval_consecutive(node, scope); },
          [&](const ast::PercentOf& node) {
            const Cell part = expr(node.part, scope), whole = expr(node.whole, scope);
            return fault_unless_ranged(percent_of(part, whole), part.known() && whole.known(),
                                       "a number too large, or a division by 0", scope);
          },
          [&](const ast::Rounded& node) { return rounded(expr(node.operand, scope), node.rounding, node.places); },
          [&](const ast::When& node) {
            return choose(expr(node.condition, scope), expr(node.value, scope), expr(node.otherwise, scope));
          },
          [&](const ast::TheAbove&) {
            CHECK(scope.above);
            return *scope.above;
          },
          [&](const ast::FirstKnownOf& node) { return first_known(all(node.operands)); },
          [&](const ast::DaysSince& node) { return eval_since(node, scope); },
          [&](const ast::SinceEntering& node) { return eval_since(node, scope); },
          [&](const ast::Previous& node) { return eval_previous(node, scope); },
          [&](const ast::Ago& node) { return expr(node.operand, back(scope, node.duration)); },
          [&](const ast::Change& node) { return eval_change(node, scope); },
          [&](const ast::Call& node) {
            CHECK(node.body);
            Cell cell = expr(*node.body, scope);
            const auto& called = std::get<MethodRef>(rulebook_.resolved[id.index]);
            mark(cell, rulebook_.methods[called.method.index].grounds, scope.moment.date());
            return cell;
          },
          [&](const ast::Position& node) { return eval_position(id, node, scope); },
          [&](const ast::Spread& node) { return eval_spread(id, node, scope); },
          [&](const ast::Quantified& node) { return eval_quantified(id, node, scope); },
          [&](const ast::Aggregate& node) { return eval_aggregate(id, node, scope); },
          [&](const ast::ErrorExpr&) {
            CHECK(!"an expression that did not parse reached the engine");
            return Cell{};
          },
      },
      rulebook_.tree.expr(id));
}

Cell Evaluation::eval_chain(ast::ExprId id, const Scope& scope) {
  const auto of_field = [&](const FieldOf& field) {
    CHECK(field.slot < scope.slots.size());
    return cell_of(field.field, scope.slots[field.slot], scope.moment);
  };
  const auto of_rule = [&](const RuleOf& what) {
    CHECK(what.slot < scope.slots.size());
    return rule(answering(what, scope), scope.slots[what.slot], scope.moment);
  };
  return std::visit(Overloaded{
                        of_field,
                        of_rule,
                        [&](const ParameterRef& ref) { return eval_parameter(ref, scope); },
                        [&](const LabelRef& ref) { return Cell::of(Value(ref.label)); },
                        [&](const SubjectRef& ref) {
                          return Cell::of(Value(name_on(snapshot_, scope.slots[ref.slot], scope.moment.date())));
                        },
                        [&](const MatchesRef&) { return Cell::of(Value(matches_in_words(scope))); },
                        [&](const SetRef&) {
                          CHECK(!"a set has no value of its own");
                          return Cell{};
                        },
                        [&](const MethodRef&) {
                          CHECK(!"a method is no chain");
                          return Cell{};
                        },
                        [&](const std::monostate&) {
                          CHECK(!"a name that did not resolve reached the engine");
                          return Cell{};
                        },
                    },
                    rulebook_.resolved[id.index]);
}

// A parameter that has no value because its ruleset has no edition on the date says so.
Cell Evaluation::eval_parameter(const ParameterRef& ref, const Scope& scope) {
  const ParameterId id = answering(ref, scope);
  Cell cell = parameter(id, scope.moment);
  const Ruleset& ruleset = rulebook_.ruleset(rulebook_.parameters[id.index].ruleset);
  const Date date = scope.moment.date();
  if (!cell.unknown()) return cell;
  const bool in_force = rulebook_.in_force(rulebook_.parameters[id.index].ruleset, asked_on(date));
  const FieldId of = snapshot_.schema().kind(rulebook_.rule(scope.rule).kind).register_field;
  merge(cell.why,
        {{scope.slots[0], of, date, ReasonKind::Missing,
          in_force ? fmt::format("no value of {} for {}", rulebook_.parameters[id.index].name, date.to_long_string())
                   : fmt::format("no edition of {} in force on {}", ruleset.name, date.to_long_string())}});
  return cell;
}

std::optional<RegimeId> Evaluation::regime_of(RuleId id) const {
  const auto& body = rulebook_.rule(id).body;
  if (const auto* stage = std::get_if<StageRule>(&body)) return stage->regime;
  if (const auto* enter = std::get_if<EnterRule>(&body)) return enter->regime;
  if (const auto* exit = std::get_if<ExitRule>(&body)) return exit->regime;
  if (const auto* unsupported = std::get_if<UnsupportedRule>(&body)) return unsupported->regime;
  return std::nullopt;
}

}  // namespace assay
