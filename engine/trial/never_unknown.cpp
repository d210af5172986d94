// Whether a condition can be unknown at all, by what it reads.
#include <algorithm>
#include <set>

#include "dsl/syntax/children.h"
#include "engine/trial/condition.h"

namespace assay {

namespace {

bool always_answers(ast::RelationOp op) {
  return op == ast::RelationOp::Known || op == ast::RelationOp::Unknown || op == ast::RelationOp::Undetermined ||
         op == ast::RelationOp::Applicable;
}

// Follows what is read until something is found that may be missing. Rules have no cycle; each is asked once.
class MayBeUnknown {
 public:
  explicit MayBeUnknown(const Rulebook& book) : book_(book) {}

  bool expr(ast::ExprId id) {
    const ast::Expr& expr = book_.tree.expr(id);
    if (const auto* compare = std::get_if<ast::Compare>(&expr); compare && always_answers(compare->relation.op))
      return false;
    if (std::holds_alternative<ast::WithinLast>(expr) || std::holds_alternative<ast::DaysSince>(expr) ||
        std::holds_alternative<ast::Previous>(expr))
      return true;
    if (const auto* first = std::get_if<ast::FirstKnownOf>(&expr))
      return std::all_of(first->operands.begin(), first->operands.end(),
                         [&](ast::ExprId operand) { return this->expr(operand); });
    const auto* consecutive = std::get_if<ast::Consecutive>(&expr);
    if (consecutive && consecutive->unit == ast::ConsecutiveUnit::Readings) return true;
    bool any = named(book_.resolved[id.index]);
    ast::for_each_child(expr, [&](ast::ExprId child) { any = any || this->expr(child); });
    return any;
  }

  bool nothing_but_parameters() const { return !read_more_; }

 private:
  bool field(FieldId id) {
    read_more_ = true;
    const KindDef& kind = book_.schema.kind(book_.schema.field(id).kind);
    return id != kind.register_field && id != kind.alias_field;
  }

  bool rule(RuleId id) {
    read_more_ = true;
    if (!asked_.insert(id).second) return false;
    const Rule& rule = book_.rule(id);
    // A recorded stage may have run out, or be in conflict.
    if (std::holds_alternative<StageRule>(rule.body) || std::holds_alternative<EnterRule>(rule.body) ||
        std::holds_alternative<ExitRule>(rule.body) || std::holds_alternative<UnsupportedRule>(rule.body))
      return true;
    bool any = false;
    if (const auto* table = std::get_if<TableRule>(&rule.body))
      any = std::any_of(table->rows.begin(), table->rows.end(), [](const auto& row) { return !row.value; });
    if (const auto* flag = std::get_if<FlagRule>(&rule.body))
      for (RuleId interaction : flag->raised_by) any = this->rule(interaction) || any;
    for (const RulePart& part : parts_of(rule)) any = any || expr(part.expr);
    return any;
  }

  bool parameter(ParameterId id) const {
    const Parameter& parameter = book_.parameters[id.index];
    const Ruleset& ruleset = book_.ruleset(parameter.ruleset);
    return parameter.values.empty() || parameter.values.front().from > ruleset.in_force_from ||
           parameter.values.back().to.has_value();
  }

  bool named(const Resolved& resolved) {
    if (const auto* found = std::get_if<FieldOf>(&resolved)) return field(found->field);
    if (const auto* found = std::get_if<RuleOf>(&resolved)) return rule(found->rule);
    if (const auto* found = std::get_if<ParameterRef>(&resolved)) return parameter(found->parameter);
    const auto* set = std::get_if<SetRef>(&resolved);
    if (!set) return false;
    read_more_ = true;
    // Links may be fewer than each subject must have.
    bool any = !set->hops.empty() && demanded(set->hops.front().relation);
    if (!set->value) return any;
    if (const auto* found = std::get_if<FieldOf>(&*set->value)) return field(found->field) || any;
    return rule(std::get<RuleOf>(*set->value).rule) || any;
  }

  bool demanded(KindId relation) const {
    for (std::uint32_t i = 0; i < book_.tree.decl_count(); ++i) {
      const auto* decl = std::get_if<ast::RelationDecl>(&book_.tree.decl({i}));
      if (decl && decl->name.text == book_.schema.kind(relation).name && !decl->each.empty()) return true;
    }
    return false;
  }

  const Rulebook& book_;
  std::set<RuleId> asked_;
  bool read_more_ = false;
};

}  // namespace

std::optional<std::string> why_never_unknown(const Rulebook& book, const Condition& condition) {
  const ast::Relation* each = nullptr;
  if (condition.of_member) each = each_of(book.tree.expr(condition.above.back()));
  const auto* compare = std::get_if<ast::Compare>(&book.tree.expr(condition.expr));
  const ast::Relation* relation = each ? each : compare ? &compare->relation : nullptr;
  if (relation && always_answers(relation->op)) return "whether something is known always has an answer";
  MayBeUnknown search(book);
  bool may = search.expr(condition.expr);
  if (each)
    for (ast::ExprId operand : each->operands) may = may || search.expr(operand);
  if (may) return std::nullopt;
  return search.nothing_but_parameters() ? "it reads only parameters and what is written in the rule"
                                         : "nothing that it reads can be missing";
}

}  // namespace assay
