// Events: dated rows, and complete rows that say there were no others (docs/language.md 5.2, 5.3, 5.7).
#include <algorithm>

#include "engine/eval/reading.h"

namespace assay {

namespace {

bool counts(const FieldDef& field, std::string_view source) {
  if (field.from.empty()) return true;
  return std::any_of(field.from.begin(), field.from.end(), [&](const auto& equals) {
    return std::find(equals.begin(), equals.end(), source) != equals.end();
  });
}

// The rows that bear on what happened up to a date, each with its part unless it is an event that counts.
struct Happened {
  std::vector<const Observation*> events;  // by date
  std::vector<const Observation*> complete;
};

Happened happened(const Snapshot& snapshot, FieldId field, SubjectId subject, Date date, std::vector<RowPart>& parts) {
  const FieldDef& def = snapshot.schema().field(field);
  Happened out;
  for (const Observation& row : snapshot.rows(field, subject)) {
    if (row.valid_from > date) continue;
    if (row.superseded)
      parts.push_back({&row, Part::Superseded});
    else if (!counts(def, snapshot.source_name(row.source)))
      parts.push_back({&row, Part::NotCounted});
    else if (row.standing == Standing::Complete)
      out.complete.push_back(&row);
    else if (row.standing == Standing::Held && std::get<bool>(row.value))
      out.events.push_back(&row);
    else
      parts.push_back({&row, Part::Hole});
  }
  return out;
}

// A complete row answers up to its end and as long after as the evidence stays fresh.
const Observation* covers(const Happened& rows, const FieldDef& field, Date from, Date to) {
  for (const Observation* row : rows.complete) {
    Date until = row->valid_to.value_or(row->valid_from);
    if (field.fresh_for) until = add(until, *field.fresh_for);
    if (row->valid_from <= from && until >= to) return row;
  }
  return nullptr;
}

// The first day that is still within the length on the date: add(day, length) >= date.
Date window_start(Date date, Duration length) {
  Date day = add(date, {length.unit, -length.count});
  while (add(day, length) < date) day.days += 1;
  while (add(Date{day.days - 1}, length) >= date) day.days -= 1;
  return day;
}

void note_rest(const Happened& rows, const Observation* used, Part part, std::vector<RowPart>& parts) {
  for (const Observation* row : rows.events) parts.push_back({row, row == used ? part : Part::OtherTime});
  for (const Observation* row : rows.complete) parts.push_back({row, row == used ? part : Part::OtherTime});
}

}  // namespace

Reading read_within(const Snapshot& snapshot, FieldId field, SubjectId subject, const Moment& moment, Duration length) {
  const FieldDef& def = snapshot.schema().field(field);
  const Date date = moment.date();
  Reading reading;
  const Happened rows = happened(snapshot, field, subject, date, reading.rows);
  const Date start = window_start(date, length);
  const Observation* used = nullptr;
  for (const Observation* event : rows.events)
    if (event->valid_from >= start) used = event;
  if (used) {
    reading.cell = Cell::of(Value(true));
  } else if ((used = covers(rows, def, start, date))) {
    reading.cell = Cell::of(Value(false));
  } else {
    std::string detail = fmt::format("none recorded from {} to {}, and no word that the record is complete",
                                     start.to_long_string(), date.to_long_string());
    reading.cell = Cell::of(Truth::Unknown, {{subject, field, date, ReasonKind::Missing, std::move(detail)}});
  }
  note_rest(rows, used, Part::Answers, reading.rows);
  return reading;
}

Reading read_latest_event(const Snapshot& snapshot, FieldId field, SubjectId subject, const Moment& moment) {
  const FieldDef& def = snapshot.schema().field(field);
  const Date date = moment.date();
  Reading reading;
  const Happened rows = happened(snapshot, field, subject, date, reading.rows);
  const Observation* used = nullptr;
  for (const Observation* event : rows.events)
    if (!used || event->valid_from > used->valid_from) used = event;
  if (used) {
    reading.cell = Cell::of(Value(used->valid_from));
  } else if (!rows.complete.empty() && covers(rows, def, rows.complete.front()->valid_from, date)) {
    used = rows.complete.front();
    reading.cell = Cell::not_applicable();
  } else {
    reading.cell = Cell::unknown_between(std::nullopt, Value(date),
                                         {{subject, field, date, ReasonKind::Missing, "none recorded"}});
  }
  note_rest(rows, used, Part::Answers, reading.rows);
  return reading;
}

}  // namespace assay
