// Recorded stages, and criteria to enter and leave them (docs/language.md 7).
#include <algorithm>

#include "apps/verifier/derive/derivation.h"
#include "apps/verifier/derive/logic.h"

namespace assay::verifier {

std::optional<RegimeId> Derivation::regime_of(RuleId id) const {
  const auto& body = book_.rule(id).body;
  if (const auto* of = std::get_if<StageRule>(&body)) return of->regime;
  if (const auto* of = std::get_if<EnterRule>(&body)) return of->regime;
  if (const auto* of = std::get_if<ExitRule>(&body)) return of->regime;
  if (const auto* of = std::get_if<UnsupportedRule>(&body)) return of->regime;
  return std::nullopt;
}

// 7.1, 7.2: the stage that people recorded; with no decision held the one that all start in, marked so.
Answer Derivation::stage(const StageRule& body, SubjectId subject, const Moment& moment) {
  const Regime& regime = book_.regimes[body.regime.index];
  asked_.insert({subject, regime.field});
  const auto rows = evidence_.rows(regime.field, subject);
  const bool decided = std::any_of(rows.begin(), rows.end(), [&](const Observation* row) {
    return row->standing != Standing::MindedTo && row->standing != Standing::Complete &&
           row->valid_from <= moment.date();
  });
  Answer made;
  if (decided) {
    const Reading reading = evidence_.value(regime.field, subject, moment);
    note(regime.field, subject, reading);
    made = reading.answer;
  } else {
    made = known(regime.starts_in);
    add(made.marks, {{MarkOf::NoDecisionHeld, ""}});
  }
  if (!decided || !made.known()) return made;
  const StageInfo& info = regime.stages[std::get<Label>(*made.low).index];
  const std::string by = info.decided_by.empty() ? regime.decided_by : info.decided_by;
  if (!by.empty()) add(made.marks, {{MarkOf::Judgement, by}});
  return made;
}

// The unbroken stays up to a date, as recorded, the last one last.
std::vector<Derivation::Stay> Derivation::stays(RegimeId regime, SubjectId subject, Date date) const {
  std::vector<const Observation*> rows;
  for (const Observation* row : evidence_.rows(book_.regimes[regime.index].field, subject)) {
    if ((row->standing == Standing::Held || row->standing == Standing::Ended) && row->valid_from <= date)
      rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Observation* a, const Observation* b) {
    return std::tie(a->valid_from, a->recorded_on) < std::tie(b->valid_from, b->recorded_on);
  });
  std::vector<Stay> found;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Observation& row = *rows[i];
    if (i + 1 < rows.size() && rows[i + 1]->valid_from == row.valid_from) continue;  // recorded anew
    if (!found.empty() && !found.back().left) {
      const bool goes_on = row.standing == Standing::Held && std::get<Label>(row.value) == found.back().stage;
      if (!goes_on) found.back().left = row.valid_from;
    }
    if (row.standing != Standing::Held) continue;
    const Label stage = std::get<Label>(row.value);
    if (found.empty() || found.back().left) found.push_back({row.valid_from, {}, stage});
  }
  return found;
}

std::optional<Date> Derivation::entered(const Place& place) const {
  const auto regime = regime_of(place.rule);
  if (!regime) return std::nullopt;
  const auto held = stays(*regime, place.slots.front(), place.moment.date());
  if (held.empty() || held.back().left) return std::nullopt;
  return held.back().from;
}

Answer Derivation::since_entering(bool months, const Place& place) {
  const auto from = entered(place);
  const Date today = place.moment.date();
  if (from) return known(Decimal::from_int(months ? months_between(*from, today) : today.days - from->days));
  const RegimeId regime = *regime_of(place.rule);
  const SubjectId subject = place.slots.front();
  const Answer now = rule(on(book_.regimes[regime.index].stage_rule, today), subject, place.moment);
  if (now.known()) return does_not_apply();
  Answer open = unknown_between({}, {}, now.why);
  open.may_not_apply = true;
  return open;
}

// 5.7: X less what it was so long ago, or on the first day of the unbroken recorded stay.
Answer Derivation::change(const ast::Change& node, const Place& place) {
  const Answer now = expr(node.operand, place);
  Place then = place;
  if (node.over) {
    then.moment = back(place.moment, *node.over);
  } else {
    const auto from = entered(place);
    if (!from) {
      const RuleId recorded = book_.regimes[regime_of(place.rule)->index].stage_rule;
      const Answer held = rule(on(recorded, place.moment.date()), place.slots.front(), place.moment);
      if (held.known()) return does_not_apply();
      Answer open = unknown_between({}, {}, held.why);
      open.may_not_apply = true;
      return open;
    }
    then.moment = on_earlier_day(place.moment, *from);
  }
  const Answer before = expr(node.operand, then);
  return difference(now, before, place);
}

