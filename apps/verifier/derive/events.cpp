// Events: dated rows, and whether there may be others (docs/language.md 5.2, 5.7, 5.12).
#include <algorithm>

#include "apps/verifier/derive/evidence.h"

namespace assay::verifier {

namespace {

// Of events that surely happened, the latest.
RestsOn latest_of(const std::vector<const Observation*>& events, Date date) {
  RestsOn time{kFirstDay, kFirstDay};
  for (const Observation* row : events) {
    time.first = std::max(time.first, row->valid_from);
    time.last = std::max(time.last, std::min(row->from().last(), date));
  }
  return time;
}

// Of others any, or the record by which there was none.
std::optional<RestsOn> any_of(const std::vector<const Observation*>& events, std::optional<RestsOn> none, Date date) {
  std::optional<RestsOn> time = none;
  for (const Observation* row : events) {
    const Date last = std::min(row->from().last(), date);
    if (!time) time = {row->valid_from, last, false};
    time->first = std::min(time->first, row->valid_from);
    time->last = std::max(time->last, last);
  }
  return time;
}

}  // namespace

Reading Evidence::within(FieldId field, SubjectId subject, const Moment& moment, Duration length) const {
  const Date date = moment.date();
  Date first = add(date, {length.unit, -length.count});
  while (add(first, length) < date) ++first.days;
  while (first > kFirstDay && add(Date{first.days - 1}, length) >= date) --first.days;
  Reading reading;
  bool perhaps = false, sure = false;
  std::vector<const Observation*> surely_rows;
  for (const Observation* row : rows(field, subject)) {
    const Date earliest = row->valid_from, latest = row->from().last();
    if (latest < first || earliest > date) continue;
    if (row->standing == Standing::Held && std::get<bool>(row->value)) {
      const bool surely = first <= earliest && latest <= date;
      (surely ? sure : perhaps) = true;
      (surely ? surely_rows : reading.rows).push_back(row);
    }
  }
  Possible found;
  if (sure) {
    found.yes = true;
    reading.rows = std::move(surely_rows);  // on which alone it rests
    reading.time = latest_of(reading.rows, date);
  } else {
    const bool all_held = complete(field, subject, first, date);
    found.no = true;
    found.yes = perhaps || !all_held;
    reading.time = any_of(reading.rows, all_held ? complete_to(field, subject, date) : std::nullopt, date);
  }
  reading.answer = condition(found, {{subject, field, date, Lacking::Missing}}, {});
  return reading;
}

// 5.7, 5.12: the latest of those that happened by the day; one of which it is not known whether it did may be the
// latest.
Reading Evidence::latest_event(FieldId field, SubjectId subject, const Moment& moment) const {
  const Date date = moment.date();
  Reading reading;
  std::optional<Date> sure_low, high;
  for (const Observation* row : rows(field, subject)) {
    if (row->standing != Standing::Held || !std::get<bool>(row->value) || row->valid_from > date) continue;
    const Date last = row->from().last();
    if (last <= date) sure_low = sure_low ? std::max(*sure_low, row->valid_from) : row->valid_from;
    high = high ? std::max(*high, std::min(last, date)) : std::min(last, date);
    reading.rows.push_back(row);
  }
  const Reasons why = {{subject, field, date, Lacking::Missing}};
  if (sure_low) std::erase_if(reading.rows, [&](const Observation* row) { return row->from().last() < *sure_low; });
  const bool all_held = complete(field, subject, date);
  reading.time = sure_low ? RestsOn{*sure_low, *high}
                          : any_of(reading.rows, all_held ? complete_to(field, subject, date) : std::nullopt, date);
  if (sure_low) {
    reading.answer = unknown_between(*sure_low, *high, why);
  } else if (!all_held) {
    reading.answer = unknown_between(std::nullopt, date, why);
    reading.answer.may_not_apply = true;
  } else if (high) {
    Date low = *high;
    for (const Observation* row : reading.rows) low = std::min(low, row->valid_from);
    reading.answer = unknown_between(low, *high, why);
    reading.answer.may_not_apply = true;
    reading.answer.why = why;
  } else {
    reading.answer = does_not_apply();
  }
  return reading;
}

}  // namespace assay::verifier
