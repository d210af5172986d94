// Limits, found among the conditions of a rule and the bands of a rating.
#include "engine/trial/threshold.h"

#include "dsl/syntax/children.h"

namespace assay {

namespace {

const ast::Relation* relation_of(const Rulebook& book, const Condition& condition) {
  if (condition.of_member) return each_of(book.tree.expr(condition.above.back()));
  const auto* compare = std::get_if<ast::Compare>(&book.tree.expr(condition.expr));
  return compare ? &compare->relation : nullptr;
}

// Yes and no, texts and choices have no one side and the other.
bool has_sides(TypeKind kind) { return is_ordered(kind) && kind != TypeKind::YesNo && kind != TypeKind::Event; }

void add_tests(const Rulebook& book, const Condition& condition, std::vector<Threshold>& out) {
  const ast::Relation* relation = relation_of(book, condition);
  if (!relation) return;
  const auto* compare = std::get_if<ast::Compare>(&book.tree.expr(condition.expr));
  const ast::ExprId value = condition.of_member ? condition.expr : compare->lhs;
  // What is asked of each member of a set is no expression of its own.
  if (std::holds_alternative<SetRef>(book.resolved[value.index]) || is_fixed(book, value)) return;
  if (!has_sides(book.type(value).kind)) return;
  for (ast::ExprId operand : relation->operands)
    if (is_fixed(book, operand))
      out.push_back({condition.rule, LimitOfTest{condition, value, operand}, condition.span, condition.words});
}

void add_time(const Rulebook& book, const Condition& condition, std::vector<Threshold>& out) {
  const auto* within = std::get_if<ast::WithinLast>(&book.tree.expr(condition.expr));
  if (!within) return;
  const auto* event = std::get_if<FieldOf>(&book.resolved[within->event.index]);
  if (!event || event->slot != 0) return;
  out.push_back(
      {condition.rule, LimitOfTime{condition, event->field, within->duration}, condition.span, condition.words});
}

}  // namespace

std::vector<Threshold> thresholds_of(const Rulebook& book, RuleId rule) {
  std::vector<Threshold> out;
  for (const Condition& condition : conditions_of(book, rule)) {
    add_tests(book, condition, out);
    add_time(book, condition, out);
  }
  const auto* rating = std::get_if<RatingRule>(&book.rule(rule).body);
  if (!rating) return out;
  const ValueType& type = book.type(book.rule(rule).type);
  for (std::size_t i = 1; i < rating->bands.size(); ++i)
    if (const auto& band = rating->bands[i]; band.low)
      out.push_back({rule, EdgeOfBand{rating->from, *band.low, type.labels[band.label.index].name}, band.span,
                     book.sources.words(band.span)});
  return out;
}

bool is_fixed(const Rulebook& book, ast::ExprId expr) {
  const Resolved& resolved = book.resolved[expr.index];
  const bool reads = std::holds_alternative<FieldOf>(resolved) || std::holds_alternative<RuleOf>(resolved) ||
                     std::holds_alternative<SetRef>(resolved) ||
                     std::holds_alternative<ast::TheAbove>(book.tree.expr(expr)) ||
                     std::holds_alternative<ast::SinceEntering>(book.tree.expr(expr));
  bool fixed = !reads;
  ast::for_each_child(book.tree.expr(expr), [&](ast::ExprId child) { fixed = fixed && is_fixed(book, child); });
  return fixed;
}

}  // namespace assay
