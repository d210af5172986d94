// Definitions with exceptions, ratings, flags and interactions (docs/language.md 6, 8), and which edition answers
// (5.9).
#include <algorithm>

#include "apps/verifier/derive/derivation.h"
#include "apps/verifier/derive/logic.h"
#include "apps/verifier/derive/overloaded.h"

namespace assay::verifier {

Derivation::Derivation(const Rulebook& rulebook, const Snapshot& snapshot, Date known_on, Given given, bool drafts)
    : book_(rulebook), evidence_(snapshot, known_on, effort_), given_(std::move(given)), drafts_(drafts) {
  for (const EvidenceNote& note : book_.evidence) evidence_waits_ = evidence_waits_ || note.release;
}

// Each edition is held against each other.
void Derivation::spend_on_editions(RulesetId ruleset) const {
  const std::uint64_t editions = book_.ruleset(ruleset).editions.size();
  effort_.spend(10 + editions * editions);
}

RuleId Derivation::on(RuleId rule, Date as_at) const {
  return book_.rule_on(rule, {as_at, evidence_.known_on(), drafts_}).value_or(rule);
}

bool Derivation::in_force(RuleId id, Date date) const {
  const Rule& rule = book_.rule(id);
  spend_on_editions(rule.ruleset);
  const EditionAsked asked{date, evidence_.known_on(), drafts_};
  if (!book_.in_force(rule.ruleset, asked)) return false;
  return !rule.local_of || in_force(*rule.local_of, date);
}

// 9.4: of a body that it is not for, an overlay's rule does not apply.
bool Derivation::is_for(RuleId id, SubjectId subject) const {
  const auto& overlay = book_.ruleset(book_.rule(id).ruleset).overlay;
  if (!overlay) return true;
  const Subject& body = evidence_.snapshot().subject(subject);
  effort_.spend(overlay->bodies.size());
  return body.kind == overlay->kind && std::any_of(overlay->bodies.begin(), overlay->bodies.end(),
                                                   [&](const Overlay::Body& each) { return each.code == body.code; });
}

Place Derivation::place_of(RuleId rule, SubjectId subject, const Moment& moment, bool pinned) const {
  Place place{.rule = rule, .moment = moment, .slots = {subject}, .above = nullptr, .pinned = pinned};
  place.moment.judge = judge_of(rule, moment);
  if (evidence_waits_) place.moment.readers |= std::uint64_t{1} << (book_.rule(rule).ruleset.index % 64);
  if (std::holds_alternative<InteractionRule>(book_.rule(rule).body)) {
    const Subject& link = evidence_.snapshot().subject(subject);
    place.slots.push_back(*link.from);
    place.slots.push_back(*link.to);
  }
  return place;
}

Answer Derivation::no_edition(RuleId id, SubjectId subject, const Moment& moment) const {
  const FieldId registered = evidence_.schema().kind(evidence_.snapshot().subject(subject).kind).register_field;
  const Reason why{subject, registered, moment.date(), Lacking::Missing};
  return is_trigger(book_.rule(id)) ? condition({.no = true, .yes = true}, {why}, {}) : unknown_between({}, {}, {why});
}

Answer Derivation::rule(RuleId id, SubjectId subject, const Moment& moment, bool pinned) {
  const Key key{id.index, subject.index, moment, pinned};
  if (noted_ == nullptr) {
    if (const auto kept = rules_.find(key); kept != rules_.end()) return kept->second;
  }
  Answer made = derive(id, subject, moment, pinned);
  effort_.spend(kStepsAnAnswer + kStepsAReason * length_of(made));
  rules_[key] = made;
  return made;
}

Answer Derivation::derive(RuleId id, SubjectId subject, const Moment& moment, bool pinned) {
  const Rule& rule = book_.rule(id);
  if (!pinned && !in_force(id, moment.date())) return no_edition(id, subject, moment);
  if (!is_for(id, subject)) return does_not_apply();
  const Place place = place_of(id, subject, moment, pinned);
  Answer made = std::visit(
      Overloaded{
          [&](const DefineRule& body) { return within_type(define(body, place), book_.type(rule.type), place); },
          [&](const RatingRule& body) { return rating(body, place); },
          [&](const TableRule& body) { return within_type(table(body, place), book_.type(rule.type), place); },
          [&](const FlagRule& body) { return flag(id, body, place); },
          [&](const InteractionRule& body) { return body.when ? expr(*body.when, place) : known(true); },
          [&](const StageRule& body) { return stage(body, subject, place.moment); },
          [&](const EnterRule& body) { return enter(body, place); },
          [&](const ExitRule& body) { return exit(body, place); },
          [&](const UnsupportedRule& body) { return unsupported(body, place); },
      },
      rule.body);
  if (made.not_applicable() && !is_trigger(rule)) made.why.clear();
  mark(made, rule.grounds, place.moment);
  if (rule.local_of) mark(made, book_.rule(*rule.local_of).grounds, place.moment);  // whose text it shares
  if (book_.ruleset(rule.ruleset).draft) add(made.marks, {{MarkOf::Draft, book_.ruleset(rule.ruleset).edition}});
  return made;
}

// 3.7: a result outside its declared range is a fault.
Answer Derivation::within_type(Answer answer, const ValueType& type, const Place& place) {
  if (!answer.may_apply || !is_numeric(type.kind)) return without_order(std::move(answer), type);
  const auto outside = [&](const std::optional<Value>& end) {
    return end && ((type.low && std::get<Decimal>(*end).compare(*type.low) < 0) ||
                   (type.high && std::get<Decimal>(*end).compare(*type.high) > 0));
  };
  if (answer.known() && outside(answer.low)) {
    Answer fault = undefined(place);
    if (type.low) fault.low = *type.low;
    if (type.high) fault.high = *type.high;
    fault.marks = answer.marks;
    return fault;
  }
  return answer;
}

// 6.1: each `but` replaces what stands above it, in turn.
Answer Derivation::define(const DefineRule& body, const Place& place) {
  Answer so_far = expr(body.value, place);
  for (const DefineRule::But& but : body.buts) {
    Place here = place;
    const Answer above = so_far;
    here.above = &above;
    Answer instead = expr(but.value, here);
    const Answer applies = expr(but.condition, here);
    mark(instead, but.grounds, place.moment);  // 6.3: also where it is not known whether it applies
    so_far = when(applies, instead, above);
    effort_.spend(length_of(so_far));
  }
  return so_far;
}

// 4.3: given if the whole range falls in one band, else from the lower band to the higher.
Answer Derivation::rating(const RatingRule& body, const Place& place) {
  Answer of = expr(body.from, place);
  if (!of.may_apply) return of;
  const auto band = [&](const Value& value) {
    std::size_t found = 0;
    for (std::size_t i = 1; i < body.bands.size(); ++i)
      if (body.bands[i].low && std::get<Decimal>(value).compare(*body.bands[i].low) >= 0) found = i;
    return Value(body.bands[found].label);
  };
  Value low = of.low ? band(*of.low) : Value(body.bands.front().label);
  Value high = of.high ? band(*of.high) : Value(body.bands.back().label);
  if (order(high, low) < 0) std::swap(low, high);
  of.low = low;
  of.high = high;
  return settled(of);
}

namespace {

// 6.3: raised if `when` is yes and `unless` no; a `when` that does not apply leaves nothing to excuse.
Answer excused(const Answer& when, const Answer& unless) {
  const Possible holds = possible(when), lets_off = possible(unless);
  Possible made{.no = holds.no, .yes = false, .out = holds.out};
  if (holds.yes && lets_off.yes) made.no = true;
  if (holds.yes && (lets_off.no || lets_off.out)) made.yes = true;
  Answer answer = condition(made, when.why, when.marks);
  if (holds.yes || when.unknown()) add(answer.marks, unless.marks);
  // What never lets off is no reason where the condition holds whenever it applies.
  if (answer.unknown() && unless.unknown() && holds.yes && (holds.no || lets_off.yes)) add(answer.why, unless.why);
  return answer;
}

}  // namespace

// 6.3: raised if `when` is yes and `unless` no. 8.2: without `when`, raised if any instance is.
Answer Derivation::flag(RuleId id, const FlagRule& body, const Place& place) {
  const SubjectId subject = place.slots.front();
  Answer made;
  if (body.when) {
    made = expr(*body.when, place);
    if (body.unless) made = excused(made, expr(*body.unless, place));
  } else {
    std::vector<Answer> instances;
    for (const RuleId by : body.raised_by) {
      effort_.spend(body.raised_by.size());
      spend_on_editions(book_.rule(by).ruleset);
      const RuleId answering = on(by, place.moment.date());
      if (answering != by && std::find(body.raised_by.begin(), body.raised_by.end(), answering) != body.raised_by.end())
        continue;
      const auto& interaction = std::get<InteractionRule>(book_.rule(answering).body);
      for (const SubjectId link : evidence_.snapshot().of_kind(interaction.relation)) {
        const Subject& ends = evidence_.snapshot().subject(link);
        effort_.spend(1 + interaction.effects.size());
        if (!evidence_.in_being(link, place.moment.date())) continue;
        for (const auto& effect : interaction.effects) {
          const auto* raise = std::get_if<RaiseFlag>(&effect);
          if (raise == nullptr || !book_.same_rule(raise->flag, id)) continue;
          const SubjectId on = raise->on == 0 ? link : raise->on == 1 ? *ends.from : *ends.to;
          if (on == subject) instances.push_back(rule(answering, link, place.moment));
        }
      }
    }
    spend_on(instances);
    made = instances.empty() ? known(false) : either(instances);
  }
  const Observation* waived = waiver(id, subject, place.moment);
  if (possible(made).only_yes() && waived != nullptr)
    add(made.marks, {{MarkOf::Waived, std::get<std::string>(waived->value)}});
  return made;
}

// 4.12: a row of FLAG.waiver from its start to its end; of several the one begun last.
const Observation* Derivation::waiver(RuleId flag, SubjectId subject, const Moment& moment) const {
  const FieldId field = std::get<FlagRule>(book_.rule(flag).body).waiver;
  const Observation* found = nullptr;
  for (const Observation* row : evidence_.rows(field, subject)) {
    if (row->standing != Standing::Held || row->valid_from > moment.date()) continue;
    if (!row->valid_to || *row->valid_to < moment.date()) continue;
    if (found == nullptr || found->valid_from <= row->valid_from) found = row;
  }
  return found;
}

// What was kept until it was given up is good, and of no use: the same would be given up again.
Verdict Derivation::verdict(RuleId id, SubjectId subject, Date as_at) {
  effort_.restart();
  noted_ = nullptr;
  try {
    return verdict_within(id, subject, as_at);
  } catch (const TooMuch limit) {
    Verdict none;
    none.given_up = limit;
    return none;
  }
}

Verdict Derivation::verdict_within(RuleId id, SubjectId subject, Date as_at) {
  Verdict verdict;
  const Moment moment{.as_at = as_at};
  verdict.answer = rule(id, subject, moment);
  const Rule& of = book_.rule(id);
  if (in_force(id, as_at) && is_for(id, subject)) {
    const Place place = place_of(id, subject, moment, false);
    if (const auto* body = std::get_if<EnterRule>(&of.body)) enter(*body, place, &verdict.reasons);
    if (const auto* body = std::get_if<ExitRule>(&of.body)) exit(*body, place, &verdict.reasons);
  }
  const Answer& answer = verdict.answer;
  if (!is_trigger(of)) {
    verdict.status = answer.known() ? Status::Known : answer.unknown() ? Status::Unknown : Status::NotApplicable;
    return verdict;
  }
  const Possible raised = possible(answer);
  verdict.applies = !answer.not_applicable();
  verdict.status = raised.only_yes() ? Status::Raised : answer.unknown() ? Status::Undetermined : Status::Clear;
  if (verdict.status == Status::Raised && std::holds_alternative<FlagRule>(of.body))
    verdict.waiver = waiver(id, subject, moment);
  return verdict;
}

}  // namespace assay::verifier