// 7.4: what is met counts again only if something it rests on is dated after the day on which the stage was left. Where
// the days that are not known leave that open, each reading taken for itself, so is this.
Answer Derivation::counting(ast::ExprId id, const Place& place, Date left) {
  std::vector<Noted> noted, *outer = noted_;
  noted_ = &noted;
  const Answer answer = expr(id, place);
  noted_ = outer;
  if (outer != nullptr) outer->insert(outer->end(), noted.begin(), noted.end());
  if (!possible(answer).only_yes()) return answer;  // only what is met can have been answered
  Reasons open;
  for (const Noted& reading : noted) {
    if (reading.time.last <= left) continue;
    if (reading.time.surely && reading.time.first > left) return answer;
    add(open, {{reading.subject, reading.field, place.moment.date(), Lacking::Missing}});
  }
  if (open.empty()) return condition({.no = true}, {}, answer.marks);
  return condition({.no = true, .yes = true}, open, answer.marks);
}

Answer Derivation::criteria(const ast::Criteria& criteria, const Place& place, std::optional<Date> left,
                            std::vector<ReasonIs>* reasons) {
  std::vector<Member> members;
  for (const ast::Reason& reason : criteria.reasons) {
    Member member;
    const Answer plain = expr(reason.condition, place);
    member.answer = left ? counting(reason.condition, place, *left) : plain;
    if (reasons != nullptr) {
      const Possible held = possible(member.answer);
      ReasonIs is = held.only_yes()           ? ReasonIs::Met
                    : member.answer.unknown() ? ReasonIs::Undetermined
                                              : ReasonIs::NotMet;
      if (is == ReasonIs::NotMet && possible(plain).only_yes()) is = ReasonIs::Answered;
      reasons->push_back(is);
    }
    // A reason that does not apply is not met.
    if (member.answer.not_applicable()) member.answer = condition({.no = true}, {}, member.answer.marks);
    members.push_back(std::move(member));
  }
  ast::Quantified asked;
  asked.quantity = criteria.quantity;
  asked.count = criteria.count;
  return quantity(asked, std::move(members));
}

// 7.3: raised when the stage is below S and the criteria to enter S hold.
Answer Derivation::enter(const EnterRule& body, const Place& place, std::vector<ReasonIs>* reasons) {
  const Regime& regime = book_.regimes[body.regime.index];
  const SubjectId subject = place.slots.front();
  const Answer now = rule(regime.stage_rule, subject, place.moment);
  std::optional<Date> left;
  for (const Stay& stay : stays(body.regime, subject, place.moment.date()))
    if (stay.stage == body.stage) left = stay.left;
  const Answer holds = criteria(body.criteria, place, left, reasons);
  const Possible below{.no = !now.may_apply || !now.high || std::get<Label>(*now.high) >= body.stage,
                       .yes = now.may_apply && (!now.low || std::get<Label>(*now.low) < body.stage)};
  return every(std::vector{condition(below, now.why, now.marks), holds});
}

Answer Derivation::exit(const ExitRule& body, const Place& place, std::vector<ReasonIs>* reasons) {
  const Regime& regime = book_.regimes[body.regime.index];
  const Answer now = rule(regime.stage_rule, place.slots.front(), place.moment);
  const Answer holds = criteria(body.criteria, place, std::nullopt, reasons);
  return every(std::vector{condition(stands_in(now, body.from), now.why, now.marks), holds});
}

// Is the stage, as far as it is known, this one?
Possible Derivation::stands_in(const Answer& stage, Label of) {
  const bool yes = stage.may_apply && (!stage.low || std::get<Label>(*stage.low) <= of) &&
                   (!stage.high || of <= std::get<Label>(*stage.high));
  return {.no = !yes || !stage.known(), .yes = yes};
}

// Raised when the stage is S and, as at the decision's date, the criteria to enter S were in force and no.
Answer Derivation::unsupported(const UnsupportedRule& body, const Place& place) {
  const Regime& regime = book_.regimes[body.regime.index];
  const SubjectId subject = place.slots.front();
  const Answer now = rule(regime.stage_rule, subject, place.moment);
  const Answer is_in = condition(stands_in(now, body.stage), now.why, now.marks);
  if (!possible(is_in).only_yes()) return is_in;
  const auto from = entered(place);
  if (!from) return condition({.no = true}, {}, now.marks);
  const RuleId then = on(body.enter, *from);
  if (!in_force(then, *from)) return condition({.no = true}, {}, now.marks);
  Place at = place_of(then, subject, {.as_at = *from}, false);
  const auto& enter_body = std::get<EnterRule>(book_.rule(then).body);
  // "No (not unknown)": what is not known supports nothing and unsupports nothing.
  const Answer held = criteria(enter_body.criteria, at, std::nullopt, nullptr);
  const bool no = possible(held).only_no();
  return every(std::vector{is_in, condition({.no = !no, .yes = no}, {}, held.marks)});
}

}  // namespace assay::verifier
