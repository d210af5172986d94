// `for N consecutive quarters` and `readings`, and `previous` (docs/language.md 5.5, 5.6).
#include <algorithm>
#include <iterator>
#include <map>

#include "engine/eval/complete.h"
#include "engine/eval/evaluation.h"
#include "engine/eval/truth_set.h"
#include "engine/plan/plan.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

std::optional<Duration> unit_length(ast::ConsecutiveUnit unit) {
  switch (unit) {
    case ast::ConsecutiveUnit::Readings:
      return std::nullopt;
    case ast::ConsecutiveUnit::Days:
      return Duration{Duration::Unit::Days, 1};
    case ast::ConsecutiveUnit::Weeks:
      return Duration{Duration::Unit::Days, 7};
    case ast::ConsecutiveUnit::Months:
      return Duration{Duration::Unit::Months, 1};
    case ast::ConsecutiveUnit::Quarters:
      return Duration{Duration::Unit::Months, 3};
    case ast::ConsecutiveUnit::Years:
      return Duration{Duration::Unit::Months, 12};
  }
  return std::nullopt;
}

}  // namespace

// The states and series of the subject itself that an expression reads: what a reading is a reading of.
std::vector<FieldId> Evaluation::own_fields(ast::ExprId test, SubjectId subject) const {
  const Schema& schema = snapshot_.schema();
  const KindId kind = snapshot_.subject(subject).kind;
  std::vector<FieldId> own = fields_read(rulebook_, test);
  std::erase_if(own, [&](FieldId field) {
    const FieldDef& def = schema.field(field);
    return def.kind != kind || def.occurrence == Occurrence::Event || field == schema.kind(kind).register_field;
  });
  return own;
}

namespace {

// A day on which a row began and answered; or, of one that is not known, the earliest and latest it may be, and whether
// it surely answered then.
struct Began {
  Date first, last;
  bool surely = true;
};

bool answers_on(const Snapshot& snapshot, const Observation& row, Date date, bool surely) {
  const Reading reading = read_evidence(snapshot, row.field, row.subject, {date});
  return std::any_of(reading.rows.begin(), reading.rows.end(), [&](const RowPart& part) {
    return part.row == &row && speaks(part.part) && !(surely && part.part == Part::Possible);
  });
}

std::optional<Began> began(const Snapshot& snapshot, const Observation& row, Date date) {
  const FieldDef& field = snapshot.schema().field(row.field);
  if (field.occurrence == Occurrence::Series) {
    // It answers from the day on which its step is due, not from the day on which its period begins.
    Date due = step_end(row.valid_to.value_or(row.valid_from), *field.every);
    if (field.due_within) due = add(due, *field.due_within);
    return due <= date && answers_on(snapshot, row, due, false) ? std::optional(Began{due, due}) : std::nullopt;
  }
  const Began out{row.valid_from, row.from().last()};
  if (row.from().exact()) return answers_on(snapshot, row, out.first, false) ? std::optional(out) : std::nullopt;
  const Date last = std::min(out.last, date);
  if (!answers_on(snapshot, row, out.first, false) && !answers_on(snapshot, row, last, false)) return std::nullopt;
  return Began{out.first, out.last, out.last <= date && answers_on(snapshot, row, last, true)};
}

}  // namespace

