// What may be given: every field that the rule reads, with the values at which some comparison turns.
#include "engine/trial/draft.h"

#include <algorithm>
#include <set>

#include "dsl/syntax/children.h"
#include "engine/plan/plan.h"
#include "engine/trial/condition.h"
#include "engine/trial/steps.h"

namespace assay {

namespace {

void add_rules(const Rulebook& book, RuleId rule, std::set<RuleId>& rules) {
  if (!rules.insert(rule).second) return;
  for (RuleId read : rules_read(book, rule)) add_rules(book, read, rules);
}

// What the expressions of a rule, and of those it reads, say of the values worth trying.
class Expressions {
 public:
  Expressions(const Rulebook& book, RuleId rule) : book_(book) {
    add_rules(book, rule, rules_);
    for (RuleId read : rules_)
      for (const RulePart& part : parts_of(book.rule(read))) look(part.expr);
  }

  const std::set<RuleId>& rules() const { return rules_; }
  // Readings of a series, or of a state, that are asked about: 1 where only the latest is.
  int readings() const { return readings_; }

  // The limits of a type with one step to either side, within the type's own.
  std::vector<Value> near_limits(const ValueType& type) const {
    std::vector<Value> out;
    const auto offer = [&](const Value& value) {
      if (std::none_of(out.begin(), out.end(), [&](const Value& held) { return same(held, value); }))
        out.push_back(value);
    };
    for (const auto& [kind, value] : limits_) {
      const bool alike = kind == type.kind || (kind == TypeKind::Points && type.kind == TypeKind::Percent);
      const auto& number = std::get<Decimal>(value);
      if (!alike || (type.low && number.compare(*type.low) < 0) || (type.high && number.compare(*type.high) > 0))
        continue;
      for (const Value& step : steps_from(value, type)) offer(step);
      offer(value);
    }
    if (type.low) offer(*type.low);
    if (type.high) offer(*type.high);
    constexpr std::int64_t kSome = 10;
    if (out.empty()) offer(Value(Decimal::from_int(kSome)));
    return out;
  }

 private:
  void look(ast::ExprId id) {
    const ast::Expr& expr = book_.tree.expr(id);
    if (const auto* literal = std::get_if<ast::Literal>(&expr)) limit(literal->kind, literal->value);
    if (const auto* ref = std::get_if<ParameterRef>(&book_.resolved[id.index])) {
      const Parameter& parameter = book_.parameters[ref->parameter.index];
      for (const auto& dated : parameter.values) limit(book_.type(parameter.type).kind, dated.value);
    }
    if (const auto* consecutive = std::get_if<ast::Consecutive>(&expr))
      readings_ = std::max(readings_, static_cast<int>(consecutive->count));
    if (const auto* aggregate = std::get_if<ast::Aggregate>(&expr); aggregate && aggregate->over)
      readings_ = std::max(readings_, static_cast<int>(aggregate->over->count));
    if (std::holds_alternative<ast::Previous>(expr) || std::holds_alternative<ast::Change>(expr) ||
        std::holds_alternative<ast::Ago>(expr))
      readings_ = std::max(readings_, 2);
    ast::for_each_child(expr, [&](ast::ExprId child) { look(child); });
  }

  void limit(TypeKind kind, const Value& value) {
    if (std::holds_alternative<Decimal>(value)) limits_.emplace_back(kind, value);
  }

  const Rulebook& book_;
  std::set<RuleId> rules_;
  std::vector<std::pair<TypeKind, Value>> limits_;
  int readings_ = 1;
};

class Chooser {
 public:
  Chooser(const Rulebook& book, RuleId rule, Draft& draft) : book_(book), expressions_(book, rule), draft_(draft) {
    for (FieldId field : fields_read(book, rule)) {
      const KindDef& kind = book.schema.kind(book.schema.field(field).kind);
      if (field == kind.register_field || field == kind.alias_field) continue;
      for (const auto& subject : draft_.scenario.subjects)
        if (subject.kind == book.schema.field(field).kind) offer(subject.name, field);
    }
  }

 private:
  static constexpr std::int64_t kAllMax = 12;

  std::vector<Value> values(const ValueType& type) const {
    std::vector<Value> out;
    if (type.kind == TypeKind::YesNo) return {Value(true), Value(false)};
    if (type.kind == TypeKind::Choice || type.kind == TypeKind::Scale) {
      for (std::uint16_t i = 0; i < type.labels.size(); ++i) out.emplace_back(Label{i});
      return out;
    }
    if (type.kind == TypeKind::Date) {
      constexpr int kAhead = 100;
      return {Value(Date{draft_.scenario.as_at.days + kAhead})};
    }
    if (!is_numeric(type.kind)) return {};
    const auto low = type.low ? type.low->to_scaled(0) : std::nullopt;
    const auto high = type.high ? type.high->to_scaled(0) : std::nullopt;
    if (type.kind != TypeKind::Score || !low || !high || *high - *low > kAllMax) return expressions_.near_limits(type);
    for (std::int64_t value = *low; value <= *high; ++value) out.emplace_back(Decimal::from_int(value));
    return out;
  }

  void offer(const std::string& subject, FieldId field) {
    const FieldDef& def = book_.schema.field(field);
    if (def.type.kind == TypeKind::Event) return event(subject, field);
    const int readings = def.is_stage ? 1 : expressions_.readings();
    for (int back = 0; back < readings; ++back) {
      Choice choice;
      for (const Value& value : values(def.type)) choice.options.push_back(row(subject, field, value, back));
      if (!choice.options.empty()) draft_.choices.push_back(std::move(choice));
    }
  }

