// Walks all that a rule can reach, keeping how far back in time it is looked at.
#include "engine/history/bearing.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "dsl/syntax/children.h"

namespace assay {

namespace {

constexpr int kMonthDays = 31;
constexpr int kMonthSlack = 4;  // days either side, where months are counted there and back

// How far before its as-at date something is looked at.
struct Shift {
  std::int32_t months = 0, days = 0;
  friend auto operator<=>(const Shift&, const Shift&) = default;
};

Shift plus(Shift shift, Duration by, std::int32_t times = 1) {
  (by.unit == Duration::Unit::Months ? shift.months : shift.days) += by.count * times;
  return shift;
}

Duration length_of(ast::ConsecutiveUnit unit) {
  switch (unit) {
    case ast::ConsecutiveUnit::Readings:
      return {};
    case ast::ConsecutiveUnit::Days:
      return {Duration::Unit::Days, 1};
    case ast::ConsecutiveUnit::Weeks:
      return {Duration::Unit::Days, 7};
    case ast::ConsecutiveUnit::Months:
      return {Duration::Unit::Months, 1};
    case ast::ConsecutiveUnit::Quarters:
      return {Duration::Unit::Months, 3};
    case ast::ConsecutiveUnit::Years:
      return {Duration::Unit::Months, 12};
  }
  return {};
}

class Walk {
 public:
  Walk(const Rulebook& book, const Snapshot& snapshot, const PeriodQuestion& question)
      : book_(book), snapshot_(snapshot), asked_(question), found_{{}, {}, std::vector<bool>(fields().size())} {}

  Bearing take() && {
    const KindId kind = snapshot_.subject(asked_.subject).kind;
    field(book_.schema.kind(kind).register_field, true, {});
    for (std::uint32_t index = 0; index < book_.rules.size(); ++index)
      if (book_.rules[index].name == asked_.rule) rule({index}, true, {});
    days_.insert(asked_.from);
    if (daily_)
      for (Date day = asked_.from; day <= asked_.to; day.days += 1) days_.insert(day);
    found_.days.assign(days_.begin(), days_.end());
    found_.recorded.assign(recorded_.begin(), recorded_.end());
    return std::move(found_);
  }

 private:
  using Visited = std::set<std::tuple<std::uint32_t, bool, Shift>>;

  const std::vector<FieldDef>& fields() const { return book_.schema.fields(); }
  void on(Date day) {
    if (asked_.from < day && day <= asked_.to) days_.insert(day);
  }
  // The as-at dates at which a look so far back may first come to the day.
  void base(Date day, Shift shift) {
    day = add(day, {Duration::Unit::Days, shift.days});
    if (shift.months == 0) return on(day);
    day = add(day, {Duration::Unit::Months, shift.months});
    for (int apart = -kMonthSlack; apart <= kMonthSlack; ++apart) on(Date{day.days + apart});
  }
  void after(Date day, Shift shift) { base(Date{day.days + 1}, shift); }

