// Series: the reading of the last step already due (docs/language.md 5.2), and so many steps before it (5.5); what is
// read across a break (5.8).
#include <algorithm>

#include "apps/verifier/derive/evidence.h"

namespace assay::verifier {
namespace {

int months_of(Step step) {
  switch (step) {
    case Step::Day:
    case Step::Week:
      return 0;
    case Step::Month:
      return 1;
    case Step::Quarter:
      return 3;
    case Step::Year:
    case Step::FinancialYear:
      return 12;
  }
  return 0;
}

// A look back in days over a series of months, or the other way about, goes by the date.
bool by_date(Step step, const Moment& moment) {
  return months_of(step) > 0 ? moment.days_back != 0 : moment.months_back != 0;
}

int steps_back(Step step, const Moment& moment) {
  if (step == Step::Day) return moment.days_back;
  if (step == Step::Week) return moment.days_back / 7;
  return moment.months_back / months_of(step);
}

}  // namespace

Date Evidence::due_on(const FieldDef& def, Date step_end) const {
  return def.due_within ? add(step_end, *def.due_within) : step_end;
}

Date Evidence::last_step_due(const FieldDef& def, Date date) const {
  Date end = step_end(date, *def.every);
  while (end > step_end(kFirstDay, *def.every) && due_on(def, end) > date) {
    effort_.spend(10);
    end = step_end_back(end, *def.every, 1);
  }
  return end;
}

Reading Evidence::series(FieldId field, SubjectId subject, const Moment& moment) const {
  const FieldDef& of = def(field);
  const Date end = by_date(*of.every, moment)
                       ? last_step_due(of, moment.date())
                       : step_end_back(last_step_due(of, moment.as_at), *of.every, steps_back(*of.every, moment));
  std::vector<DatedRow> of_step;
  for (const Observation* row : rows(field, subject)) {
    if (row->standing == Standing::Complete || row->standing == Standing::MindedTo) continue;
    if (step_end(row->valid_to.value_or(row->valid_from), *of.every) == end)
      of_step.push_back({row, row->valid_to.value_or(row->valid_from), row->valid_to});  // the last of several
  }
  Reading reading = chosen(of_step, field, subject, moment.date(), [&](const DatedRow& row) -> std::optional<Lacking> {
    switch (row.row->standing) {
      case Standing::Held:
      case Standing::NotApplicable:
        return std::nullopt;
      case Standing::Withdrawn:
      case Standing::Redacted:
        return Lacking::Withdrawn;
      default:
        return Lacking::Missing;
    }
  });
  reading.stands_at = end;
  if (!reading.rows.empty()) reading.time = {end, end};
  return reading;
}

Reading Evidence::value(FieldId field, SubjectId subject, const Moment& moment) const {
  const FieldDef& of = def(field);
  const auto read = [&](const Moment& at) {
    return of.occurrence == Occurrence::Series ? series(field, subject, at) : state(field, subject, at);
  };
  Reading reading = read(moment);
  if (!moment.looks_back() || of.breaks.empty() || !reading.stands_at) return reading;
  Moment present;
  present.as_at = moment.present();
  const Reading at_present = read(present);
  if (!at_present.stands_at) return reading;
  const Date now = at_present.stands_until.value_or(*at_present.stands_at);
  const bool across = std::any_of(of.breaks.begin(), of.breaks.end(), [&](const SeriesBreak& at) {
    return *reading.stands_at < at.from && at.from <= now;
  });
  if (!across) return reading;
  reading.answer = lacking(field, subject, moment.date(), Lacking::Missing);
  reading.rows.clear();
  reading.time.reset();
  return reading;
}

}  // namespace assay::verifier
