// What one row says to a question, as far as its dates are known (docs/language.md 5.2, 5.4).
#include "engine/eval/question.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay {

Reason reason(const Question& q, ReasonKind kind, std::string detail) {
  return {q.subject, q.field_id, q.date, kind, std::move(detail)};
}

std::size_t rank_of(const FieldDef& field, std::string_view source) {
  if (field.from.empty()) return 0;
  for (std::size_t rank = 0; rank < field.from.size(); ++rank) {
    const auto& equals = field.from[rank];
    if (std::find(equals.begin(), equals.end(), source) != equals.end()) return rank;
  }
  return kNoRank;
}

bool belongs(const Question& q, const Observation& row) {
  if (row.standing == Standing::MindedTo || row.standing == Standing::Complete) return false;
  if (!q.step) return row.valid_from <= q.date;
  const Date end = row.valid_to.value_or(step_end(row.valid_from, *q.field.every));
  return step_end(end, *q.field.every) == *q.step->to;
}

namespace {

std::string stood_until(const Observation& row, const FieldDef& field) {
  return fmt::format("{} from {}", to_words(row.value, field.type), row.from().to_long_string());
}

// By what it says of itself.
std::optional<Reason> hole_by_standing(const Question& q, const Observation& row) {
  switch (row.standing) {
    case Standing::Held:
    case Standing::NotApplicable:
      break;
    case Standing::NotAvailable:
      return reason(q, ReasonKind::Missing, row.note.empty() ? "not available" : "not available, " + row.note);
    case Standing::Suppressed:
      return reason(q, ReasonKind::Missing, "suppressed");
    case Standing::Withdrawn:
      return reason(q, ReasonKind::Withdrawn, fmt::format("withdrawn on {}", row.recorded_on.to_long_string()));
    case Standing::Redacted:
      return reason(q, ReasonKind::Withdrawn, row.note.empty() ? "redacted" : row.note);
    case Standing::Ended:
      return reason(q, ReasonKind::Missing, fmt::format("ended on {}", row.valid_from.to_long_string()));
    case Standing::Complete:
    case Standing::MindedTo:
      return reason(q, ReasonKind::Missing, "not held");
  }
  return std::nullopt;
}

Reason stale(const Question& q, const Observation& row) {
  return reason(
      q, ReasonKind::Stale,
      row.standing == Standing::Held ? "last " + stood_until(row, q.field) : "last recorded as not applicable");
}

// The ends of what a value may be.
struct Ends {
  Value low, high;
};
Ends ends_of(const Value& value) {
  if (const auto* date = std::get_if<ImpreciseDate>(&value)) return {Value(date->first), Value(date->last())};
  return {value, value};
}

}  // namespace

std::optional<Hole> hole_in(const Question& q, const Observation& row) {
  if (auto why = hole_by_standing(q, row)) return Hole{std::move(*why)};
  std::optional<Hole> open;
  if (!q.step && row.valid_to && step_start(*row.valid_to, row.to_known_to) < q.date) {
    const bool sure = *row.valid_to < q.date;
    std::string detail = fmt::format("term ended {}{}", row.to()->on_a_day(), sure ? "" : " that is not known");
    open = Hole{reason(q, ReasonKind::Missing, std::move(detail)), sure};
    if (sure) return open;
  }
  if (!q.field.fresh_for) return open;
  const Date earliest = q.step ? q.step->to.value_or(q.step->from) : row.valid_from;
  if (add(earliest, *q.field.fresh_for) >= q.date) return open;
  const Date latest = q.step ? earliest : row.from().last();
  if (add(latest, *q.field.fresh_for) < q.date) return Hole{stale(q, row)};
  return open ? open : Hole{stale(q, row), false};
}

bool says_same(const Observation& a, const Observation& b) {
  if (a.standing != b.standing) return false;
  return a.standing != Standing::Held || same(a.value, b.value);
}

Cell value_of(const Question& q, const Observation& row) {
  if (row.standing == Standing::NotApplicable) return Cell::not_applicable();
  const auto* date = std::get_if<ImpreciseDate>(&row.value);
  if (!date) return Cell::of(row.value);
  return Cell::unknown_between(Value(date->first), Value(date->last()),
                               {reason(q, ReasonKind::Missing, date->in_doubt())});
}

Cell unknown_of_type(const FieldDef& field, Reason why) {
  Cell cell = unknown_of(field.type, std::move(why));
  if (field.may_not_apply) {
    cell.state = Cell::State::Unknown;
    cell.may_not_apply = true;
  }
  return cell;
}

Cell conflict(const Question& q, const std::vector<const Observation*>& rows) {
  std::vector<std::string> said;
  std::optional<Value> low, high;
  bool may_not_apply = false;
  for (const Observation* row : rows) {
    const bool held = row->standing == Standing::Held;
    said.push_back(fmt::format("{} {}", q.snapshot.source_name(row->source),
                               held ? to_words(row->value, q.field.type) : "does not apply"));
    may_not_apply = may_not_apply || !held;
    if (!held || !is_ordered(q.field.type.kind)) continue;
    const Ends ends = ends_of(row->value);
    if (!low || order(ends.low, *low) < 0) low = ends.low;
    if (!high || order(ends.high, *high) > 0) high = ends.high;
  }
  std::sort(said.begin(), said.end());
  Cell cell;
  cell.low = low;
  cell.high = high;
  cell.may_not_apply = may_not_apply;
  cell.why = {reason(q, ReasonKind::Conflict, fmt::format("{}", fmt::join(said, ", ")))};
  return cell;
}

}  // namespace assay