  // ---- Evidence
  std::span<const Observation> rows_of(FieldId id, bool own) const {
    if (own) return snapshot_.rows(id, asked_.subject);
    const auto all = snapshot_.all_rows();
    const auto begin = std::partition_point(all.begin(), all.end(), [&](const auto& row) { return row.field < id; });
    const auto end = std::partition_point(begin, all.end(), [&](const auto& row) { return row.field == id; });
    return {begin, end};
  }
  void field(FieldId id, bool own, Shift shift) {
    found_.fields[id.index] = true;
    if (!fields_.emplace(id.index, own, shift).second) return;
    const FieldDef& def = book_.schema.field(id);
    for (const Observation& row : rows_of(id, own)) {
      recorded_.insert(row.recorded_on);
      base(row.valid_from, shift);
      const Date last = row.valid_to.value_or(row.valid_from);
      after(last, shift);
      if (!row.exact()) in_doubt(row, def, shift);
      if (def.fresh_for) after(add(row.valid_from, *def.fresh_for), shift), after(add(last, *def.fresh_for), shift);
    }
    for (const SeriesBreak& each : def.breaks) base(each.from, shift);
    // Whether it is released, and whether it is too early, is asked as at the date itself, wherever a rule looks back
    // to.
    const EvidenceNote& note = book_.evidence[id.index];
    if (note.release) field(*note.release, own, {});
    if (note.not_before && note.not_before->date) base(*note.not_before->date, {});
    if (note.not_before && note.not_before->event) {
      field(*note.not_before->event, own, {});
      for (const Observation& row : rows_of(*note.not_before->event, own)) {
        base(add(row.valid_from, note.not_before->after), {});
        if (row.standing == Standing::Held && std::holds_alternative<Date>(row.value))
          base(add(std::get<Date>(row.value), note.not_before->after), {});
      }
    }
    if (def.every) steps(def, shift);
  }
  // From the last day on which it may have begun it surely has; each day until then an event may have been that day's.
  void in_doubt(const Observation& row, const FieldDef& def, Shift shift) {
    const Date begun = row.from().last();
    base(begun, shift);
    if (def.fresh_for) after(add(begun, *def.fresh_for), shift);
    if (row.valid_to) after(row.to()->first, shift);
    if (def.occurrence != Occurrence::Event) return;
    for (Date day = row.valid_from; day < begun; ++day.days) base(day, shift);
  }
  // A reading answers once its step is due; looked at by steps back, from the as-at date itself.
  void steps(const FieldDef& def, Shift shift) {
    const Duration due = def.due_within.value_or(Duration{});
    int reach = shift.months * kMonthDays + shift.days + 2 * kMonthSlack;
    for (Duration length : {due, def.fresh_for.value_or(Duration{})})
      reach += length.count * (length.unit == Duration::Unit::Months ? kMonthDays : 1);
    for (Date end = step_end(Date{asked_.from.days - reach}, *def.every); end <= asked_.to;
         end = step_end(Date{end.days + 1}, *def.every)) {
      base(add(end, due), {});
      base(add(end, due), shift);
      if (def.fresh_for) after(add(end, *def.fresh_for), shift);
    }
  }
  // An event leaves the time asked about so long after it, a complete row's beginning likewise.
  void within(FieldId id, bool own, Duration length, Shift shift) {
    for (const Observation& row : rows_of(id, own)) {
      for (const Date day : {row.valid_from, row.from().last()}) {
        after(add(day, length), shift);
        after(add(Date{day.days - 1}, length), shift);
      }
    }
  }

  // ---- Expressions
  void resolved(const Resolved& what, bool own, Shift shift) {
    if (const auto* of = std::get_if<FieldOf>(&what)) field(of->field, own && of->slot == 0, shift);
    if (const auto* of = std::get_if<RuleOf>(&what)) rule(of->rule, own && of->slot == 0, shift);
    if (const auto* of = std::get_if<ParameterRef>(&what)) parameter(of->parameter, shift);
    const auto* set = std::get_if<SetRef>(&what);
    if (!set) return;
    for (const Hop& hop : set->hops) field(book_.schema.kind(hop.relation).register_field, false, shift);
    field(book_.schema.kind(set->members).register_field, false, shift);
    if (!set->value) return;
    if (const auto* of = std::get_if<FieldOf>(&*set->value)) field(of->field, false, shift);
    if (const auto* of = std::get_if<RuleOf>(&*set->value)) rule(of->rule, false, shift);
  }
  // In whichever edition, and as overlays set it.
  void parameter(ParameterId id, Shift shift) {
    editions(shift);
    const Parameter& asked = book_.parameters[id.index];
    for (const Parameter& each : book_.parameters) {
      const bool local = std::find(each.local_of.begin(), each.local_of.end(), id) != each.local_of.end();
      if (&each != &asked && !local && each.name != asked.name) continue;
      for (const Parameter::Dated& dated : each.values) {
        base(dated.from, shift);
        if (dated.to) after(*dated.to, shift);
      }
    }
    for (const ParameterId national : asked.local_of) parameter(national, shift);
  }
  void at_steps(ast::ExprId id, ast::ConsecutiveUnit unit, std::uint32_t count, bool own, Shift shift) {
    const Duration length = length_of(unit);
    for (std::uint32_t back = 0; back < (length.count == 0 ? 1 : count); ++back) {
      const Shift then = plus(shift, length, static_cast<std::int32_t>(back));
      // Whether the subject was in being then is asked too (docs/language.md 5.5).
      field(book_.schema.kind(kind_).register_field, own, then);
      expr(id, own, then);
    }
  }
  void expr(ast::ExprId id, bool own, Shift shift) {
    if (!exprs_.emplace(id.index, own, shift).second) return;
    const ast::Expr& node = book_.tree.expr(id);
    resolved(book_.resolved[id.index], own, shift);
    if (std::holds_alternative<ast::DaysSince>(node) || std::holds_alternative<ast::SinceEntering>(node)) daily_ = true;
    if (const auto* ago = std::get_if<ast::Ago>(&node)) expr(ago->operand, own, plus(shift, ago->duration));
    if (const auto* change = std::get_if<ast::Change>(&node); change && change->over)
      expr(change->operand, own, plus(shift, *change->over));
    if (const auto* steps = std::get_if<ast::Consecutive>(&node))
      at_steps(steps->test, steps->unit, steps->count, own, shift);
    if (const auto* total = std::get_if<ast::Aggregate>(&node); total && total->over)
      at_steps(std::get<ast::SetOf>(total->range).set, total->over->unit, total->over->count, own, shift);
    if (const auto* event = std::get_if<ast::WithinLast>(&node)) {
      const auto& of = std::get<FieldOf>(book_.resolved[event->event.index]);
      within(of.field, own && of.slot == 0, event->duration, shift);
    }
    ast::for_each_child(node, [&](ast::ExprId child) { expr(child, own, shift); });
  }
  void expr(const std::optional<ast::ExprId>& id, bool own, Shift shift) {
    if (id) expr(*id, own, shift);
  }

