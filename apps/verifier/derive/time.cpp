// Words of time (docs/language.md 5.5 to 5.8).
#include <algorithm>

#include "apps/verifier/derive/deciding.h"
#include "apps/verifier/derive/derivation.h"
#include "apps/verifier/derive/logic.h"
#include "dsl/syntax/children.h"

namespace assay::verifier {

// What a chain of one event names: which field, of whom.
Answer Derivation::within_last(const ast::WithinLast& node, const Place& place) {
  const auto& of = std::get<FieldOf>(book_.resolved[node.event.index]);
  const SubjectId subject = place.slots[of.slot];
  asked_.insert({subject, of.field});
  if (auto held = held_back(of.field, subject, place.moment, place.rule)) {
    return condition({.no = true, .yes = true}, held->why, held->marks);
  }
  const Reading reading = evidence_.within(of.field, subject, place.moment, node.duration);
  note(of.field, subject, reading);
  Answer made = reading.answer;
  mark_evidence(made, of.field, subject, place.moment, place.rule);
  return made;
}

// 5.7: from the latest event, or from a date.
Answer Derivation::since(const ast::DaysSince& node, const Place& place) {
  const auto& of = std::get<FieldOf>(book_.resolved[node.event.index]);
  const SubjectId subject = place.slots[of.slot];
  asked_.insert({subject, of.field});
  Answer made;
  if (auto held = held_back(of.field, subject, place.moment, place.rule)) {
    made = unknown_between(std::nullopt, place.moment.date(), held->why);
    made.marks = held->marks;
  } else {
    const Reading reading = evidence_.latest_event(of.field, subject, place.moment);
    note(of.field, subject, reading);
    made = reading.answer;
    mark_evidence(made, of.field, subject, place.moment, place.rule);
  }
  const Date today = place.moment.date();
  std::swap(made.low, made.high);
  for (auto* end : {&made.low, &made.high}) {
    if (!*end) continue;
    const Date then = std::get<Date>(**end);
    *end = Decimal::from_int(node.months ? months_between(then, today) : today.days - then.days);
  }
  return settled(made);
}

std::vector<Moment> Derivation::steps(ast::ConsecutiveUnit unit, std::uint32_t count, const Moment& moment) const {
  std::vector<Moment> found;
  for (std::int32_t k = 0; k < static_cast<std::int32_t>(count); ++k) {
    switch (unit) {
      case ast::ConsecutiveUnit::Days:
        found.push_back(back(moment, {Duration::Unit::Days, k}));
        break;
      case ast::ConsecutiveUnit::Weeks:
        found.push_back(back(moment, {Duration::Unit::Days, 7 * k}));
        break;
      case ast::ConsecutiveUnit::Months:
        found.push_back(back(moment, {Duration::Unit::Months, k}));
        break;
      case ast::ConsecutiveUnit::Quarters:
        found.push_back(back(moment, {Duration::Unit::Months, 3 * k}));
        break;
      case ast::ConsecutiveUnit::Years:
        found.push_back(back(moment, {Duration::Unit::Months, 12 * k}));
        break;
      case ast::ConsecutiveUnit::Readings:
        break;
    }
  }
  return found;
}

// 5.6: P at 0, 1 .. N-1 steps back, all of them. A subject not yet in being: no (5.5).
Answer Derivation::consecutive(const ast::Consecutive& node, const Place& place) {
  if (node.unit == ast::ConsecutiveUnit::Readings) return consecutive_readings(node, place);
  std::vector<Answer> answers;
  for (const Moment& moment : steps(node.unit, node.count, place.moment)) {
    Place then = place;
    then.moment = moment;
    answers.push_back(evidence_.in_being(place.slots.front(), moment.date()) ? expr(node.test, then) : known(false));
  }
  return every(answers);
}

// States of the subject itself that an expression reads, through the rules that it reads of it.
Derivation::OwnFields Derivation::own_fields(ast::ExprId test, const Place& place) const {
  std::set<FieldId> found, events;
  std::set<RuleId> seen;
  const KindId own = evidence_.snapshot().subject(place.slots.front()).kind;
  const std::function<void(ast::ExprId)> look = [&](ast::ExprId id) {
    const Effort::Level level(effort_);
    effort_.spend(20);
    const Resolved& resolved = book_.resolved[id.index];
    if (const auto* of = std::get_if<FieldOf>(&resolved)) {
      const FieldDef& def = evidence_.def(of->field);
      if (def.kind == own) (def.type.kind == TypeKind::Event ? events : found).insert(of->field);
    }
    if (const auto* of = std::get_if<RuleOf>(&resolved)) {
      spend_on_editions(book_.rule(of->rule).ruleset);
      const RuleId rule = of->pinned ? of->rule : on(of->rule, place.moment.date());
      const Rule& body = book_.rule(rule);
      if (const auto* stage = std::get_if<StageRule>(&body.body); stage != nullptr && body.kind == own)
        found.insert(book_.regimes[stage->regime.index].field);
      if (!seen.insert(rule).second) return;
      for_deciding(body, look);
      const auto* flag = std::get_if<FlagRule>(&body.body);
      for (const RuleId by : flag != nullptr ? flag->raised_by : std::vector<RuleId>{})
        if (const auto& when = std::get<InteractionRule>(book_.rule(by).body).when) look(*when);
    }
    if (const auto* set = std::get_if<SetRef>(&resolved); set != nullptr && set->value) {
      if (const auto* of = std::get_if<FieldOf>(&*set->value); of != nullptr && evidence_.def(of->field).kind == own)
        (evidence_.def(of->field).type.kind == TypeKind::Event ? events : found).insert(of->field);
      if (const auto* of = std::get_if<RuleOf>(&*set->value); of != nullptr && seen.insert(of->rule).second)
        for_deciding(book_.rule(of->rule), look);
    }
    ast::for_each_child(book_.tree.expr(id), look);
  };
  look(test);
  return {{found.begin(), found.end()}, {events.begin(), events.end()}};
}

// `P for N consecutive readings`: at the last N dates on which a row that P reads began.
Answer Derivation::consecutive_readings(const ast::Consecutive& node, const Place& place) {
  const SubjectId subject = place.slots.front();
  const Date today = place.moment.date();
  const auto [fields, events] = own_fields(node.test, place);
  const auto dates = evidence_.beginnings(fields, subject, today);
  std::vector<Answer> answers;
  for (std::size_t i = 0; i < dates.days.size() && i < node.count; ++i) {
    Place then = place;
    then.moment = i == 0 ? place.moment : on_earlier_day(place.moment, dates.days[i]);
    answers.push_back(evidence_.in_being(subject, then.moment.date()) ? expr(node.test, then) : known(false));
  }
  if (dates.days.size() < node.count) {
    const bool none = !dates.stopped && !fields.empty() &&
                      std::all_of(fields.begin(), fields.end(),
                                  [&](FieldId field) { return evidence_.complete(field, subject, today); });
    Reasons why;
    for (const FieldId field : fields) add(why, {{subject, field, today, Lacking::Missing}});
    for (const FieldId field : events) add(why, {{subject, field, today, Lacking::Missing}});
    answers.push_back(none ? known(false) : condition({.no = true, .yes = true}, why, {}));
  }
  return every(answers);
}

Answer Derivation::previous(const ast::Previous& node, const Place& place) {
  const auto& of = std::get<FieldOf>(book_.resolved[node.operand.index]);
  const SubjectId subject = place.slots[of.slot];
  Place then = place;
  const auto dates = evidence_.beginnings({of.field}, subject, place.moment.date());
  if (dates.days.size() < 2) {
    asked_.insert({subject, of.field});
    return evidence_.lacking(of.field, subject, place.moment.date(), Lacking::Missing);
  }
  then.moment = on_earlier_day(place.moment, dates.days[1]);
  return expr(node.operand, then);
}

// What another source outranked was no reading of its own.
Evidence::Answered Evidence::answered(const Observation& row, Date until) const {
  bool perhaps = false;
  for (const Date day : {row.valid_from, std::min(row.from().last(), until)}) {
    const Reading reading = state(row.field, row.subject, {.as_at = day});
    const bool spoke = std::find(reading.rows.begin(), reading.rows.end(), &row) != reading.rows.end();
    if (spoke && day == row.from().last() && !reading.in_doubt) return Answered::Surely;
    perhaps = perhaps || spoke;
  }
  return perhaps ? Answered::Perhaps : Answered::No;
}

Evidence::Beginnings Evidence::beginnings(const std::vector<FieldId>& fields, SubjectId subject, Date until) const {
  std::set<std::pair<Date, Date>> sure;
  std::vector<std::pair<Date, Date>> spans;  // the earliest and the latest day that each may have begun on
  for (const FieldId field : fields) {
    for (const Observation* row : rows(field, subject)) {
      if (row->standing != Standing::Held || row->valid_from > until) continue;
      if (def(field).occurrence == Occurrence::Series) {  // from the day on which it was due
        const Date due = due_on(def(field), step_end(row->valid_to.value_or(row->valid_from), *def(field).every));
        const auto spoke = series(field, subject, {.as_at = due}).rows;
        if (due <= until && std::find(spoke.begin(), spoke.end(), row) != spoke.end()) spans.emplace_back(due, due);
        continue;
      }
      const Answered did = answered(*row, until);
      if (did == Answered::No) continue;
      spans.emplace_back(row->valid_from, row->from().last());
      if (did == Answered::Surely || row->from().exact()) sure.insert(spans.back());
    }
  }
  std::sort(spans.rbegin(), spans.rend());
  spans.erase(std::unique(spans.begin(), spans.end(), [](const auto& a, const auto& b) { return a.first == b.first; }),
              spans.end());
  Beginnings found;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    effort_.spend(spans.size());
    const bool latest = i == 0, exact = spans[i].first == spans[i].second;
    const bool in_order = std::all_of(spans.begin() + static_cast<std::ptrdiff_t>(i) + 1, spans.end(),
                                      [&](const auto& other) { return other.second < spans[i].first; });
    // The latest is asked about as it stands now; any other has to have a day, and a place.
    if (spans[i].second > until || !(exact || sure.contains(spans[i])) || (!latest && (!exact || !in_order))) {
      found.stopped = true;
      break;
    }
    found.days.push_back(spans[i].first);
    if (!in_order) {
      found.stopped = true;
      break;
    }
  }
  return found;
}

}  // namespace assay::verifier