// The last dates on which a row that the expression reads began, and was the one that answered: what another source
// outranks is no reading of its own. Only as many as are surely the last: none from the first that began on a day that
// is not known, unless it is the latest, which is asked about as it stands now.
Evaluation::ReadingMoments Evaluation::reading_moments(ast::ExprId test, const Scope& scope, std::size_t count) const {
  std::map<Date, Began, std::greater<>> dates;  // by their first day
  const Date date = scope.moment.date();
  const SubjectId subject = scope.slots[0];
  for (FieldId field : own_fields(test, subject)) {
    for (const Observation& row : snapshot_.rows(field, subject)) {
      if (row.superseded || row.standing != Standing::Held || row.valid_from > date) continue;
      const auto day = began(snapshot_, row, date);
      if (!day) continue;
      const auto known = dates.find(day->first);
      if (known == dates.end())
        dates.emplace(day->first, *day);
      else if (known->second.last < day->last)
        known->second = *day;
      else if (known->second.last == day->last)
        known->second.surely = known->second.surely || day->surely;
    }
  }
  ReadingMoments out;
  for (auto at = dates.begin(); at != dates.end() && out.moments.size() < count; ++at) {
    const Began& day = at->second;
    const bool latest = out.moments.empty();
    out.stopped = true;
    if (!day.surely || (!latest && day.first != day.last)) break;
    const bool in_order =
        std::all_of(std::next(at), dates.end(), [&](const auto& other) { return other.second.last < day.first; });
    // One that another may come after is not surely the next.
    if (!latest && !in_order) break;
    out.moments.push_back(latest ? scope.moment : at_earlier_date(scope.moment, day.first));
    if (!in_order) break;
    out.stopped = false;
  }
  return out;
}

// Do complete rows say, of every field read, that all its records up to now are held?
bool Evaluation::readings_complete(ast::ExprId test, const Scope& scope) const {
  const Date date = scope.moment.date();
  const SubjectId subject = scope.slots[0];
  const auto fields = own_fields(test, subject);
  return !fields.empty() && std::all_of(fields.begin(), fields.end(), [&](FieldId field) {
    const auto complete = complete_rows(snapshot_, field, subject, date);
    return !that_cover_all_up_to(complete, snapshot_.schema().field(field), date).empty();
  });
}

Evaluation::ReadingMoments Evaluation::moments_of(const ast::Consecutive& node, const Scope& scope) const {
  if (node.unit == ast::ConsecutiveUnit::Readings) return reading_moments(node.test, scope, node.count);
  return {step_moments(node.unit, node.count, scope)};
}

std::vector<Moment> Evaluation::consecutive_moments(const ast::Consecutive& node, const Scope& scope) {
  return moments_of(node, scope).moments;
}

std::vector<Moment> Evaluation::step_moments(ast::ConsecutiveUnit unit, std::uint32_t count, const Scope& scope) const {
  const auto length = unit_length(unit);
  CHECK(length);
  std::vector<Moment> out;
  for (std::uint32_t k = 0; k < count; ++k)
    out.push_back(back(scope, {length->unit, static_cast<std::int32_t>(k) * length->count}).moment);
  return out;
}

Cell Evaluation::no_earlier_reading(ast::ExprId test, const Scope& scope) {
  const auto fields = fields_read(rulebook_, test);
  Reasons why;
  const SubjectId subject = scope.slots[0];
  for (FieldId field : fields) {
    const KindId kind = snapshot_.subject(subject).kind;
    if (snapshot_.schema().field(field).kind != kind || field == snapshot_.schema().kind(kind).register_field) continue;
    const auto rows = snapshot_.rows(field, subject);
    const bool exact = std::all_of(rows.begin(), rows.end(), [](const Observation& row) { return row.exact(); });
    merge(why, {{subject, field, scope.moment.date(), ReasonKind::Missing,
                 exact ? "no earlier reading held" : "no earlier reading held whose day is known"}});
  }
  return Cell::unknown_between(std::nullopt, std::nullopt, std::move(why));
}

Cell Evaluation::eval_consecutive(const ast::Consecutive& node, const Scope& scope) {
  const ReadingMoments at = moments_of(node, scope);
  std::vector<Cell> cells;
  for (const Moment& moment : at.moments) {
    Scope here = scope;
    here.moment = moment;
    // Of a subject not yet in being no condition holds (5.5).
    cells.push_back(in_being(snapshot_, scope.slots[0], moment.date()) ? expr(node.test, here)
                                                                       : Cell::of(Value(false)));
  }
  const bool fewer = cells.size() < node.count;  // only readings can be
  if (fewer && !at.stopped && readings_complete(node.test, scope)) {
    cells.push_back(Cell::of(Value(false)));
  } else if (fewer) {
    Cell open = Cell::of(Truth::Unknown);
    open.why = no_earlier_reading(node.test, scope).why;
    cells.push_back(std::move(open));
  }
  return all_of(cells);
}

}  // namespace assay