  // ---- Rules
  // Which edition answers, of rules and of parameters.
  void editions(Shift shift) {
    for (const Ruleset& ruleset : book_.rulesets) {
      base(ruleset.in_force_from, shift);
      if (ruleset.in_force_to) after(*ruleset.in_force_to, shift);
      recorded_.insert(ruleset.published);
    }
  }
  void rule(RuleId id, bool own, Shift shift) {
    if (!rules_.emplace(id.index, own, shift).second) return;
    editions(shift);
    const KindId outer = std::exchange(kind_, book_.rule(id).kind);
    std::visit([&](const auto& body) { of(body, own, shift); }, book_.rule(id).body);
    kind_ = outer;
    for (const RuleId other : book_.rule(id).editions) rule(other, own, shift);
    if (book_.rule(id).local_of) rule(*book_.rule(id).local_of, own, shift);
  }
  void of(const DefineRule& body, bool own, Shift shift) {
    expr(body.value, own, shift);
    for (const auto& but : body.buts) expr(but.value, own, shift), expr(but.condition, own, shift);
  }
  void of(const RatingRule& body, bool own, Shift shift) { expr(body.from, own, shift); }
  void of(const TableRule& body, bool own, Shift shift) {
    for (ast::ExprId input : body.inputs) expr(input, own, shift);
    for (const auto& row : body.rows) {
      for (const auto& cell : row.cells)
        for (ast::ExprId operand : cell ? cell->operands : std::vector<ast::ExprId>{}) expr(operand, own, shift);
      expr(row.value, own, shift);
    }
  }
  void of(const FlagRule& body, bool own, Shift shift) {
    expr(body.when, own, shift), expr(body.unless, own, shift);
    for (RuleId interaction : body.raised_by) rule(interaction, false, shift);
    field(body.waiver, own, shift);
  }
  void of(const InteractionRule& body, bool own, Shift shift) {
    field(book_.schema.kind(body.relation).register_field, own, shift);
    expr(body.when, own, shift);
  }
  void of(const StageRule& body, bool own, Shift shift) { field(book_.regimes[body.regime.index].field, own, shift); }
  void criteria(RegimeId regime, const ast::Criteria& criteria, bool own, Shift shift) {
    rule(book_.regimes[regime.index].stage_rule, own, shift);
    for (const ast::Reason& reason : criteria.reasons) expr(reason.condition, own, shift);
  }
  void of(const EnterRule& body, bool own, Shift shift) { criteria(body.regime, body.criteria, own, shift); }
  void of(const ExitRule& body, bool own, Shift shift) { criteria(body.regime, body.criteria, own, shift); }
  void of(const UnsupportedRule& body, bool own, Shift shift) {
    rule(book_.regimes[body.regime.index].stage_rule, own, shift);
    rule(body.enter, own, shift);
  }

  const Rulebook& book_;
  const Snapshot& snapshot_;
  const PeriodQuestion& asked_;
  Bearing found_;
  std::set<Date> days_, recorded_;
  bool daily_ = false;
  KindId kind_{};  // of the rule being walked
  Visited rules_, exprs_, fields_;
};

}  // namespace

Bearing bearing_on(const Rulebook& rulebook, const Snapshot& snapshot, const PeriodQuestion& question) {
  return Walk(rulebook, snapshot, question).take();
}

}  // namespace assay
