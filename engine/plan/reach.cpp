// What a rule reaches: the evidence and the rules it reads, straight from its expressions.
#include <algorithm>
#include <set>

#include "dsl/syntax/children.h"
#include "engine/plan/plan.h"

namespace assay {

namespace {

struct Reach {
  const Rulebook& book;
  const Rule* whose = nullptr;  // nullptr: of an expression alone
  std::vector<RuleId> rules;    // read directly
  std::vector<FieldId> fields;
  std::vector<ParameterId> parameters;  // read directly
  std::vector<FieldId> being = {};      // registers read for who is in being, not for what they say
  std::vector<OwnInput> own = {};       // of the subject itself
  Slot own_slots = 1;                   // of an interaction the link's two ends are its own too
  bool others = false;                  // somebody else is read, or a set or an order of subjects

  void add_own(std::variant<FieldId, RuleId> what, Slot slot) {
    const OwnInput input{what, slot};
    others = others || slot != 0;
    if (slot < own_slots && std::find(own.begin(), own.end(), input) == own.end()) own.push_back(input);
  }
  void add_one(RuleId rule) {
    if (std::find(rules.begin(), rules.end(), rule) == rules.end()) rules.push_back(rule);
  }
  // Any of its editions may answer; and in an overlay's outcome the overlay's own.
  void add(RuleId rule) {
    if (book.rule(rule).editions.empty()) add_one(rule);
    for (RuleId each : book.rule(rule).editions) add_one(each);
    if (!whose || !whose->local_of) return;
    const auto local = book.local_rules.find({whose->ruleset, rule});
    if (local != book.local_rules.end()) add(local->second);
  }
  void add(ParameterId parameter) {
    const Parameter& def = book.parameters[parameter.index];
    if (std::find(parameters.begin(), parameters.end(), parameter) != parameters.end()) return;
    parameters.push_back(parameter);
    for (ParameterId each : def.editions) add(each);
    for (ParameterId each : def.local_of) add(each);
    if (!whose || !whose->local_of) return;
    const auto local = book.local_parameters.find({whose->ruleset, parameter});
    if (local != book.local_parameters.end()) add(local->second);
  }

  void add_resolved(const Resolved& resolved) {
    if (const auto* field = std::get_if<FieldOf>(&resolved)) {
      fields.push_back(field->field);
      add_own(field->field, field->slot);
    }
    if (const auto* rule = std::get_if<RuleOf>(&resolved)) {
      add(rule->rule);
      add_own(rule->rule, rule->slot);
    }
    if (const auto* ref = std::get_if<ParameterRef>(&resolved)) add(ref->parameter);
    if (const auto* set = std::get_if<SetRef>(&resolved)) {
      others = true;
      for (const Hop& hop : set->hops) being.push_back(book.schema.kind(hop.relation).register_field);
      if (!set->anchor) being.push_back(book.schema.kind(set->members).register_field);
      if (set->value && std::holds_alternative<FieldOf>(*set->value))
        fields.push_back(std::get<FieldOf>(*set->value).field);
      if (set->value && std::holds_alternative<RuleOf>(*set->value)) add(std::get<RuleOf>(*set->value).rule);
    }
  }

  void expr(ast::ExprId id) {
    add_resolved(book.resolved[id.index]);
    const ast::Expr& node = book.tree.expr(id);
    others = others || std::holds_alternative<ast::Position>(node) || std::holds_alternative<ast::Spread>(node);
    ast::for_each_child(book.tree.expr(id), [&](ast::ExprId child) { expr(child); });
  }
  void expr(const std::optional<ast::ExprId>& id) {
    if (id) expr(*id);
  }

  void criteria(const ast::Criteria& criteria) {
    for (const ast::Reason& reason : criteria.reasons) expr(reason.condition);
  }
  void stage_of(RegimeId regime) {
    add(book.regimes[regime.index].stage_rule);
    add_own(book.regimes[regime.index].stage_rule, 0);
  }

