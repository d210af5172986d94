// Evidence that its owner has not released to those who judge by it, or that is too early to judge by (docs/language.md
// 8.5, 5.10).
#include <algorithm>

#include "apps/verifier/derive/derivation.h"
#include "evidence/core/text.h"

namespace assay::verifier {

// A judgement asks for its own ruleset; what it reads, for the same; any other rule for nobody.
std::uint32_t Derivation::judge_of(RuleId id, const Moment& moment) const {
  const Rule& rule = book_.rule(id);
  const bool judges = std::holds_alternative<RatingRule>(rule.body) || std::holds_alternative<FlagRule>(rule.body) ||
                      std::holds_alternative<InteractionRule>(rule.body) ||
                      std::holds_alternative<EnterRule>(rule.body) || std::holds_alternative<ExitRule>(rule.body) ||
                      std::holds_alternative<UnsupportedRule>(rule.body);
  return judges ? rule.ruleset.index + 1 : moment.judge;
}

std::optional<RulesetId> Derivation::asks_for(FieldId field, const Moment& moment, RuleId reader) const {
  if (moment.judge != 0) return RulesetId{moment.judge - 1};
  // Through whatever definitions: one in another body's ruleset among them is enough.
  const Ruleset& declares = book_.ruleset(book_.evidence[field.index].ruleset);
  for (std::uint32_t i = 0; i < book_.rulesets.size(); ++i) {
    const bool among = i == book_.rule(reader).ruleset.index || (moment.readers >> (i % 64) & 1) != 0;
    const Ruleset& reads = book_.rulesets[i];
    if (among && declares.name != reads.name && declares.owner != reads.owner) return RulesetId{i};
  }
  return std::nullopt;
}

// Is there anything that would answer?
bool Derivation::is_held(FieldId field, SubjectId subject, const Moment& moment) const {
  const auto rows = evidence_.rows(field, subject);
  return std::any_of(rows.begin(), rows.end(), [&](const Observation* row) {
    return row->standing == Standing::Held && row->valid_from <= moment.date();
  });
}

bool Derivation::is_released(FieldId field, SubjectId subject, const Moment& moment, RulesetId by, bool judges) const {
  const auto release = book_.evidence[field.index].release;
  const Ruleset& judge = book_.ruleset(by);
  const Date date = moment.present();
  for (const Observation* row : evidence_.rows(*release, subject)) {
    if (row->standing != Standing::Held || row->valid_from > date || (row->valid_to && *row->valid_to < date)) continue;
    const std::string& to = std::get<std::string>(row->value);
    const auto is = [&](std::string_view whom) { return fold_case(trim(to)) == fold_case(trim(whom)); };
    if (is(kReleasedToAnyone) || (judges && (is(judge.owner) || is(judge.name)))) return true;
  }
  return false;
}

std::optional<Answer> Derivation::held_back(FieldId field, SubjectId subject, const Moment& moment, RuleId reader) {
  const EvidenceNote& of = book_.evidence[field.index];
  const Date date = moment.date();
  const auto judge = of.release ? asks_for(field, moment, reader) : std::nullopt;
  if (judge && !is_released(field, subject, moment, *judge, true)) {
    if (is_held(field, subject, moment)) {
      asked_.insert({subject, *of.release});
      return evidence_.lacking(field, subject, date, Lacking::Missing);  // and nothing more is said of it
    }
  }
  if (!of.not_before) return std::nullopt;
  const EvidenceNote::Horizon& horizon = *of.not_before;
  std::optional<Date> from = horizon.date;
  if (horizon.event) {
    Moment present = moment;
    present = Moment{.as_at = moment.present(), .judge = moment.judge};
    const bool event = evidence_.def(*horizon.event).type.kind == TypeKind::Event;
    const Reading reading = event ? evidence_.latest_event(*horizon.event, subject, present)
                                  : evidence_.value(*horizon.event, subject, present);
    asked_.insert({subject, *horizon.event});
    if (reading.answer.not_applicable()) return std::nullopt;
    if (!reading.answer.known()) {
      Answer answer = evidence_.lacking(field, subject, date, Lacking::Missing);
      // And for its own, where it is not held either: both are wanted.
      const Reading own = evidence_.value(field, subject, moment);
      answer.why = reading.answer.why;
      if (own.answer.unknown()) add(answer.why, own.answer.why);
      mark_evidence(answer, field, subject, moment, reader);
      return answer;
    }
    from = add(std::get<Date>(*reading.answer.low), horizon.after);
  }
  if (!from || moment.present() >= *from) return std::nullopt;
  Answer answer = evidence_.lacking(field, subject, date, Lacking::Missing);
  const Reading own = evidence_.value(field, subject, moment);
  if (own.answer.unknown()) add(answer.why, own.answer.why);
  mark_evidence(answer, field, subject, moment, reader);
  return answer;
}

Answer Derivation::field(FieldId id, SubjectId subject, const Moment& moment, RuleId reader) {
  Moment when = moment;
  // Where a release matters, kept for each reader.
  if (book_.evidence[id.index].release && when.judge == 0) when.judge = reader.index + 1'000'000;
  const Key key{id.index, subject.index, when, false};
  if (noted_ == nullptr) {
    if (const auto kept = fields_.find(key); kept != fields_.end()) return kept->second;
  }
  asked_.insert({subject, id});
  Answer made;
  if (auto held = held_back(id, subject, moment, reader)) {
    made = *held;
  } else if (evidence_.def(id).type.kind == TypeKind::Event) {
    const Reading reading = evidence_.latest_event(id, subject, moment);
    note(id, subject, reading);
    made = reading.answer;
    mark_evidence(made, id, subject, moment, reader);
  } else {
    const Reading reading = evidence_.value(id, subject, moment);
    note(id, subject, reading);
    made = reading.answer;
    mark_evidence(made, id, subject, moment, reader);
  }
  effort_.spend(kStepsAnAnswer / 2 + kStepsAReason * length_of(made));
  fields_[key] = made;
  return made;
}

void Derivation::note(FieldId field, SubjectId subject, const Reading& reading) {
  if (noted_ != nullptr && reading.time) noted_->push_back({subject, field, *reading.time});
}

}  // namespace assay::verifier
