// States: what stands until replaced, ended or stale (docs/language.md 5.2), also where days are not known (5.12).
#include <algorithm>

#include "apps/verifier/derive/evidence.h"

namespace assay::verifier {
namespace {

bool is_value(const Observation& row) {
  return row.standing != Standing::Complete && row.standing != Standing::MindedTo;
}

bool same_answer(const Answer& a, const Answer& b) {
  const auto same_end = [](const std::optional<Value>& x, const std::optional<Value>& y) {
    return x.has_value() == y.has_value() && (!x || same(*x, *y));
  };
  return a.may_apply == b.may_apply && a.may_not_apply == b.may_not_apply && same_end(a.low, b.low) &&
         same_end(a.high, b.high);
}

// Every day that can matter within [first, last]: its ends, and both sides of each of the others.
std::vector<Date> days_that_matter(Date first, Date last, const std::vector<Date>& edges) {
  std::vector<Date> days = {first, last};
  for (const Date edge : edges) {
    for (const std::int32_t by : {-1, 0, 1}) {
      const Date day{edge.days + by};
      if (first <= day && day <= last) days.push_back(day);
    }
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

// The last day from which something is no longer fresh on the date.
Date last_stale_day(Date date, Duration fresh) {
  Date day = add(date, {fresh.unit, -fresh.count});
  while (day > kFirstDay && add(day, fresh) >= date) --day.days;
  while (add(Date{day.days + 1}, fresh) < date) ++day.days;
  return day;
}

}  // namespace

Reading Evidence::state_by(const std::vector<DatedRow>& rows, FieldId field, SubjectId subject, Date date) const {
  std::vector<DatedRow> begun;
  for (const DatedRow& row : rows)
    if (row.from <= date) begun.push_back(row);
  const auto fresh = def(field).fresh_for;
  return chosen(begun, field, subject, date, [&](const DatedRow& row) -> std::optional<Lacking> {
    switch (row.row->standing) {
      case Standing::NotAvailable:
      case Standing::Suppressed:
      case Standing::Ended:
        return Lacking::Missing;
      case Standing::Withdrawn:
      case Standing::Redacted:
        return Lacking::Withdrawn;
      default:
        break;
    }
    if (row.to && *row.to < date) return Lacking::Missing;
    if (fresh && add(row.from, *fresh) < date) return Lacking::Stale;
    return std::nullopt;
  });
}

// 5.12: what each day would give alike is known; else the hull of what they give, and missing.
Reading Evidence::state(FieldId field, SubjectId subject, const Moment& moment) const {
  const Date date = moment.date();
  std::vector<DatedRow> sure;
  std::vector<const Observation*> unsure;
  std::vector<Date> edges = {date};
  if (const auto fresh = def(field).fresh_for) edges.push_back(last_stale_day(date, *fresh));
  for (const Observation* row : rows(field, subject)) {
    if (!is_value(*row)) continue;
    edges.push_back(row->valid_from);
    edges.push_back(row->from().last());
    if (row->exact())
      sure.push_back({row, row->valid_from, row->valid_to});
    else
      unsure.push_back(row);
  }
  std::vector<std::vector<DatedRow>> worlds = {sure};
  for (const Observation* row : unsure) {
    std::vector<std::vector<DatedRow>> more;
    const auto starts = days_that_matter(row->valid_from, row->from().last(), edges);
    std::vector<std::optional<Date>> ends = {row->valid_to};
    if (row->valid_to && row->to_known_to != Step::Day) {
      ends.clear();
      for (const Date day : days_that_matter(step_start(*row->valid_to, row->to_known_to), *row->valid_to, edges))
        ends.emplace_back(day);
    }
    for (const auto& world : worlds) {
      for (const Date start : starts) {
        for (const auto& end : ends) {
          if (end && *end < start) continue;
          effort_.spend(kStepsADatedRow * (1 + world.size()));
          more.push_back(world);
          more.back().push_back({row, start, end});
        }
      }
    }
    worlds = std::move(more);
  }
  std::optional<Reading> all;
  bool alike = true, surely = true;
  for (const auto& world : worlds) {
    effort_.spend(all ? all->rows.size() : 1);
    Reading one = state_by(world, field, subject, date);
    surely = surely && !one.rows.empty();
    if (!all) {
      all = std::move(one);
      continue;
    }
    alike = alike && same_answer(all->answer, one.answer) && all->answer.why == one.answer.why;
    all->answer = hull(all->answer, one.answer);
    for (const Observation* row : one.rows)
      if (std::find(all->rows.begin(), all->rows.end(), row) == all->rows.end()) all->rows.push_back(row);
    if (!all->stands_until) all->stands_until = all->stands_at;
    if (one.stands_at && (!all->stands_at || *one.stands_at < *all->stands_at)) all->stands_at = one.stands_at;
    if (one.stands_at && (!all->stands_until || *one.stands_at > *all->stands_until)) all->stands_until = one.stands_at;
  }
  if (!all) return {lacking(field, subject, date, Lacking::Missing), {}, {}};
  for (const Observation* row : all->rows) {
    const Date last = std::min(row->from().last(), date);
    if (!all->time) all->time = {row->valid_from, last, surely};
    all->time = {std::min(all->time->first, row->valid_from), std::max(all->time->last, last), surely};
  }
  all->in_doubt = !alike;
  if (!alike) all->answer.why = {{subject, field, date, Lacking::Missing}};  // it is the day that is missing
  all->answer = settled(without_order(all->answer, def(field).type));
  return *all;
}

}  // namespace assay::verifier