  Scenario::Row row(const std::string& subject, FieldId field, const Value& value, int back) const {
    const FieldDef& def = book_.schema.field(field);
    Scenario::Row out{.subject = subject, .field = field, .value = value};
    const Date as_at = draft_.scenario.as_at;
    if (def.occurrence == Occurrence::Series) {
      Date end = step_end(as_at, *def.every);
      while (add(end, def.due_within.value_or(Duration{})) > as_at) end = step_end_back(end, *def.every, 1);
      end = step_end_back(end, *def.every, back);
      out.from = step_start(end, *def.every);
      out.to = end;
    } else if (expressions_.readings() > 1 && !def.is_stage) {
      // A state that stood through the months that are looked back on, or an earlier reading of it.
      constexpr int kMonthsApart = 3;
      out.from = add(as_at, {Duration::Unit::Months, -kMonthsApart * (back + 1)});
    }
    return out;
  }

  void event(const std::string& subject, FieldId field) {
    const Date as_at = draft_.scenario.as_at;
    constexpr int kDaysAgo = 30, kYears = 36;
    Scenario::Row happened{.subject = subject, .field = field, .value = Value(true)};
    happened.from = Date{as_at.days - kDaysAgo};
    Scenario::Row none{.subject = subject, .field = field, .standing = Standing::Complete};
    none.from = add(as_at, {Duration::Unit::Months, -kYears});
    none.to = as_at;
    draft_.choices.push_back({{happened, none}, std::nullopt});
  }

  const Rulebook& book_;
  Expressions expressions_;
  Draft& draft_;
};

// The last day on which an edition answers: where it names none, the day before the next.
std::optional<Date> last_day(const Rulebook& book, const Ruleset& ruleset) {
  std::optional<Date> last = ruleset.in_force_to;
  for (RulesetId id : ruleset.editions) {
    const Ruleset& other = book.ruleset(id);
    if (other.draft || other.upcoming || other.in_force_from <= ruleset.in_force_from) continue;
    const Date before{other.in_force_from.days - 1};
    if (!last || before < *last) last = before;
  }
  return last;
}

// A date on which every ruleset is in force that the rule reads, a while after the last of them began.
std::optional<Date> date_for(const Rulebook& book, RuleId rule) {
  constexpr Duration kAfter{Duration::Unit::Months, 24};
  std::set<RuleId> rules;
  add_rules(book, rule, rules);
  Date from = book.ruleset(book.rule(rule).ruleset).in_force_from;
  std::optional<Date> to;
  for (RuleId read : rules) {
    const Ruleset& ruleset = book.ruleset(book.rule(read).ruleset);
    from = std::max({from, ruleset.in_force_from, ruleset.published});
    const std::optional<Date> last = last_day(book, ruleset);
    if (last && (!to || *last < *to)) to = last;
  }
  if (to && *to < from) return std::nullopt;
  const Date later = add(from, kAfter);
  return to && *to < later ? *to : later;
}

}  // namespace

Scenario Draft::assembled() const {
  Scenario out = scenario;
  for (const Choice& choice : choices)
    if (choice.chosen) out.rows.push_back(*choice.chosen);
  return out;
}

std::optional<Draft> blank_draft(const Rulebook& book, RuleId id) {
  const Rule& rule = book.rule(id);
  const auto date = date_for(book, id);
  if (!date) return std::nullopt;
  Draft draft;
  draft.scenario.ruleset = rule.ruleset;
  draft.scenario.as_at = *date;
  const KindDef& kind = book.schema.kind(rule.kind);
  if (kind.relation) {
    draft.scenario.subjects = {{kind.from, "here", {}, {}, "", ""}, {kind.to, "there", {}, {}, "", ""}};
    draft.subject = link_code("here", "there");
    draft.scenario.subjects.push_back({rule.kind, draft.subject, {}, {}, "here", "there"});
  } else {
    const auto& overlay = book.ruleset(rule.ruleset).overlay;
    const Overlay::Body body = overlay && !overlay->bodies.empty() ? overlay->bodies.front() : Overlay::Body{};
    draft.subject = !body.name.empty() ? body.name : !body.code.empty() ? body.code : "somewhere";
    draft.scenario.subjects = {{rule.kind, draft.subject, {}, {}, "", "", body.code}};
  }
  Chooser(book, id, draft);
  return draft;
}

Draft draft_from(const Rulebook& book, RuleId rule, const Scenario& scenario, const std::string& subject) {
  Draft draft{scenario, {}, subject};
  draft.scenario.ruleset = book.rule(rule).ruleset;
  draft.scenario.rows.clear();
  draft.scenario.expected.clear();
  Chooser(book, rule, draft);
  std::vector<Choice> offered = std::move(draft.choices);
  draft.choices.clear();
  const auto of_row = [&](const Scenario::Row& row) {
    return std::find_if(offered.begin(), offered.end(), [&](const Choice& choice) {
      return choice.options.front().subject == row.subject && choice.options.front().field == row.field;
    });
  };
  // Rows that are given keep their dates and sources, and may be given another value.
  for (const Scenario::Row& row : scenario.rows) {
    Choice choice{{}, row};
    if (const auto like = of_row(row); like != offered.end() && row.standing == Standing::Held)
      for (const Scenario::Row& option : like->options) {
        if (option.standing != Standing::Held) continue;
        choice.options.push_back(row);
        choice.options.back().value = option.value;
      }
    draft.choices.push_back(std::move(choice));
  }
  for (Choice& choice : offered) {
    const Scenario::Row& first = choice.options.front();
    const bool given = std::any_of(scenario.rows.begin(), scenario.rows.end(), [&](const Scenario::Row& row) {
      return row.subject == first.subject && row.field == first.field;
    });
    if (!given) draft.choices.push_back(std::move(choice));
  }
  return draft;
}

}  // namespace assay
