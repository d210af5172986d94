// Rows left out and rows added, by whether the evidence is a state, a series or an event.
#include "engine/whatif/stated.h"

#include <algorithm>

#include "evidence/core/altered.h"

namespace assay {

namespace {

constexpr std::int32_t kCenturyDays = 36525;

// The end of the last step that is due on the date.
Date last_due(const FieldDef& field, Date as_at) {
  Date end = step_end(as_at, *field.every);
  while (as_at < add(end, field.due_within.value_or(Duration{}))) end = step_end_back(end, *field.every, 1);
  return end;
}

// Does a row give way to what is stated?
bool gives_way(const FieldDef& field, const Observation& row, const Stated& stated, Date from) {
  if (field.every) {
    const Date end = step_end(from, *field.every);
    return !stated.value ? row.valid_from <= end : step_end(row.valid_to.value_or(row.valid_from), *field.every) == end;
  }
  if (field.occurrence == Occurrence::Event)
    return !stated.value || (std::holds_alternative<bool>(*stated.value) && !std::get<bool>(*stated.value));
  return !stated.value || from <= row.valid_from;
}

AddedRow row_of(const FieldDef& field, const Stated& stated, Date from, Date known_on) {
  AddedRow out;
  out.row.field = stated.field;
  out.row.subject = stated.subject;
  out.row.value = *stated.value;
  out.row.valid_from = from;
  if (field.every) {
    out.row.valid_from = step_start(from, *field.every);
    out.row.valid_to = step_end(from, *field.every);
  }
  const bool never = field.occurrence == Occurrence::Event && std::holds_alternative<bool>(*stated.value) &&
                     !std::get<bool>(*stated.value);
  if (never) {
    out.row.standing = Standing::Complete;
    out.row.valid_from = Date{from.days - kCenturyDays};
    out.row.valid_to = from;
  }
  out.row.recorded_on = known_on;
  const bool any = field.from.empty() || field.from.front().empty();
  out.source = any ? "stated" : field.from.front().front();
  return out;
}

AddedRow release_of(FieldId release, const Stated& stated, Date from, Date known_on) {
  AddedRow out;
  out.row.field = release;
  out.row.subject = stated.subject;
  out.row.value = std::string(kReleasedToAnyone);
  out.row.valid_from = from;
  out.row.recorded_on = known_on;
  out.source = "stated";
  return out;
}

}  // namespace

Date stated_from(const Snapshot& snapshot, const Stated& stated, Date as_at) {
  if (stated.from) return *stated.from;
  const FieldDef& field = snapshot.schema().field(stated.field);
  if (field.every) return last_due(field, as_at);
  if (field.occurrence == Occurrence::Event) return as_at;
  Date from = as_at;
  for (const Observation& row : snapshot.rows(stated.field, stated.subject))
    if (!row.superseded && row.valid_from <= as_at) from = row.valid_from;
  // What stands from the earliest times on would be stale: the statement is of now.
  return field.fresh_for && add(from, *field.fresh_for) < as_at ? as_at : from;
}

Snapshot with_stated(const Rulebook& rulebook, const Snapshot& snapshot, const std::vector<Stated>& stated,
                     Date as_at) {
  const Schema& schema = snapshot.schema();
  Alteration alteration;
  std::vector<Date> from;
  for (const Stated& one : stated) {
    from.push_back(stated_from(snapshot, one, as_at));
    if (!one.value) continue;
    alteration.added.push_back(row_of(schema.field(one.field), one, from.back(), snapshot.known_on()));
    if (const auto& release = rulebook.evidence[one.field.index].release)
      alteration.added.push_back(
          release_of(*release, one, alteration.added.back().row.valid_from, snapshot.known_on()));
  }
  alteration.keep = [&](Observation& row) {
    for (std::size_t i = 0; i < stated.size(); ++i)
      if (row.field == stated[i].field && row.subject == stated[i].subject &&
          gives_way(schema.field(row.field), row, stated[i], from[i]))
        return false;
    return true;
  };
  return altered(snapshot, alteration);
}

}  // namespace assay
