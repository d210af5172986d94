// Readings of series: the last day on which each is on time, and whose are not yet held.
#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "engine/calendar/parts.h"
#include "engine/survey/items.h"

namespace assay {

namespace {

// Series of one kind of body that are due on one day for one step stand together.
struct DueKey {
  Date due, step_end;
  std::uint32_t kind;
  friend auto operator<=>(const DueKey&, const DueKey&) = default;
};
struct DueGroup {
  std::vector<FieldId> fields;
  std::set<SubjectId> wanting;
  std::size_t of = 0;
};

bool is_held(const Snapshot& snapshot, FieldId field, SubjectId subject, Step step, Date step_ends) {
  return std::ranges::any_of(snapshot.rows(field, subject), [&](const Observation& row) {
    return !row.superseded && row.standing != Standing::Withdrawn && row.standing != Standing::Redacted &&
           row.valid_to && step_end(*row.valid_to, step) == step_ends;
  });
}

std::string in_words(Step step, Date ends) {
  return fmt::format("for the {} to {}", to_string(step), ends.to_long_string());
}

}  // namespace

void find_due(Evaluation& evaluation, const Concerned& concerned, Calendar& calendar) {
  const Rulebook& book = evaluation.rulebook();
  const Snapshot& snapshot = evaluation.snapshot();
  const CalendarQuestion& question = calendar.question;
  std::map<DueKey, DueGroup> groups;
  for (const FieldId field : evidence_in_force(book, evaluation.asked_on(question.from))) {
    const FieldDef& def = book.schema.field(field);
    if (!def.every || !def.due_within) continue;
    std::vector<SubjectId> bodies;
    for (const SubjectId subject : snapshot.of_kind(def.kind))
      if (concerned.is(subject) && in_being(snapshot, subject, question.from)) bodies.push_back(subject);
    if (bodies.empty()) continue;
    // From a step so early that it is surely no longer due.
    Date ends = step_end(add(question.from, {def.due_within->unit, -def.due_within->count}), *def.every);
    while (add(ends, *def.due_within) < question.from) ends = step_end(Date{ends.days + 1}, *def.every);
    for (; add(ends, *def.due_within) <= question.to; ends = step_end(Date{ends.days + 1}, *def.every)) {
      DueGroup& group = groups[{add(ends, *def.due_within), ends, def.kind.index}];
      group.fields.push_back(field);
      group.of = bodies.size();
      for (const SubjectId subject : bodies)
        if (!is_held(snapshot, field, subject, *def.every, ends)) group.wanting.insert(subject);
    }
  }
  for (const auto& [key, group] : groups) {
    const FieldDef& first = book.schema.field(group.fields.front());
    CalendarEntry entry{.kind = CalendarEntry::Kind::Due, .from = key.due, .to = key.due, .title = first.title};
    if (group.fields.size() > 1) entry.title += fmt::format(", and {} more", group.fields.size() - 1);
    for (const FieldId field : group.fields) entry.fields.push_back(book.schema.field(field).name);
    entry.subjects.assign(group.wanting.begin(), group.wanting.end());
    entry.of = group.of;
    entry.note = in_words(*first.every, key.step_end);
    calendar.entries.push_back(std::move(entry));
  }
}

}  // namespace assay
