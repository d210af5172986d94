// Rows sorted by what they brought, and rules put back to an earlier date.
#include "engine/history/cause.h"

#include <algorithm>

#include "evidence/core/altered.h"

namespace assay {

std::string_view to_string(Cause cause) {
  constexpr std::string_view kNames[] = {"new_evidence", "correction", "time_passing", "changed_rule", "geography"};
  return kNames[static_cast<std::size_t>(cause)];
}

std::string_view in_words(Cause cause) {
  constexpr std::string_view kWords[] = {"new evidence", "correction", "time passing", "changed rule", "geography"};
  return kWords[static_cast<std::size_t>(cause)];
}

bool is_of_the_map(const Schema& schema, const Observation& row) {
  const KindDef& kind = schema.kind(schema.field(row.field).kind);
  return kind.relation || row.field == kind.register_field || row.field == kind.alias_field;
}

namespace {

// The first day as at which it can answer: of a reading, the day on which its step is due.
Date counts_from(const FieldDef& field, const Observation& row) {
  if (!field.every) return row.valid_from;
  const Date end = step_end(row.valid_to.value_or(row.valid_from), *field.every);
  return add(end, field.due_within.value_or(Duration{}));
}

// Ended since: it held at the earlier date and no longer does at the later.
bool ended_since(const Observation& row, const Between& between) {
  return row.valid_to && between.was_as_at <= *row.valid_to && *row.valid_to < between.as_at;
}

}  // namespace

std::optional<Cause> cause_of(const Schema& schema, const Observation& row, const Between& between) {
  const Date from = counts_from(schema.field(row.field), row);
  const bool recorded_since = between.was_known_on < row.recorded_on;
  if (between.as_at < from || (!recorded_since && from <= between.was_as_at)) return std::nullopt;
  if (recorded_since && row.supersedes > 0) return Cause::Correction;
  return is_of_the_map(schema, row) ? Cause::Geography : Cause::NewEvidence;
}

namespace {

// What the last reading said that counted at the earlier question, from the same source; nullptr where none did.
const Observation* said_before(const Snapshot& now, const Observation& row, const Between& between) {
  const FieldDef& field = now.schema().field(row.field);
  const Observation* found = nullptr;
  if (!field.every) return found;
  for (const Observation& other : now.rows(row.field, row.subject))
    if (!other.superseded && other.source == row.source && other.recorded_on <= between.was_known_on &&
        counts_from(field, other) <= between.was_as_at)
      found = &other;
  return found;
}

}  // namespace

Snapshot without(const Snapshot& now, const Between& between, const std::set<Cause>& undone) {
  Alteration alteration;
  alteration.keep = [&](Observation& row) {
    const auto cause = cause_of(now.schema(), row, between);
    if (cause && undone.contains(*cause)) {
      const Observation* before = *cause == Cause::NewEvidence ? said_before(now, row, between) : nullptr;
      if (!before) return false;
      row.standing = before->standing;
      row.value = before->value;
    }
    if (!cause && undone.contains(Cause::Geography) && is_of_the_map(now.schema(), row) && ended_since(row, between))
      row.valid_to.reset();
    return true;
  };
  return altered(now, alteration);
}

namespace {

bool put_back(Ruleset& edition, const Between& between) {
  if (edition.upcoming) return false;
  const bool began = between.was_as_at < edition.in_force_from && edition.in_force_from <= between.as_at;
  const bool appeared = between.was_known_on < edition.published && edition.published <= between.known_on;
  if (began || appeared) return edition.upcoming = true;
  const auto& to = edition.in_force_to;
  if (!to || *to < between.was_as_at || between.as_at <= *to) return false;
  edition.in_force_to.reset();
  return true;
}

bool put_back(Parameter& parameter, const Between& between) {
  const auto began = std::erase_if(parameter.values, [&](const Parameter::Dated& value) {
    return between.was_as_at < value.from && value.from <= between.as_at;
  });
  bool changed = began > 0;
  for (Parameter::Dated& value : parameter.values) {
    if (!value.to || *value.to < between.was_as_at || between.as_at <= *value.to) continue;
    value.to.reset();
    changed = true;
  }
  return changed;
}

}  // namespace

std::optional<Rulebook> rules_of_then(const Rulebook& rulebook, const Between& between) {
  Rulebook then = rulebook;
  bool changed = false;
  for (Ruleset& edition : then.rulesets) changed = put_back(edition, between) || changed;
  for (Parameter& parameter : then.parameters) changed = put_back(parameter, between) || changed;
  return changed ? std::optional(std::move(then)) : std::nullopt;
}

}  // namespace assay