  void operator()(const DefineRule& rule) {
    expr(rule.value);
    for (const auto& but : rule.buts) expr(but.value), expr(but.condition);
  }
  void operator()(const RatingRule& rule) { expr(rule.from); }
  void operator()(const TableRule& rule) {
    for (ast::ExprId input : rule.inputs) expr(input);
    for (const auto& row : rule.rows) {
      for (const auto& cell : row.cells)
        for (ast::ExprId operand : cell ? cell->operands : std::vector<ast::ExprId>{}) expr(operand);
      expr(row.value);
    }
  }
  void operator()(const FlagRule& rule) {
    expr(rule.when), expr(rule.unless);
    for (RuleId interaction : rule.raised_by) add(interaction), others = true;
  }
  void operator()(const InteractionRule& rule) {
    being.push_back(book.schema.kind(rule.relation).register_field);
    expr(rule.when);
  }
  void operator()(const StageRule& rule) {
    fields.push_back(book.regimes[rule.regime.index].field);
    add_own(book.regimes[rule.regime.index].field, 0);
  }
  void operator()(const EnterRule& rule) { stage_of(rule.regime), criteria(rule.criteria); }
  void operator()(const ExitRule& rule) { stage_of(rule.regime), criteria(rule.criteria); }
  void operator()(const UnsupportedRule& rule) { stage_of(rule.regime), add(rule.enter); }
};

void sort_unique(std::vector<FieldId>& fields) {
  std::sort(fields.begin(), fields.end());
  fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
}

enum class Of { Values, ValuesAndBeing };

void gather(const Rulebook& book, Reach& from, Of of, std::set<std::uint32_t>& seen, std::vector<FieldId>& fields) {
  fields.insert(fields.end(), from.fields.begin(), from.fields.end());
  if (of == Of::ValuesAndBeing) fields.insert(fields.end(), from.being.begin(), from.being.end());
  for (RuleId rule : from.rules) {
    if (!seen.insert(rule.index).second) continue;
    Reach reach{book, &book.rule(rule), {}, {}, {}};
    std::visit(reach, book.rule(rule).body);
    gather(book, reach, of, seen, fields);
  }
}

}  // namespace

std::vector<RuleId> rules_read(const Rulebook& rulebook, RuleId rule) {
  Reach reach{rulebook, &rulebook.rule(rule), {}, {}, {}};
  std::visit(reach, rulebook.rule(rule).body);
  return reach.rules;
}

namespace {

std::vector<FieldId> reached(const Rulebook& rulebook, Reach reach, Of of, std::set<std::uint32_t> seen) {
  std::vector<FieldId> fields;
  gather(rulebook, reach, of, seen, fields);
  sort_unique(fields);
  return fields;
}

Reach reach_of(const Rulebook& rulebook, RuleId rule) {
  Reach reach{rulebook, &rulebook.rule(rule), {}, {}, {}};
  std::visit(reach, rulebook.rule(rule).body);
  return reach;
}

}  // namespace

std::vector<FieldId> fields_read(const Rulebook& rulebook, RuleId rule) {
  return reached(rulebook, reach_of(rulebook, rule), Of::ValuesAndBeing, {rule.index});
}

std::vector<FieldId> values_read(const Rulebook& rulebook, RuleId rule, const std::vector<RuleId>& at_hand) {
  std::set<std::uint32_t> seen{rule.index};
  for (const RuleId known : at_hand) seen.insert(known.index);
  return reached(rulebook, reach_of(rulebook, rule), Of::Values, std::move(seen));
}

bool reads_itself_alone(const Rulebook& rulebook, RuleId rule) {
  std::set<std::uint32_t> seen{rule.index};
  std::vector<RuleId> left{rule};
  while (!left.empty()) {
    const RuleId next = left.back();
    left.pop_back();
    Reach reach{rulebook, &rulebook.rule(next), {}, {}, {}};
    std::visit(reach, rulebook.rule(next).body);
    if (reach.others) return false;
    for (const RuleId read : reach.rules)
      if (seen.insert(read.index).second) left.push_back(read);
  }
  return true;
}

std::vector<ParameterId> parameters_read(const Rulebook& rulebook, RuleId rule) {
  return reach_of(rulebook, rule).parameters;
}

std::vector<OwnInput> own_inputs(const Rulebook& rulebook, RuleId rule) {
  Reach reach{rulebook, &rulebook.rule(rule), {}, {}, {}};
  if (std::holds_alternative<InteractionRule>(rulebook.rule(rule).body)) reach.own_slots = 3;
  std::visit(reach, rulebook.rule(rule).body);
  return reach.own;
}

std::vector<FieldId> fields_read(const Rulebook& rulebook, ast::ExprId expr) {
  Reach reach{rulebook, nullptr, {}, {}, {}};
  reach.expr(expr);
  return reached(rulebook, std::move(reach), Of::ValuesAndBeing, {});
}

}  // namespace assay
