// What stands between evidence and those who judge by it: the release of its owner, and the day before which it is too
// early (docs/language.md 4.1, 5.10, 8.5).
#include <algorithm>

#include "engine/eval/evaluation.h"
#include "engine/eval/question.h"
#include "engine/plan/plan.h"
#include "evidence/core/text.h"

namespace assay {

namespace {

// An audience is a ruleset, and whether it asks in order to judge.
std::uint32_t audience(RulesetId ruleset, bool judges) { return (ruleset.index + 1) * 2 + (judges ? 1 : 0); }
RulesetId ruleset_of(std::uint32_t audience) { return {audience / 2 - 1}; }
bool judges(std::uint32_t audience) { return audience % 2 == 1; }

// What finds something of a body: a rating, a flag, criteria of a regime, an interaction.
bool is_judgement(const Rule& rule) {
  return std::holds_alternative<RatingRule>(rule.body) || std::holds_alternative<FlagRule>(rule.body) ||
         std::holds_alternative<InteractionRule>(rule.body) || std::holds_alternative<EnterRule>(rule.body) ||
         std::holds_alternative<ExitRule>(rule.body) || std::holds_alternative<UnsupportedRule>(rule.body);
}

bool of_one_body(const Ruleset& a, const Ruleset& b) {
  return a.name == b.name || (!a.owner.empty() && a.owner == b.owner);
}

bool names_them(const std::string& to, const Ruleset& them) {
  const auto key = [](std::string_view name) { return fold_case(trim(name)); };
  const std::string said = key(to);
  return said == kReleasedToAnyone || said == key(them.owner) || said == key(them.name);
}

// In force on the date, and not replaced since.
bool stands(const Observation& row, Date date) {
  return !row.superseded && row.standing == Standing::Held && row.valid_from <= date &&
         (!row.valid_to || date <= *row.valid_to);
}

// The date on which the question is put, wherever it looks back to.
Date day_asked(const Moment& moment) { return moment.looked_from.value_or(moment.as_at); }

}  // namespace

std::uint32_t Evaluation::audience_of(RuleId id) const {
  if (!any_waits_for_release_) return 0;
  audiences_.resize(rulebook_.rules.size());
  std::optional<std::uint32_t>& kept = audiences_[id.index];
  if (kept) return *kept;
  const Rule& rule = rulebook_.rule(id);
  bool candid = false, of_others = false;
  for (const FieldId field : fields_read(rulebook_, id)) {
    const EvidenceNote& note = rulebook_.evidence[field.index];
    if (!note.release) continue;
    candid = true;
    of_others = of_others || !of_one_body(rulebook_.ruleset(note.ruleset), rulebook_.ruleset(rule.ruleset));
  }
  kept = candid && is_judgement(rule) ? audience(rule.ruleset, true) : of_others ? audience(rule.ruleset, false) : 0;
  return *kept;
}

bool Evaluation::is_released(FieldId field, SubjectId subject, const Moment& moment) const {
  const EvidenceNote& note = rulebook_.evidence[field.index];
  const auto rows = snapshot_.rows(*note.release, subject);
  return std::any_of(rows.begin(), rows.end(), [&](const Observation& row) {
    if (!stands(row, day_asked(moment))) return false;
    const std::string& to = std::get<std::string>(row.value);
    if (moment.audience == 0) return fold_case(trim(to)) == kReleasedToAnyone;
    return names_them(to, rulebook_.ruleset(ruleset_of(moment.audience)));
  });
}

// No row is shown of what is withheld: only that something is held.
std::optional<Reading> Evaluation::withheld_from(FieldId field, SubjectId subject, const Moment& moment) const {
  const EvidenceNote& note = rulebook_.evidence[field.index];
  if (!note.release || moment.audience == 0) return std::nullopt;
  const Ruleset& them = rulebook_.ruleset(ruleset_of(moment.audience));
  if (!judges(moment.audience) && of_one_body(rulebook_.ruleset(note.ruleset), them)) return std::nullopt;
  if (is_released(field, subject, moment)) return std::nullopt;
  const auto rows = snapshot_.rows(field, subject);
  const bool held = std::any_of(rows.begin(), rows.end(), [&](const Observation& row) {
    return !row.superseded && row.standing == Standing::Held && row.valid_from <= moment.date() &&
           rank_of(snapshot_.schema().field(field), snapshot_.source_name(row.source)) != kNoRank;
  });
  if (!held) return std::nullopt;
  const FieldDef& def = snapshot_.schema().field(field);
  Reading reading;
  reading.cell = unknown_of(def.type, {subject, field, moment.date(), ReasonKind::Missing, std::string(kNotReleased)});
  reading.cell.may_not_apply = reading.cell.unknown() && def.may_not_apply;
  return reading;
}

void Evaluation::hold_back_until_due(Reading& reading, FieldId field, SubjectId subject, const Moment& moment) const {
  const auto& horizon = rulebook_.evidence[field.index].not_before;
  if (!horizon) return;
  const FieldDef& def = snapshot_.schema().field(field);
  const Date today = day_asked(moment);
  std::optional<Date> due = horizon->date;
  Reasons open;
  if (horizon->event) {
    const bool event = snapshot_.schema().field(*horizon->event).occurrence == Occurrence::Event;
    const Cell began = event ? read_latest_event(snapshot_, *horizon->event, subject, {today}).cell
                             : read_evidence(snapshot_, *horizon->event, subject, {today}).cell;
    if (began.known()) due = add(std::get<Date>(began.value()), horizon->after);
    if (began.unknown()) open = began.why;
  }
  if (due && today < *due)
    open = {{subject, field, moment.date(), ReasonKind::Missing,
             fmt::format("too early to judge until {}", due->to_long_string())}};
  if (open.empty()) return;
  // What is not held either is wanted as well: both settle it.
  if (reading.cell.unknown()) merge(open, reading.cell.why);
  reading.cell = unknown_of(def.type, open.front());
  reading.cell.why = std::move(open);
  reading.cell.may_not_apply = reading.cell.unknown() && def.may_not_apply;
  for (RowPart& part : reading.rows)
    if (speaks(part.part)) part.part = Part::Hole;
  reading.time.reset();
}

void Evaluation::mark_evidence(Cell& cell, FieldId field, SubjectId subject, const Moment& moment) const {
  const EvidenceNote& note = rulebook_.evidence[field.index];
  if (!note.judgement_of.empty()) merge(cell.marks, {{MarkKind::Judgement, note.judgement_of}});
  const std::string& title = snapshot_.schema().field(field).title;
  if (!note.proxy_for.empty())
    merge(cell.marks, {{MarkKind::Proxy, fmt::format("{} stands in for {}", title, note.proxy_for)}});
  if (note.release && moment.audience == 0 && cell.known() && !is_released(field, subject, moment))
    merge(cell.marks, {{MarkKind::NotReleased, title}});
}

Reading Evaluation::within(FieldId field, SubjectId subject, const Moment& moment, Duration length) {
  if (auto withheld = withheld_from(field, subject, moment)) {
    withheld->cell = Cell::of(Truth::Unknown, std::move(withheld->cell.why));
    return *std::move(withheld);
  }
  Reading reading = read_within(snapshot_, field, subject, moment, length);
  mark_evidence(reading.cell, field, subject, moment);
  note_reading(reading);
  return reading;
}

Reading Evaluation::latest_event(FieldId field, SubjectId subject, const Moment& moment) {
  if (auto withheld = withheld_from(field, subject, moment)) {
    withheld->cell = Cell::unknown_between(std::nullopt, Value(moment.date()), std::move(withheld->cell.why));
    return *std::move(withheld);
  }
  Reading reading = read_latest_event(snapshot_, field, subject, moment);
  mark_evidence(reading.cell, field, subject, moment);
  note_reading(reading);
  return reading;
}

// ---- Waivers

std::optional<Waiver> Evaluation::waiver(RuleId id, SubjectId subject, const Moment& moment) const {
  const auto* flag = std::get_if<FlagRule>(&rulebook_.rule(id).body);
  if (!flag) return std::nullopt;
  std::optional<Waiver> found;
  for (const Observation& row : snapshot_.rows(flag->waiver, subject)) {
    if (!stands(row, moment.date()) || !row.valid_to) continue;
    found =
        Waiver{std::string(snapshot_.source_name(row.source)), std::get<std::string>(row.value), *row.valid_to, &row};
  }
  return found;
}

Mark Evaluation::waived_mark(const Waiver& waiver, RuleId flag, const Moment& moment) const {
  return {MarkKind::Waived,
          fmt::format("\"{}\" of {}, {}: {}", rulebook_.rule(flag).title,
                      name_on(snapshot_, waiver.row->subject, moment.date()), in_words(waiver), waiver.because)};
}

std::string in_words(const Waiver& waiver) {
  return fmt::format("waived until {} by {}", waiver.until.to_long_string(), waiver.by);
}

}  // namespace assay
