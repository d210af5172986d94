// A walk down the conditions that are not what is wanted, each with its distance to turning.
#include "engine/whatif/gap.h"

#include <algorithm>

#include "engine/eval/words.h"
#include "engine/explain/words.h"

namespace assay {

namespace {

constexpr int kDepthMax = 8;  // rules read by rules
constexpr std::int64_t kWhole = 1000;

bool is(Truth truth, bool want) { return truth == (want ? Truth::Yes : Truth::No); }

Decimal size_of(const Decimal& value) { return value.units() < 0 ? value.negated() : value; }

}  // namespace

std::int64_t apart(const Value& a, const Value& b, const ValueType& type) {
  if (a.index() != b.index()) return kWhole;
  if (const auto* first = std::get_if<Decimal>(&a)) {
    const Decimal& second = std::get<Decimal>(b);
    const auto by = subtract(*first, second);
    const auto range =
        type.low && type.high
            ? subtract(*type.high, *type.low)
            : std::optional(std::max(size_of(*first), size_of(second),
                                     [](const Decimal& x, const Decimal& y) { return x.compare(y) < 0; }));
    if (!by || !range || range->is_zero()) return by && by->is_zero() ? 0 : kWhole;
    const Decimal factors[] = {size_of(*by), Decimal::from_int(kWhole)}, divisors[] = {*range};
    const auto share = Decimal::multiply_divide(factors, divisors);
    const auto rounded = share ? share->rounded(Rounding::Up, 0) : std::nullopt;
    return rounded ? rounded->to_scaled(0).value_or(kWhole) : kWhole;
  }
  if (const auto* label = std::get_if<Label>(&a); label && type.kind == TypeKind::Scale && type.labels.size() > 1)
    return kWhole * std::abs(int{label->index} - int{std::get<Label>(b).index}) /
           static_cast<std::int64_t>(type.labels.size() - 1);
  constexpr std::int64_t kYear = 365;
  if (const auto* date = std::get_if<Date>(&a)) return kWhole * std::abs(date->days - std::get<Date>(b).days) / kYear;
  return same(a, b) ? 0 : kWhole;
}

void put_parts(Gap& gap, std::vector<Gap> parts, std::size_t needed) {
  std::stable_sort(parts.begin(), parts.end(), [](const Gap& a, const Gap& b) {
    if ((a.truth == Truth::Unknown) != (b.truth == Truth::Unknown)) return b.truth == Truth::Unknown;
    return a.apart < b.apart;
  });
  gap.apart = 0;
  for (std::size_t i = 0; i < std::min(needed, parts.size()); ++i) gap.apart += parts[i].apart;
  gap.parts = std::move(parts);
}

std::string GapWalk::words(ast::ExprId id) const { return book().sources.words(book().tree.span(id)); }

std::string GapWalk::not_known(const Cell& cell) const {
  return "not known: " + reasons_in_words(cell.why, evaluation_.snapshot());
}

Gap GapWalk::leaf(ast::ExprId id, const Cell& cell) {
  Gap out;
  out.words = words(id);
  out.truth = cell.truth();
  out.apart = kWhole;
  out.found = cell.unknown() ? not_known(cell) : truth_in_words(cell);
  return out;
}

Gap GapWalk::of(ast::ExprId id, const Scope& scope, bool want) {
  const ast::Expr& node = book().tree.expr(id);
  if (const auto* negated = std::get_if<ast::Not>(&node)) {
    Gap out = of(negated->operand, scope, !want);
    out.words = words(id);
    out.truth = opposite(out.truth);
    return out;
  }
  if (const auto* logic = std::get_if<ast::Logic>(&node)) return of_logic(id, *logic, scope, want);
  if (const auto* compare = std::get_if<ast::Compare>(&node)) {
    Gap out = of_relation(compare->lhs, compare->relation, scope, want);
    out.words = words(id);
    return out;
  }
  if (const auto* quantified = std::get_if<ast::Quantified>(&node)) return of_quantified(id, *quantified, scope, want);
  if (const auto* steps = std::get_if<ast::Consecutive>(&node)) return of_consecutive(id, *steps, scope, want);
  if (const auto* call = std::get_if<ast::Call>(&node); call && call->body) {
    Gap out = of(*call->body, scope, want);
    out.words = words(id);
    return out;
  }
  if (std::holds_alternative<ast::Chain>(node)) return of_chain(id, scope, want);
  return leaf(id, evaluation_.expr(id, scope));
}

// Yes/no evidence, or a rule that gives yes or no.
Gap GapWalk::of_chain(ast::ExprId id, const Scope& scope, bool want) {
  Gap out = leaf(id, evaluation_.expr(id, scope));
  const auto* rule = std::get_if<RuleOf>(&book().resolved[id.index]);
  if (!rule || rule->slot >= scope.slots.size() || depth_ >= kDepthMax || is(out.truth, want)) return out;
  Gap below = of_rule(evaluation_.answering(*rule, scope), scope.slots[rule->slot], scope.moment, want);
  below.words = out.words;
  return below;
}

Gap GapWalk::of_relation(ast::ExprId left, const ast::Relation& relation, const Scope& scope, bool want) {
  using enum ast::RelationOp;
  const ValueType& type = book().type(left);
  const Cell lhs = evaluation_.expr(left, scope);
  const Cell cell = evaluation_.compare(lhs, relation, type, left, scope);
  Gap out;
  out.words = words(left) + " is " + book().sources.words(relation.span);
  out.truth = cell.truth();
  out.apart = kWhole;
  const bool asks_state = relation.op == Raised || relation.op == Clear || relation.op == Undetermined;
  if (asks_state) {
    out.found = trigger_in_words(lhs);
    const auto* rule = std::get_if<RuleOf>(&book().resolved[left.index]);
    if (!rule || rule->slot >= scope.slots.size() || relation.op == Undetermined || depth_ >= kDepthMax) return out;
    const bool raised = (relation.op == Raised) != relation.negated ? want : !want;
    Gap below = of_rule(evaluation_.answering(*rule, scope), scope.slots[rule->slot], scope.moment, raised);
    below.words = out.words, below.truth = out.truth, below.found = out.found;
    return below;
  }
  if (relation.operands.empty()) {
    out.found = cell_in_words(lhs, type);
    return out;
  }
  std::optional<std::int64_t> nearest;
  for (ast::ExprId operand : relation.operands) {
    const Cell rhs = evaluation_.expr(operand, scope);
    const bool measured = lhs.known() && rhs.known();
    const std::int64_t by = measured ? apart(lhs.value(), rhs.value(), type) : kWhole;
    if (nearest && *nearest <= by) continue;
    nearest = by;
    out.found = lhs.unknown() ? fmt::format("{}; {}", apart_in_words(lhs, rhs, type), not_known(lhs))
                              : apart_in_words(lhs, rhs, type);
  }
  out.apart = *nearest;
  return out;
}

Gap GapWalk::of_logic(ast::ExprId id, const ast::Logic& node, const Scope& scope, bool want) {
  Gap out = leaf(id, evaluation_.expr(id, scope));
  std::vector<Gap> parts;
  for (ast::ExprId operand : node.operands)
    if (Gap part = of(operand, scope, want); !is(part.truth, want)) parts.push_back(std::move(part));
  const bool all = (node.op == ast::LogicOp::And) == want;
  const std::size_t count = parts.size(), needed = all ? count : std::min<std::size_t>(1, count);
  out.found = all ? fmt::format("{} of {} parts stand in the way", count, node.operands.size())
                  : fmt::format("any one of {} parts would do", count);
  put_parts(out, std::move(parts), needed);
  return out;
}

Gap GapWalk::of_quantified(ast::ExprId id, const ast::Quantified& node, const Scope& scope, bool want) {
  using enum ast::Quantity;
  Gap out = leaf(id, evaluation_.expr(id, scope));
  const std::vector<Member> members = evaluation_.members(id, scope);
  std::vector<const Member*> counted;
  for (const Member& member : members)
    if (!member.left_out && member.where != Truth::No) counted.push_back(&member);
  const auto yes = static_cast<std::size_t>(
      std::count_if(counted.begin(), counted.end(), [](const Member* one) { return one->cell.truth() == Truth::Yes; }));
  const std::size_t all = counted.size(), k = node.quantity == Any ? 1 : node.quantity == All ? all : node.count;
  out.found = fmt::format("{} of {}", yes, all);
  if (node.quantity == None || node.quantity == AtMost || node.quantity == Exactly) return out;
  // Those that are not yes would have to be; or, to undo it, of those that are.
  const std::size_t needed = want ? (k > yes ? k - yes : 0) : (yes >= k ? yes - k + 1 : 0);
  std::vector<Gap> parts;
  for (const Member* member : counted) {
    if (is(member->cell.truth(), want)) continue;
    Gap part;
    if (member->expr) {
      part = node.each ? of_relation(*member->expr, *node.each, scope, want) : of(*member->expr, scope, want);
    } else {
      part.truth = member->cell.truth();
      part.apart = kWhole;
      part.title = member->subject ? name_on(evaluation_.snapshot(), *member->subject, scope.moment.date()) : "";
      part.found = member->cell.unknown() ? not_known(member->cell) : truth_in_words(member->cell);
    }
    parts.push_back(std::move(part));
  }
  out.found += fmt::format("; {} more would have to turn", needed);
  if (parts.size() < needed) out.found += fmt::format(", and there are only {}", parts.size());
  put_parts(out, std::move(parts), needed);
  if (out.parts.size() < needed) out.apart += kWhole * static_cast<std::int64_t>(needed - out.parts.size());
  return out;
}

Gap GapWalk::of_consecutive(ast::ExprId id, const ast::Consecutive& node, const Scope& scope, bool want) {
  Gap out = leaf(id, evaluation_.expr(id, scope));
  const std::vector<Moment> moments = evaluation_.consecutive_moments(node, scope);
  std::vector<Gap> parts;
  std::size_t yes = 0;
  for (const Moment& moment : moments) {
    Scope here = scope;
    here.moment = moment;
    Gap part = of(node.test, here, want);
    part.title = "as at " + moment.date().to_long_string();
    yes += part.truth == Truth::Yes ? 1 : 0;
    if (!is(part.truth, want)) parts.push_back(std::move(part));
  }
  out.found = fmt::format("yes at {} of {}", yes, node.count);
  if (moments.size() < node.count) out.found += fmt::format(", with {} held", moments.size());
  const std::size_t count = parts.size();
  put_parts(out, std::move(parts), want ? count : std::min<std::size_t>(1, count));
  if (want)
    out.apart += kWhole * static_cast<std::int64_t>(node.count - std::min<std::size_t>(node.count, moments.size()));
  return out;
}

Gap GapWalk::of_rule(RuleId id, SubjectId subject, const Moment& moment, bool want) {
  const Rule& rule = book().rule(id);
  const Cell& cell = evaluation_.rule(id, subject, moment);
  Gap out;
  out.title = rule.title;
  out.words = rule.name;
  out.truth = cell.truth();
  out.apart = kWhole;
  out.found = cell.unknown() ? not_known(cell) : is_trigger(rule) ? trigger_in_words(cell) : truth_in_words(cell);
  if (is(out.truth, want) || depth_ >= kDepthMax) return out;
  ++depth_;
  const Gap below = of_body(rule, subject, moment, evaluation_.scope_of(id, subject, moment), want);
  --depth_;
  if (below.parts.empty() && below.found.empty()) return out;
  out.apart = below.apart;
  out.parts = below.parts;
  if (below.parts.empty()) out.parts = {below};
  return out;
}

Gap GapWalk::of_body(const Rule& rule, SubjectId subject, const Moment& moment, const Scope& scope, bool want) {
  Gap out;
  if (const auto* flag = std::get_if<FlagRule>(&rule.body)) {
    std::vector<Gap> parts;
    if (flag->when)
      if (Gap part = of(*flag->when, scope, want); !is(part.truth, want)) parts.push_back(std::move(part));
    if (flag->unless)
      if (Gap part = of(*flag->unless, scope, !want); !is(part.truth, !want)) parts.push_back(std::move(part));
    const std::size_t count = parts.size();
    put_parts(out, std::move(parts), want ? count : std::min<std::size_t>(1, count));
  }
  if (const auto* define = std::get_if<DefineRule>(&rule.body); define && define->buts.empty())
    out = of(define->value, scope, want);
  if (const auto* interaction = std::get_if<InteractionRule>(&rule.body); interaction && interaction->when)
    out = of(*interaction->when, scope, want);
  const auto* enter = std::get_if<EnterRule>(&rule.body);
  const auto* exit = std::get_if<ExitRule>(&rule.body);
  if (!enter && !exit) return out;
  const ast::Criteria& criteria = enter ? enter->criteria : exit->criteria;
  std::vector<Gap> parts;
  std::size_t met = 0;
  const RuleId id = scope.rule;
  for (const ReasonResult& reason : evaluation_.reasons(id, subject, moment)) {
    Gap part = of(reason.condition, scope, want);
    part.title = reason.title;
    part.answered = reason.state == ReasonState::Answered;
    if (reason.state == ReasonState::Met) ++met;
    if (part.answered) part.truth = Truth::No;
    if (reason.state == ReasonState::Undetermined) part.truth = Truth::Unknown;
    if (!is(part.truth, want)) parts.push_back(std::move(part));
  }
  const std::size_t all = criteria.reasons.size();
  const std::size_t k = criteria.quantity == ast::Quantity::Any   ? 1
                        : criteria.quantity == ast::Quantity::All ? all
                                                                  : criteria.count;
  put_parts(out, std::move(parts), want ? (k > met ? k - met : 0) : (met >= k ? met - k + 1 : 0));
  return out;
}

}  // namespace assay
