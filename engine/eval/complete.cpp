// What covers a time is looked for from its first day on, each time by the row that reaches furthest.
#include "engine/eval/complete.h"

#include <algorithm>

#include "engine/eval/question.h"

namespace assay {

namespace {

Date last_day(const Observation& row) { return row.valid_to.value_or(row.valid_from); }

// Up to its end, and as long after as the evidence stays fresh.
Date answers_until(const Observation& row, const FieldDef& field) {
  return field.fresh_for ? add(last_day(row), *field.fresh_for) : last_day(row);
}

// The first day from `from` on that the rows leave out, or one after `to`; those that cover it as far.
Date first_left_out(const CompleteRows& rows, const FieldDef& field, Date from, Date to, CompleteRows& used) {
  Date day = from;
  while (day <= to) {
    const Observation* furthest = nullptr;
    for (const Observation* row : rows) {
      const bool further = !furthest || answers_until(*row, field) > answers_until(*furthest, field);
      if (row->valid_from <= day && further) furthest = row;
    }
    if (!furthest || answers_until(*furthest, field) < day) break;
    used.push_back(furthest);
    day = {answers_until(*furthest, field).days + 1};
  }
  return day;
}

}  // namespace

CompleteRows complete_rows(const Snapshot& snapshot, FieldId field, SubjectId subject, Date date) {
  CompleteRows out;
  for (const Observation& row : snapshot.rows(field, subject)) {
    if (row.standing != Standing::Complete || row.superseded || row.valid_from > date) continue;
    if (rank_of(snapshot.schema().field(field), snapshot.source_name(row.source)) != kNoRank) out.push_back(&row);
  }
  return out;
}

CompleteRows that_cover(const CompleteRows& rows, const FieldDef& field, Date from, Date to) {
  CompleteRows out;
  const Date day = first_left_out(rows, field, from, to, out);
  return day <= to ? CompleteRows() : out;
}

std::optional<Period> left_out(const CompleteRows& rows, const FieldDef& field, Date from, Date to) {
  CompleteRows none;
  const Date first = first_left_out(rows, field, from, to, none);
  if (first > to) return std::nullopt;
  Date last = to;
  for (const Observation* row : rows)
    if (row->valid_from > first) last = std::min(last, Date{row->valid_from.days - 1});
  return Period{first, last};
}

CompleteRows that_cover_all_up_to(const CompleteRows& rows, const FieldDef& field, Date date) {
  if (rows.empty()) return {};
  const auto first =
      std::min_element(rows.begin(), rows.end(), [](auto* a, auto* b) { return a->valid_from < b->valid_from; });
  return that_cover(rows, field, (*first)->valid_from, date);
}

Date last_day_of(const CompleteRows& rows, Date date) {
  Date last = last_day(*rows.front());
  for (const Observation* row : rows) last = std::max(last, last_day(*row));
  return std::min(last, date);
}

}  // namespace assay
