// What complete rows vouch for: that no record of a field and subject is missing from a time (docs/language.md 5.3).
#include <algorithm>

#include "apps/verifier/derive/evidence.h"

namespace assay::verifier {

bool Evidence::complete(FieldId field, SubjectId subject, Date from, Date to) const {
  const auto fresh = def(field).fresh_for;
  const auto held = rows(field, subject);
  for (Date day = from; day <= to; ++day.days) {
    effort_.spend(1 + held.size());
    Date until{day.days - 1};
    for (const Observation* row : held) {
      if (row->standing != Standing::Complete || row->valid_from > day) continue;
      const Date end = row->valid_to.value_or(row->valid_from);
      until = std::max(until, fresh ? add(end, *fresh) : end);
    }
    if (until < day) return false;
    day = until;
  }
  return true;
}

bool Evidence::complete(FieldId field, SubjectId subject, Date to) const {
  std::optional<Date> from;
  for (const Observation* row : rows(field, subject))
    if (row->standing == Standing::Complete && (!from || row->valid_from < *from)) from = row->valid_from;
  return from && *from <= to && complete(field, subject, *from, to);
}

// That there is none rests on the record up to the last day that it is said to be complete for.
std::optional<RestsOn> Evidence::complete_to(FieldId field, SubjectId subject, Date date) const {
  Date last = kFirstDay;
  for (const Observation* row : rows(field, subject)) {
    if (row->standing != Standing::Complete || row->valid_from > date) continue;
    last = std::max(last, std::min(date, row->valid_to.value_or(row->valid_from)));
  }
  return RestsOn{last, last};
}

}  // namespace assay::verifier
