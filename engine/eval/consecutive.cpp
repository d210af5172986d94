// `for N consecutive quarters` and `readings`, and `previous` (docs/language.md 5.5, 5.6).
#include <algorithm>
#include <set>

#include "engine/eval/evaluation.h"
#include "engine/eval/truth_set.h"
#include "engine/plan/plan.h"

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

// The last dates on which a row that the expression reads began: the subject's own states and series only.
std::vector<Moment> Evaluation::reading_moments(ast::ExprId test, const Scope& scope, std::size_t count) const {
  std::set<Date, std::greater<>> dates;
  const Date date = scope.moment.date();
  const KindId kind = snapshot_.subject(scope.slots[0]).kind;
  for (FieldId field : fields_read(rulebook_, test)) {
    const FieldDef& def = snapshot_.schema().field(field);
    if (def.kind != kind || def.occurrence == Occurrence::Event ||
        field == snapshot_.schema().kind(kind).register_field)
      continue;
    for (const Observation& row : snapshot_.rows(field, scope.slots[0]))
      if (!row.superseded && row.standing == Standing::Held && row.valid_from <= date) dates.insert(row.valid_from);
  }
  std::vector<Moment> out;
  for (Date at : dates) {
    if (out.size() == count) break;
    // The latest reading is asked about as it stands now.
    out.push_back(out.empty() ? scope.moment : Moment{at});
  }
  return out;
}

std::vector<Moment> Evaluation::consecutive_moments(const ast::Consecutive& node, const Scope& scope) {
  const auto length = unit_length(node.unit);
  if (!length) return reading_moments(node.test, scope, node.count);
  std::vector<Moment> out;
  for (std::uint32_t k = 0; k < node.count; ++k) {
    Moment moment = scope.moment;
    (length->unit == Duration::Unit::Months ? moment.months_back : moment.days_back) +=
        static_cast<std::int32_t>(k) * length->count;
    out.push_back(moment);
  }
  return out;
}

Cell Evaluation::no_earlier_reading(ast::ExprId test, const Scope& scope) {
  const auto fields = fields_read(rulebook_, test);
  Reasons why;
  for (FieldId field : fields)
    if (snapshot_.schema().field(field).kind == snapshot_.subject(scope.slots[0]).kind)
      merge(why, {{scope.slots[0], field, scope.moment.date(), ReasonKind::Missing, "no earlier reading held"}});
  return Cell::unknown_between(std::nullopt, std::nullopt, std::move(why));
}

Cell Evaluation::eval_consecutive(const ast::Consecutive& node, const Scope& scope) {
  std::vector<Cell> cells;
  for (const Moment& moment : consecutive_moments(node, scope)) {
    Scope here = scope;
    here.moment = moment;
    cells.push_back(expr(node.test, here));
  }
  if (cells.size() < node.count) {
    Cell open = Cell::of(Truth::Unknown);
    open.why = no_earlier_reading(node.test, scope).why;
    cells.push_back(std::move(open));
  }
  return all_of(cells);
}

}  // namespace assay
