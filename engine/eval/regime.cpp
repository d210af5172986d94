// Stages people decided, criteria the rules name, and where the two differ (docs/language.md 7). Nothing here moves
// anyone.
#include <algorithm>

#include "engine/eval/evaluation.h"
#include "engine/eval/truth_set.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

bool is_decision(const Observation& row) {
  return !row.superseded && (row.standing == Standing::Held || row.standing == Standing::Ended);
}

std::optional<Label> stage_in(const Observation& row) {
  if (row.standing != Standing::Held) return std::nullopt;
  return std::get<Label>(row.value);
}

// The last day on which the stage was left: the day of the first decision after a stay in it that ended by the date.
std::optional<Date> left_on(const Snapshot& snapshot, FieldId field, SubjectId subject, Label stage, Date date) {
  std::optional<Date> left;
  bool inside = false;
  for (const Observation& row : snapshot.rows(field, subject)) {
    if (!is_decision(row) || row.valid_from > date) continue;
    const bool in = stage_in(row) == stage;
    if (inside && !in) left = row.valid_from;
    if (in) left.reset();
    inside = in;
  }
  return left;
}

ReasonState state_of(const Cell& cell) {
  switch (cell.truth()) {
    case Truth::Yes:
      return ReasonState::Met;
    case Truth::Unknown:
      return ReasonState::Undetermined;
    case Truth::No:
    case Truth::NotApplicable:
      break;
  }
  return ReasonState::NotMet;
}

Truth truth_of(ReasonState state) {
  return state == ReasonState::Met ? Truth::Yes : state == ReasonState::Undetermined ? Truth::Unknown : Truth::No;
}

}  // namespace

Cell Evaluation::derive_stage(const StageRule& body, SubjectId subject, const Moment& moment) {
  const Regime& regime = rulebook_.regimes[body.regime.index];
  Reading reading = read(regime.field, subject, moment);
  const bool any = std::any_of(reading.rows.begin(), reading.rows.end(), [](const RowPart& row) {
    return row.part == Part::Answers || row.part == Part::Disagrees || row.part == Part::Hole;
  });
  if (any) {
    if (reading.cell.known()) {
      const auto& stage = regime.stages[std::get<Label>(reading.cell.value()).index];
      const std::string& judge = stage.decided_by.empty() ? regime.decided_by : stage.decided_by;
      if (!judge.empty()) merge(reading.cell.marks, {{MarkKind::Judgement, judge}});
    }
    return reading.cell;
  }
  Cell cell = Cell::of(Value(regime.starts_in));
  cell.marks = {{MarkKind::NoDecisionHeld, "no decision held here"}};
  return cell;
}

// Evidence that an earlier stay has answered does not count again: only what rests on a row dated after the day on
// which the stage was left (7.4). Unknown where the days that are not known leave open whether anything does.
Cell Evaluation::answered(ast::ExprId condition, const Scope& scope, Date left) {
  Reasons open;
  for (const Noted& reading : readings(condition, scope)) {
    if (reading.time.high <= left) continue;
    if (reading.time.surely && reading.time.low > left) return Cell::of(Truth::No);
    const Observation& row = *reading.rows.front();
    merge(open, {{row.subject, row.field, scope.moment.date(), ReasonKind::Missing,
                  fmt::format("whether it began after {} is not known", left.to_long_string())}});
  }
  return open.empty() ? Cell::of(Truth::Yes) : Cell::of(Truth::Unknown, std::move(open));
}

std::vector<ReasonResult> Evaluation::reasons(RuleId criterion, SubjectId subject, const Moment& moment) {
  const Rule& rule = rulebook_.rule(criterion);
  const auto* enter = std::get_if<EnterRule>(&rule.body);
  const auto* exit = std::get_if<ExitRule>(&rule.body);
  CHECK(enter || exit);
  const Regime& regime = rulebook_.regimes[(enter ? enter->regime : exit->regime).index];
  const Scope scope = scope_of(criterion, subject, moment);
  std::optional<Date> left;
  if (enter) left = left_on(snapshot_, regime.field, subject, enter->stage, moment.date());
  std::vector<ReasonResult> out;
  for (const ast::Reason& reason : (enter ? enter->criteria : exit->criteria).reasons) {
    ReasonResult result{reason.title, reason.condition, ReasonState::NotMet, expr(reason.condition, scope),
                        std::nullopt};
    result.state = state_of(result.cell);
    if (left && result.state == ReasonState::Met) {
      Cell counts = negate(answered(reason.condition, scope, *left));
      if (counts.truth() == Truth::No) {
        result.state = ReasonState::Answered;
        result.answered_on = left;
      } else if (counts.unknown()) {
        merge(counts.marks, result.cell.marks);
        result.state = ReasonState::Undetermined;
        result.cell = std::move(counts);
      }
    }
    out.push_back(std::move(result));
  }
  return out;
}

