// Givens to rows.
#include "engine/session/scenario_snapshot.h"

#include <map>

#include "evidence/core/check.h"

namespace assay {

namespace {

const Date kAlways = *Date::from_ymd(1, 1, 1);

class Givens {
 public:
  Givens(const Rulebook& rulebook, const Scenario& scenario)
      : book_(rulebook), scenario_(scenario), builder_(rulebook.schema, scenario.known_on.value_or(scenario.as_at)) {
    Batch batch;
    batch.file = "scenario";
    batch.layout = "scenario";
    batch.recorded_by = "scenario";
    batch_ = builder_.batch(batch);
  }

  Snapshot seal() && {
    for (const auto& subject : scenario_.subjects) add_subject(subject);
    for (const auto& row : scenario_.rows) add_row(row);
    return std::move(builder_).seal();
  }

 private:
  void add_subject(const Scenario::Subject& given) {
    const bool link = !given.link_from.empty();
    const SubjectId id = link ? builder_.link(given.kind, ids_.at(given.link_from), ids_.at(given.link_to))
                              : builder_.subject(given.kind, given.own_code());
    ids_[given.name] = id;
    Observation row = row_of(id, book_.schema.kind(given.kind).register_field);
    row.value = std::string(given.name);
    row.valid_from = given.from.value_or(kAlways);
    row.valid_to = given.to;
    row.recorded_on = row.valid_from;
    builder_.add(std::move(row));
  }

  // Dates of a given without any: what answers as at the scenario's date.
  void date(Observation& row, const FieldDef& field) const {
    row.valid_from = scenario_.as_at;
    if (field.occurrence != Occurrence::Series) return;
    const Step every = *field.every;
    Date end = step_end(scenario_.as_at, every);
    while (add(end, field.due_within.value_or(Duration{})) > scenario_.as_at) end = step_end_back(end, every, 1);
    row.valid_from = step_start(end, every);
    row.valid_to = end;
  }

  void add_row(const Scenario::Row& given) {
    const auto found = ids_.find(given.subject);
    CHECK(found != ids_.end());
    Observation row = row_of(found->second, given.field);
    const FieldDef& field = book_.schema.field(given.field);
    row.standing = given.standing;
    row.value = given.value;
    if (!given.source.empty())
      row.source = builder_.source(given.source);
    else if (!field.from.empty() && !field.from.front().empty())
      row.source = builder_.source(field.from.front().front());
    if (given.from) {
      row.valid_from = *given.from;
      row.valid_to = given.to;
      row.from_known_to = given.from_known_to;
      row.to_known_to = given.to_known_to;
      if (!given.to && field.occurrence == Occurrence::Series) row.valid_to = step_end(*given.from, *field.every);
    } else {
      date(row, field);
    }
    row.recorded_on = given.recorded_on.value_or(row.valid_from);
    builder_.add(std::move(row));
  }

  Observation row_of(SubjectId subject, FieldId field) {
    Observation row;
    row.subject = subject;
    row.field = field;
    row.source = builder_.source("scenario");
    row.batch = batch_;
    row.document = "scenario " + scenario_.title;
    return row;
  }

  const Rulebook& book_;
  const Scenario& scenario_;
  SnapshotBuilder builder_;
  BatchId batch_;
  std::map<std::string, SubjectId> ids_;
};

}  // namespace

Snapshot scenario_snapshot(const Rulebook& rulebook, const Scenario& scenario) {
  return Givens(rulebook, scenario).seal();
}

}  // namespace assay
