// Events: dated rows, and complete rows that say there were no others (docs/language.md 5.2, 5.3, 5.7).
#include <fmt/format.h>

#include <algorithm>

#include "engine/eval/complete.h"
#include "engine/eval/question.h"

namespace assay {

namespace {

// The rows that bear on what happened up to a date, each with its part unless it is an event that counts.
struct Happened {
  std::vector<const Observation*> events;  // by date
  CompleteRows complete;
};

Happened happened(const Snapshot& snapshot, FieldId field, SubjectId subject, Date date, std::vector<RowPart>& parts) {
  const FieldDef& def = snapshot.schema().field(field);
  Happened out;
  out.complete = complete_rows(snapshot, field, subject, date);
  for (const Observation& row : snapshot.rows(field, subject)) {
    if (row.valid_from > date) continue;
    if (row.superseded)
      parts.push_back({&row, Part::Superseded});
    else if (rank_of(def, snapshot.source_name(row.source)) == kNoRank)
      parts.push_back({&row, Part::NotCounted});
    else if (row.standing == Standing::Complete)
      continue;
    else if (row.standing == Standing::Held && std::get<bool>(row.value))
      out.events.push_back(&row);
    else
      parts.push_back({&row, Part::Hole});
  }
  return out;
}

// The first day that is still within the length on the date: add(day, length) >= date.
Date window_start(Date date, Duration length) {
  Date day = add(date, {length.unit, -length.count});
  while (add(day, length) < date) day.days += 1;
  // Before the first day there is none, and adding to one gives the first.
  while (add(Date{day.days - 1}, Duration{}) < day && add(Date{day.days - 1}, length) >= date) day.days -= 1;
  return day;
}

std::string happened_on(const Observation& row) {
  return fmt::format("happened {} that is not known", row.from().on_a_day());
}

std::string none_recorded(const Period& asked, const Period& left_out) {
  const auto words = [](const Period& period) {
    const std::string first = period.from.to_long_string();
    return *period.to == period.from ? "on " + first : fmt::format("from {} to {}", first, period.to->to_long_string());
  };
  const bool all = asked.from == left_out.from && *asked.to == *left_out.to;
  return fmt::format("none recorded {}, and no word that the record is complete{}", words(asked),
                     all ? "" : " " + words(left_out));
}

// The rows that are not put aside: those that answer, or may.
struct Used {
  std::vector<const Observation*> rows;
  Part part = Part::Answers;
};

void note_rest(const Happened& happened, const Used& used, std::vector<RowPart>& parts) {
  const auto note = [&](const Observation* row) {
    const bool is_used = std::find(used.rows.begin(), used.rows.end(), row) != used.rows.end();
    parts.push_back({row, is_used ? used.part : Part::OtherTime});
  };
  std::for_each(happened.events.begin(), happened.events.end(), note);
  std::for_each(happened.complete.begin(), happened.complete.end(), note);
}

// When the latest of the events happened, as far as that is known.
struct Latest {
  std::optional<Date> surely, perhaps;   // no earlier than; no later than
  std::vector<const Observation*> rows;  // any of which may be it
};

Latest latest_of(const std::vector<const Observation*>& events, Date date) {
  Latest out;
  for (const Observation* event : events) {
    const Date last = event->from().last();
    if (last <= date && (!out.surely || event->valid_from > *out.surely)) out.surely = event->valid_from;
    out.perhaps = std::max(out.perhaps, std::optional(std::min(last, date)));
  }
  for (const Observation* event : events) {
    const Date last = event->from().last();
    if (out.surely && out.surely == out.perhaps) {
      if (event->valid_from == *out.surely && last == *out.surely) return out.rows = {event}, out;
    } else if (!out.surely || last >= *out.surely) {
      out.rows.push_back(event);
    }
  }
  return out;
}

// Of any of the events, or of the record by which there was none; `complete`: such a record is held.
std::optional<TimeOfRows> some_time_of(const std::vector<const Observation*>& events, const Happened& rows,
                                       bool complete, Date date) {
  std::optional<TimeOfRows> out;
  const auto may_be = [&](Date low, Date high) {
    if (!out) out = {low, high, complete};
    out->low = std::min(out->low, low);
    out->high = std::max(out->high, high);
  };
  for (const Observation* event : events) may_be(event->valid_from, std::min(event->from().last(), date));
  if (complete) may_be(last_day_of(rows.complete, date), last_day_of(rows.complete, date));
  return out;
}

}  // namespace

Reading read_within(const Snapshot& snapshot, FieldId field, SubjectId subject, const Moment& moment, Duration length) {
  const FieldDef& def = snapshot.schema().field(field);
  const Date date = moment.date();
  Reading reading;
  const Happened rows = happened(snapshot, field, subject, date, reading.rows);
  const Date start = window_start(date, length);
  std::vector<const Observation*> within;
  Used used;
  Reasons open;  // of those that happened within it or not, by a day that is not known
  for (const Observation* event : rows.events) {
    const Date last = event->from().last();
    if (last < start) continue;
    if (event->valid_from >= start && last <= date) {
      within.push_back(event);
    } else {
      merge(open, {{subject, field, date, ReasonKind::Missing, happened_on(*event)}});
      used.rows.push_back(event);
    }
  }
  const CompleteRows complete = that_cover(rows.complete, def, start, date);
  if (!within.empty()) {
    const Latest latest = latest_of(within, date);
    used = {latest.rows};
    reading.time = {*latest.surely, *latest.perhaps};
    reading.cell = Cell::of(Value(true));
  } else if (!complete.empty() && open.empty()) {
    used = {complete};
    reading.time = some_time_of({}, rows, true, date);
    reading.cell = Cell::of(Value(false));
  } else {
    used.part = Part::Possible;
    reading.time = some_time_of(used.rows, rows, !complete.empty(), date);
    if (const auto out = left_out(rows.complete, def, start, date))
      merge(open, {{subject, field, date, ReasonKind::Missing, none_recorded({start, date}, *out)}});
    reading.cell = Cell::of(Truth::Unknown, std::move(open));
  }
  note_rest(rows, used, reading.rows);
  return reading;
}

Reading read_latest_event(const Snapshot& snapshot, FieldId field, SubjectId subject, const Moment& moment) {
  const FieldDef& def = snapshot.schema().field(field);
  const Date date = moment.date();
  Reading reading;
  const Happened rows = happened(snapshot, field, subject, date, reading.rows);
  const Latest latest = latest_of(rows.events, date);
  const CompleteRows complete = that_cover_all_up_to(rows.complete, def, date);
  const bool none_else = !complete.empty();
  Used used{latest.rows};
  reading.time =
      latest.surely ? TimeOfRows{*latest.surely, *latest.perhaps} : some_time_of(latest.rows, rows, none_else, date);
  if (latest.surely && latest.surely == latest.perhaps) {
    reading.cell = Cell::of(Value(*latest.surely));
  } else if (!latest.perhaps && none_else) {
    used = {complete};
    reading.cell = Cell::not_applicable();
  } else {
    Cell cell;
    for (const Observation* event : latest.rows)
      if (!event->from().exact()) merge(cell.why, {{subject, field, date, ReasonKind::Missing, happened_on(*event)}});
    if (!latest.surely && !none_else) merge(cell.why, {{subject, field, date, ReasonKind::Missing, "none recorded"}});
    // With none that has surely happened there may be none, or one that is not recorded.
    cell.may_not_apply = !latest.surely;
    if (latest.surely) cell.low = Value(*latest.surely);
    if (!latest.surely && none_else) cell.low = Value(rows.events.front()->valid_from);
    cell.high = Value(latest.surely || none_else ? *latest.perhaps : date);
    used.part = Part::Possible;
    reading.cell = std::move(cell);
  }
  note_rest(rows, used, reading.rows);
  return reading;
}

}  // namespace assay
