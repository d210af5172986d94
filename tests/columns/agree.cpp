// Status, ends, whether it may not apply, and the kinds of reason: all that a column says of a cell.
#include "tests/columns/agree.h"

#include "engine/columns/evaluate.h"
#include "engine/eval/outcome.h"
#include "engine/eval/words.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

using namespace columns;

std::string subject_of(const Snapshot& snapshot, SubjectId id) {
  return snapshot.schema().kind(snapshot.subject(id).kind).name + ":" + snapshot.subject(id).code;
}

std::string causes_in_words(unsigned causes) {
  std::string out;
  for (unsigned kind = 0; kind < 4; ++kind)
    if ((causes & (1u << kind)) != 0) out += fmt::format(" {}", to_string(static_cast<ReasonKind>(kind)));
  return out;
}

std::string ends_in_words(const std::string& low, const std::string& high, unsigned causes, bool may_not_apply) {
  return fmt::format("{} to {}{}{}", low, high, may_not_apply ? " or does not apply" : "", causes_in_words(causes));
}

std::string of_cell(const Cell& cell, const ValueType& type) {
  if (!cell.applies()) return "does not apply";
  unsigned causes = 0;
  for (const Reason& reason : cell.why) causes |= 1u << static_cast<unsigned>(reason.kind);
  const auto end = [&](const std::optional<Value>& value) { return value ? to_plain(*value, type) : "open"; };
  if (cell.known()) return end(cell.low);
  return ends_in_words(end(cell.low), end(cell.high), causes, cell.may_not_apply);
}

std::string of_lane(std::int64_t lane, const Meaning& meaning, const ValueType& type) {
  if (meaning.sort == Sort::Dates) return to_plain(Value(Date{static_cast<std::int32_t>(lane)}), type);
  if (meaning.sort == Sort::Labels) return to_plain(Value(Label{static_cast<std::uint16_t>(lane)}), type);
  const Decimal number = meaning.table ? (*meaning.table)[static_cast<std::size_t>(lane - meaning.least)]
                                       : *Decimal::scaled(lane, meaning.places);
  return to_plain(Value(number), type);
}

std::string of_number(State state, const std::string& low, const std::string& high) {
  if (state == kNotApplicable) return "does not apply";
  if (state == 0) return low;
  return ends_in_words((state & kNoLow) != 0 ? "open" : low, (state & kNoHigh) != 0 ? "open" : high, state & kCauses,
                       (state & kMayNotApply) != 0);
}

std::string of_column(const Column& column, std::size_t row, const Meaning& meaning, const ValueType& type) {
  if (const auto* conditions = std::get_if<ConditionColumn>(&column)) {
    const Condition cell = conditions->cells[row];
    const Condition set = cell & kSet;
    if (set == kNoAnswer) return "does not apply";
    const auto word = [](bool yes) { return yes ? "yes" : "no"; };
    if (!is_open(cell)) return word(set == kYes);
    return ends_in_words(word((set & kNo) == 0), word((set & kYes) != 0), cell >> kCauseShift, (set & kNoAnswer) != 0);
  }
  if (const auto* wide = std::get_if<WideColumn>(&column))
    return of_number(wide->state[row], to_plain(Value(wide->low[row]), type), to_plain(Value(wide->high[row]), type));
  const auto& numbers = std::get<NumberColumn>(column);
  const State state = numbers.state[row];
  const auto end = [&](const Lanes& lanes, State open) {
    return (state & (open | kNotApplicable)) != 0 ? std::string() : of_lane(lanes.at(row), meaning, type);
  };
  return of_number(state, end(numbers.low, kNoLow), end(numbers.high, kNoHigh));
}

}  // namespace

Agreement compare_columns(const Rulebook& rulebook, const Snapshot& snapshot, Date as_at) {
  return compare_columns(rulebook, snapshot, world_of(snapshot, as_at),
                         [&](KindId kind, std::size_t row) { return snapshot.of_kind(kind)[row]; });
}

Agreement compare_columns(const Rulebook& rulebook, const Snapshot& snapshot, const World& world,
                          const std::function<SubjectId(KindId, std::size_t)>& subject_at) {
  Agreement out;
  const Date as_at = world.as_at;
  Evaluation evaluation(rulebook, snapshot);
  const auto rules = plan(rulebook, evaluation.asked_on(as_at)).rules;
  auto made = compile(rulebook, evaluation.asked_on(as_at), rules, world);
  CHECK(made.has_value());
  evaluate(*made, world, snapshot.schema());
  out.rules = made->answers.size();
  out.refused = made->refused.size();
  for (const Refused& refused : made->refused)
    out.reasons.push_back(fmt::format("{}: {}", rulebook.rule(refused.rule).name, refused.why));
  for (const Answer& answer : made->answers) {
    const Rule& rule = rulebook.rule(answer.rule);
    const ValueType& type = rulebook.type(rule.type);
    for (std::size_t at = 0; at < world.frames[rule.kind.index].rows; ++at) {
      if (world.frames[rule.kind.index].in_being[at] == 0) continue;
      const SubjectId subject = subject_at(rule.kind, at);
      ++out.cells;
      const std::string cell = of_cell(evaluation.rule(answer.rule, subject, {as_at}), type);
      const std::string column = of_column(made->columns[answer.column], at, answer.meaning, type);
      if (cell == column || out.differences.size() >= 100) continue;
      out.differences.push_back(
          fmt::format("{} of {}: cells {}; columns {}", rule.name, subject_of(snapshot, subject), cell, column));
    }
  }
  return out;
}

}  // namespace assay
