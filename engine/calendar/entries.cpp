// What somebody recorded: dates, stages and waivers that end, evidence that goes stale, periods.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "engine/calendar/parts.h"
#include "engine/explain/words.h"
#include "engine/survey/items.h"

namespace assay {

namespace {

class EntryFinder {
 public:
  EntryFinder(Evaluation& evaluation, const Concerned& concerned, Calendar& calendar)
      : evaluation_(evaluation),
        snapshot_(evaluation.snapshot()),
        concerned_(concerned),
        calendar_(calendar),
        from_(calendar.question.from),
        to_(calendar.question.to) {}

  void dates(FieldId field) {
    each_body(field, [&](SubjectId subject) {
      const Reading reading = evaluation_.read(field, subject, {from_});
      for (const RowPart& row : reading.rows) {
        if (row.part != Part::Answers && row.part != Part::Imprecise) continue;
        if (const auto* known = std::get_if<Date>(&row.row->value)) add_date(field, subject, *known, *row.row);
        if (const auto* known = std::get_if<ImpreciseDate>(&row.row->value)) add_date(field, subject, *known, *row.row);
      }
      if (reading.cell.known() || reading.cell.why.empty()) return;
      const Reason& why = reading.cell.why.front();
      const bool imprecise =
          std::ranges::any_of(reading.rows, [](const RowPart& row) { return row.part == Part::Imprecise; });
      if (why.kind == ReasonKind::Missing || imprecise) return;
      calendar_.not_known.push_back(fmt::format("{} of {}: {}, {}", title(field), name_on(snapshot_, subject, from_),
                                                to_string(why.kind), why.detail));
    });
  }

  void stages(FieldId field) {
    each_body(field, [&](SubjectId subject) {
      for (const RowPart& row : evaluation_.read(field, subject, {from_}).rows) {
        if (row.part != Part::Answers || !row.row->valid_to || !within(*row.row->valid_to)) continue;
        const auto* label = std::get_if<Label>(&row.row->value);
        if (label == nullptr) continue;
        const FieldDef& def = snapshot_.schema().field(field);
        add({.kind = CalendarEntry::Kind::Ends,
             .from = *row.row->valid_to,
             .to = *row.row->valid_to,
             .title = fmt::format("{}: {} ends", def.title, def.type.labels[label->index].title),
             .fields = {def.name},
             .subjects = {subject},
             .document = row.row->document});
      }
    });
  }

  void waivers(FieldId field) {
    each_body(field, [&](SubjectId subject) {
      for (const Observation& row : snapshot_.rows(field, subject)) {
        if (row.superseded || row.standing != Standing::Held || !row.valid_to || !within(*row.valid_to)) continue;
        add({.kind = CalendarEntry::Kind::Ends,
             .from = *row.valid_to,
             .to = *row.valid_to,
             .title = title(field) + " ends",
             .fields = {name(field)},
             .subjects = {subject},
             .note =
                 fmt::format("waived by {}: {}", snapshot_.source_name(row.source), std::get<std::string>(row.value)),
             .document = row.document});
      }
    });
  }

  // Bodies whose evidence goes stale on one day stand together.
  void freshness(FieldId field) {
    const FieldDef& def = snapshot_.schema().field(field);
    if (!def.fresh_for || def.occurrence != Occurrence::State) return;
    std::map<Date, std::vector<SubjectId>> last_days;
    each_body(field, [&](SubjectId subject) {
      for (const RowPart& row : evaluation_.read(field, subject, {from_}).rows) {
        if (row.part != Part::Answers || !row.row->exact()) continue;
        const Date last = add_duration(row.row->valid_from, *def.fresh_for);
        if (within(last)) last_days[last].push_back(subject);
      }
    });
    for (auto& [last, subjects] : last_days)
      add({.kind = CalendarEntry::Kind::Stale,
           .from = last,
           .to = last,
           .title = def.title,
           .fields = {def.name},
           .subjects = std::move(subjects),
           .note = "fresh for " + def.fresh_for->to_string()});
  }

  // Yes from one day to another, as somebody entered it: it may begin after the day from which the calendar is asked.
  void periods(FieldId field) {
    if (snapshot_.schema().field(field).occurrence != Occurrence::State) return;
    each_body(field, [&](SubjectId subject) {
      for (const Observation& row : snapshot_.rows(field, subject)) {
        const auto* yes = std::get_if<bool>(&row.value);
        if (row.superseded || row.standing != Standing::Held || !row.valid_to || yes == nullptr || !*yes) continue;
        if (row.valid_from > to_ || *row.valid_to < from_) continue;
        add({.kind = CalendarEntry::Kind::Period,
             .from = row.valid_from,
             .to = *row.valid_to,
             .exact = row.exact(),
             .title = title(field),
             .fields = {name(field)},
             .subjects = {subject},
             .note = row.note,
             .document = row.document});
      }
    });
  }

 private:
  static Date add_duration(Date date, Duration duration) { return assay::add(date, duration); }
  bool within(Date date) const { return from_ <= date && date <= to_; }
  const std::string& name(FieldId field) const { return snapshot_.schema().field(field).name; }
  const std::string& title(FieldId field) const { return snapshot_.schema().field(field).title; }

  template <class Do>
  void each_body(FieldId field, Do&& act) {
    for (const SubjectId subject : snapshot_.of_kind(snapshot_.schema().field(field).kind))
      if (concerned_.is(subject) && in_being(snapshot_, subject, from_)) act(subject);
  }
  void add_date(FieldId field, SubjectId subject, const ImpreciseDate& date, const Observation& row) {
    if (date.last() < from_ || date.first > to_) return;
    add({.kind = CalendarEntry::Kind::Dated,
         .from = date.first,
         .to = date.last(),
         .exact = date.exact(),
         .title = title(field),
         .fields = {name(field)},
         .subjects = {subject},
         .note = row.note,
         .document = row.document});
  }
  void add(CalendarEntry entry) { calendar_.entries.push_back(std::move(entry)); }

  Evaluation& evaluation_;
  const Snapshot& snapshot_;
  const Concerned& concerned_;
  Calendar& calendar_;
  Date from_, to_;
};

}  // namespace

void find_entries(Evaluation& evaluation, const Concerned& concerned, Calendar& calendar) {
  EntryFinder finder(evaluation, concerned, calendar);
  const Rulebook& book = evaluation.rulebook();
  for (const FieldId field : evidence_in_force(book, evaluation.asked_on(calendar.question.from))) {
    const TypeKind type = book.schema.field(field).type.kind;
    if (type == TypeKind::Date) finder.dates(field);
    if (type == TypeKind::YesNo) finder.periods(field);
    finder.freshness(field);
  }
  const auto& fields = book.schema.fields();
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    if (fields[i].is_stage) finder.stages({i});
    if (fields[i].role == FieldRole::Waiver) finder.waivers({i});
  }
}

}  // namespace assay