Truth Evaluation::criteria_hold(RuleId criterion, const std::vector<ReasonResult>& reasons) const {
  const auto& body = rulebook_.rule(criterion).body;
  const auto* enter = std::get_if<EnterRule>(&body);
  const ast::Criteria& criteria = enter ? enter->criteria : std::get<ExitRule>(body).criteria;
  std::int64_t yes = 0, no = 0;
  for (const ReasonResult& reason : reasons) {
    yes += truth_of(reason.state) == Truth::Yes ? 1 : 0;
    no += truth_of(reason.state) == Truth::No ? 1 : 0;
  }
  const auto all = static_cast<std::int64_t>(reasons.size());
  const std::int64_t needed = criteria.quantity == ast::Quantity::All   ? all
                              : criteria.quantity == ast::Quantity::Any ? 1
                                                                        : static_cast<std::int64_t>(criteria.count);
  if (yes >= needed) return Truth::Yes;
  return all - no < needed ? Truth::No : Truth::Unknown;
}

namespace {

Cell criteria_cell(Truth truth, const std::vector<ReasonResult>& reasons) {
  Cell cell = Cell::of(truth);
  for (const ReasonResult& reason : reasons) {
    if (cell.unknown() && reason.state == ReasonState::Undetermined) merge(cell.why, reason.cell.why);
    merge(cell.marks, reason.cell.marks);
  }
  return cell;
}

// Is the stage below `than`, or exactly it?
Cell stage_is(const Cell& stage, Label than, bool below) {
  if (!stage.low || !stage.high) {  // not applicable, or without an edition that says what stages there are
    Cell cell = Cell::of(stage.unknown() ? Truth::Unknown : Truth::No, stage.why);
    cell.marks = stage.marks;
    return cell;
  }
  const auto low = std::get<Label>(*stage.low), high = std::get<Label>(*stage.high);
  const bool yes = below ? high < than : low == than && high == than;
  const bool no = below ? !(low < than) : than < low || high < than;
  Cell cell = Cell::of(yes ? Truth::Yes : no ? Truth::No : Truth::Unknown, stage.why);
  cell.marks = stage.marks;
  return cell;
}

}  // namespace

Cell Evaluation::derive_enter(RuleId id, SubjectId subject, const Moment& moment) {
  const auto& body = std::get<EnterRule>(rulebook_.rule(id).body);
  const Cell stage = rule(rulebook_.regimes[body.regime.index].stage_rule, subject, moment);
  const auto results = reasons(id, subject, moment);
  return all_of({stage_is(stage, body.stage, true), criteria_cell(criteria_hold(id, results), results)});
}

Cell Evaluation::derive_exit(RuleId id, SubjectId subject, const Moment& moment) {
  const auto& body = std::get<ExitRule>(rulebook_.rule(id).body);
  const Cell stage = rule(rulebook_.regimes[body.regime.index].stage_rule, subject, moment);
  const auto results = reasons(id, subject, moment);
  return all_of({stage_is(stage, body.from, false), criteria_cell(criteria_hold(id, results), results)});
}

// The stage was recorded although, as at the decision's own date, the criteria to enter it were in force and not met.
Cell Evaluation::derive_unsupported(const UnsupportedRule& body, SubjectId subject, const Moment& moment) {
  const Regime& regime = rulebook_.regimes[body.regime.index];
  const Cell stage = rule(regime.stage_rule, subject, moment);
  const Cell in_it = stage_is(stage, body.stage, false);
  if (in_it.truth() != Truth::Yes) return in_it;
  const auto began = stay_began(body.regime, subject, moment);
  Cell none = Cell::of(Value(false));
  none.marks = stage.marks;
  if (!began) return none;  // the stage everyone starts in needs no decision
  const auto enter = rulebook_.rule_on(body.enter, asked_on(*began));
  if (!enter) return none;
  const Moment then{*began};
  const auto results = reasons(*enter, subject, then);
  Cell cell = criteria_cell(criteria_hold(*enter, results), results);
  // Unknown whether they held is not "no": only a plain no makes the decision unsupported.
  Cell answer = Cell::of(Value(cell.truth() == Truth::No));
  answer.marks = cell.marks;
  merge(answer.marks, stage.marks);
  return answer;
}

std::optional<Date> Evaluation::stay_began(RegimeId id, SubjectId subject, const Moment& moment) const {
  const Regime& regime = rulebook_.regimes[id.index];
  std::optional<Date> began;
  std::optional<Label> stage;
  for (const Observation& row : snapshot_.rows(regime.field, subject)) {
    if (!is_decision(row) || row.valid_from > moment.date()) continue;
    const auto next = stage_in(row);
    if (next != stage) began = next ? std::optional(row.valid_from) : std::nullopt;
    stage = next;
  }
  return began;
}

Date Evaluation::since(RuleId id, SubjectId subject, Date as_at) {
  constexpr int kMonthsBack = 60;
  const Truth now = rule(id, subject, {as_at}).truth();
  Date first = as_at;
  Date end = step_end_back(step_end(as_at, Step::Month), Step::Month, 1);
  for (int back = 0; back < kMonthsBack; ++back) {
    const auto then = rulebook_.rule_on(id, asked_on(end));
    if (!then || rule(*then, subject, {end}).truth() != now) break;
    first = end;
    end = step_end_back(end, Step::Month, 1);
  }
  return first;
}

}  // namespace assay
