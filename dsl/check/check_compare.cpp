// `... is REL`: what may be asked of a value, and what it may be put beside.
#include <fmt/format.h>

#include "dsl/check/expr_checker.h"

namespace assay::checking {
namespace {

enum class Asks { Equality, Order, Better, Presence, Trigger };

Asks asks(ast::RelationOp op) {
  using enum ast::RelationOp;
  switch (op) {
    case Equal:
    case OneOf:
      return Asks::Equality;
    case AtLeast:
    case AtMost:
    case MoreThan:
    case LessThan:
    case Between:
      return Asks::Order;
    case BetterThan:
    case WorseThan:
    case AtLeastAsGoodAs:
    case OrBetter:
    case OrWorse:
      return Asks::Better;
    case Known:
    case Unknown:
    case Applicable:
      return Asks::Presence;
    case Raised:
    case Clear:
    case Undetermined:
      return Asks::Trigger;
  }
  return Asks::Equality;
}

}  // namespace

TypeId ExprChecker::type(ast::ExprId, const ast::Compare& node, Expected) {
  const TypeId lhs = check(node.lhs);
  if (lhs != kErrorType) relation(node.relation, side_of(node.lhs, lhs));
  return lhs == kErrorType ? kErrorType : plain(TypeKind::YesNo);
}

ExprChecker::Side ExprChecker::side_of(ast::ExprId id, TypeId type) const {
  Side side{type, span(id), false, better_direction(checker_.book, id), {}};
  if (const auto* field = std::get_if<FieldOf>(&checker_.book.resolved[id.index])) side.field = field->field;
  if (const auto* rule = std::get_if<RuleOf>(&checker_.book.resolved[id.index]))
    side.trigger = is_trigger(checker_.book.rule(rule->rule));
  return side;
}

ExprChecker::Side ExprChecker::side_of(const SetRef& set, TypeId type, Span at) const {
  Side side{type, at, false, Direction::None, {}};
  if (set.value) {
    if (const auto* rule = std::get_if<RuleOf>(&*set.value)) side.trigger = is_trigger(checker_.book.rule(rule->rule));
    if (const auto* field = std::get_if<FieldOf>(&*set.value)) {
      side.direction = checker_.book.schema.field(field->field).direction;
      side.field = field->field;
    }
  }
  return side;
}

// Does the question make sense of the left side at all? What it is compared with comes after.
bool ExprChecker::relation_has_sense(const ast::Relation& relation, const Side& side) {
  const ValueType& type = the(side.type);
  const Asks asked = asks(relation.op);
  const std::string words = checker_.quote(side.span);
  if (asked == Asks::Presence) {
    const bool presence = relation.op == ast::RelationOp::Known || relation.op == ast::RelationOp::Unknown;
    if (presence && scope_.signs_absence) {
      checker_.report(DiagnosticKind::AbsenceRead, relation.span,
                      fmt::format("what is not known of {} decides here", words),
                      "keep it only where absence is an answer: every outcome will say so");
    }
    return true;
  }
  if (asked == Asks::Trigger) {
    if (side.trigger) return true;
    checker_.report(DiagnosticKind::NotATrigger, side.span,
                    fmt::format("{} is {}: it is never raised or clear", words, say(type)),
                    "flags, interactions and criteria are");
    return false;
  }
  if (type.kind == TypeKind::Event) {
    checker_.report(DiagnosticKind::EventAlone, side.span, fmt::format("{} is an event, which is no value", words),
                    "ask `within the last` or `days since` of it");
    return false;
  }
  if (asked == Asks::Order && !has_order(type.kind)) {
    checker_.report(DiagnosticKind::NoOrder, side.span,
                    fmt::format("{} is {}, of which none is more than another", words, say(type)),
                    "ask `is` or `is one of`");
    return false;
  }
  if (asked != Asks::Better) return true;
  const bool scale = type.kind == TypeKind::Scale;
  if (scale && side.direction == Direction::None) {
    // A set's value of a scale has its scale's direction; stages have none.
    for (const Regime& regime : checker_.book.regimes) {
      if (!same_type(checker_.book.schema.field(regime.field).type, type)) continue;
      checker_.report(DiagnosticKind::NoDirection, side.span,
                      fmt::format("{} is a stage, and no stage is better than another", words),
                      "ask `is at least` or `is at most`");
      return false;
    }
    return true;
  }
  if (scale || (has_order(type.kind) && side.direction != Direction::None)) return true;
  checker_.report(DiagnosticKind::NoDirection, side.span,
                  fmt::format("nothing says whether more of {} is better or worse", words),
                  "say `higher is better` or `lower is better` where the evidence is declared, or ask `is more than`");
  return false;
}

void ExprChecker::relation(const ast::Relation& relation, const Side& side) {
  if (side.type == kErrorType || !relation_has_sense(relation, side)) return;
  for (const ast::ExprId id : relation.operands) operand(id, side);
}

bool ExprChecker::asked(const ast::Relation& cell, ast::ExprId input) {
  const Side side = side_of(input, checker_.book.expr_types[input.index]);
  if (side.type == kErrorType || !relation_has_sense(cell, side)) return false;
  bool sound = true;
  for (const ast::ExprId id : cell.operands) {
    operand(id, side);
    const TypeId found = checker_.book.expr_types[id.index];
    sound = sound && found != kErrorType && meets(the(side.type), the(found));
  }
  return sound;
}

void ExprChecker::operand(ast::ExprId id, const Side& side) {
  const TypeId found = check(id, side.type);
  if (found == kErrorType) return;
  if (the(found).kind == TypeKind::Event) {
    checker_.report(DiagnosticKind::EventAlone, span(id), fmt::format("{} is an event, which is no value", quote(id)),
                    "ask `within the last` or `days since` of it");
  } else if (!meets(the(side.type), the(found))) {
    units_differ(id, found, checker_.quote(side.span), side.type);
  } else {
    literal_in_range(id, the(side.type));
  }
  // A local standard is compared with its own evidence and nothing else (9.2); graph.cpp looks at the rest.
  if (!std::holds_alternative<ParameterRef>(checker_.book.resolved[id.index])) return;
  const ParameterId parameter = std::get<ParameterRef>(checker_.book.resolved[id.index]).parameter;
  const auto standard = checker_.standard_for[parameter.index];
  if (standard && side.field && *side.field == *standard) checker_.standards_met.push_back(id);
}

}  // namespace assay::checking
