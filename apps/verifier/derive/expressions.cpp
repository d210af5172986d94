// One function a construct.
#include "apps/verifier/derive/derivation.h"
#include "apps/verifier/derive/logic.h"
#include "apps/verifier/derive/overloaded.h"

namespace assay::verifier {

Answer Derivation::expr(ast::ExprId id, const Place& place) {
  const Effort::Level level(effort_);
  Answer made = visit(id, place);
  effort_.spend(20 + 4 * length_of(made));
  return made;
}

// Each is added to those before it.
void Derivation::spend_on(const std::vector<Answer>& answers) const {
  std::uint64_t so_far = 0;
  for (const Answer& answer : answers) effort_.spend(so_far += length_of(answer));
}

void Derivation::spend_on(const std::vector<Member>& members) const {
  std::uint64_t so_far = 0;
  for (const Member& member : members) {
    so_far += length_of(member.answer) + member.counts_why.size() + member.counts_marks.size();
    if (member.weight) so_far += length_of(*member.weight);
    effort_.spend(so_far / 4);
  }
}

Answer Derivation::visit(ast::ExprId id, const Place& place) {
  const auto all = [&](const std::vector<ast::ExprId>& ids) {
    std::vector<Answer> answers;
    for (const ast::ExprId each : ids) answers.push_back(expr(each, place));
    spend_on(answers);
    return answers;
  };
  return std::visit(
      Overloaded{
          [&](const ast::Literal& node) { return known(node.value); },
          [&](const ast::Chain&) { return chain(id, place); },
          [&](const ast::Arithmetic&) { return arithmetic(id, place); },
          [&](const ast::Negate& node) {
            Answer made = expr(node.operand, place);
            std::swap(made.low, made.high);
            for (auto* end : {&made.low, &made.high})
              if (*end) *end = std::get<Decimal>(**end).negated();
            return made;
          },
          [&](const ast::Not& node) { return opposite(expr(node.operand, place)); },
          [&](const ast::Logic& node) {
            const auto operands = all(node.operands);
            return node.op == ast::LogicOp::And ? every(operands) : either(operands);
          },
          [&](const ast::Compare& node) {
            return compare(expr(node.lhs, place), node.relation, better_direction(book_, node.lhs), place);
          },
          [&](const ast::WithinLast& node) { return within_last(node, place); },
          [&](const ast::Consecutive& node) { return consecutive(node, place); },
          [&](const ast::PercentOf& node) {
            const Answer hundred = known(Decimal::from_int(100));
            return product({expr(node.part, place), hundred}, {expr(node.whole, place)}, place);
          },
          [&](const ast::Rounded& node) { return rounded(node, place); },
          [&](const ast::When& node) {
            return without_order(
                when(expr(node.condition, place), expr(node.value, place), expr(node.otherwise, place)),
                book_.type(id));
          },
          [&](const ast::TheAbove&) { return *place.above; },
          [&](const ast::FirstKnownOf& node) { return without_order(first_known(node, place), book_.type(id)); },
          [&](const ast::DaysSince& node) { return since(node, place); },
          [&](const ast::SinceEntering& node) { return since_entering(node.months, place); },
          [&](const ast::Previous& node) { return previous(node, place); },
          [&](const ast::Ago& node) {
            Place then = place;
            then.moment = back(place.moment, node.duration);
            return expr(node.operand, then);
          },
          [&](const ast::Change& node) { return change(node, place); },
          [&](const ast::Call& node) {
            Answer made = expr(*node.body, place);
            if (const auto* method = std::get_if<MethodRef>(&book_.resolved[id.index]))
              mark(made, book_.methods[method->method.index].grounds, place.moment);
            return made;
          },
          [&](const ast::Quantified& node) { return quantified(node, place); },
          [&](const ast::Aggregate& node) { return aggregate(node, place); },
          [&](const ast::Position& node) { return position(node, place); },
          [&](const ast::Spread& node) { return spread(node, place); },
          [&](const ast::ErrorExpr&) { return does_not_apply(); },
      },
      book_.tree.expr(id));
}

// 4.5: the first that has a value, passing over unknown and n/a.
Answer Derivation::first_known(const ast::FirstKnownOf& node, const Place& place) {
  std::optional<Answer> all;
  std::optional<Answer> first;
  for (const ast::ExprId id : node.operands) {
    const Answer one = expr(id, place);
    if (first) continue;  // read, and not taken
    if (one.known()) first = one;
    all = all ? hull(*all, one) : one;
    effort_.spend(length_of(*all));
  }
  return first ? *first : *all;
}

}  // namespace assay::verifier
