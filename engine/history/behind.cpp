// What lies behind one change: inputs of the same subject that moved, rows that came or went, rules that were others.
#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "engine/eval/words.h"
#include "engine/explain/words.h"
#include "engine/history/changed.h"
#include "engine/history/timeline.h"

namespace assay {

namespace {

// One of the two questions put to the subject; nothing where it was not asked.
struct Side {
  Evaluation& evaluation;
  Date as_at;
  SubjectId who;
  RuleId rule;
};

std::optional<Side> side_of(Evaluation& evaluation, Date as_at, bool asked, const Change& change,
                            const Snapshot& later) {
  if (!asked) return std::nullopt;
  const Subject& subject = later.subject(change.who);
  const auto who = evaluation.snapshot().find(subject.kind, subject.code);
  const auto rule = rule_in_force(evaluation.rulebook(), change.rule, as_at, evaluation.snapshot().known_on());
  if (!who || !rule) return std::nullopt;
  return Side{evaluation, as_at, *who, *rule};
}

// ---- Inputs

// A field or a rule of one of the subjects in scope, by its name, so that both sides can be asked.
struct Input {
  std::string name;
  Slot slot;
  friend auto operator<=>(const Input&, const Input&) = default;
};

struct InputSaid {
  std::string title, words;
  Cell cell;
  const ValueType* type = nullptr;
  Direction better = Direction::None;
};

std::string name_of(const Rulebook& book, const OwnInput& input) {
  if (const auto* field = std::get_if<FieldId>(&input.what)) return book.schema.field(*field).name;
  return book.rule(std::get<RuleId>(input.what)).name;
}

// Of numbers taken together the way that all of them go, where they go one way: an average of scores is better where
// scores are.
Direction better_together(const Rulebook& book, RuleId rule, ast::ExprId value) {
  const ast::Expr* node = &book.tree.expr(value);
  for (;;) {
    if (const auto* rounded = std::get_if<ast::Rounded>(node))
      node = &book.tree.expr(rounded->operand);
    else if (const auto* share = std::get_if<ast::PercentOf>(node))
      node = &book.tree.expr(share->part);
    else
      break;
  }
  const auto* together = std::get_if<ast::Aggregate>(node);
  if (!together || together->op == ast::AggregateOp::Count || together->op == ast::AggregateOp::Share)
    return Direction::None;
  std::set<Direction> ways;
  for (const OwnInput& input : own_inputs(book, rule)) {
    const auto* field = std::get_if<FieldId>(&input.what);
    ways.insert(field ? book.schema.field(*field).direction : Direction::None);
  }
  return ways.size() == 1 ? *ways.begin() : Direction::None;
}

std::optional<InputSaid> said(const Side& side, const Input& input) {
  const Rulebook& book = side.evaluation.rulebook();
  const auto slots = side.evaluation.scope_of(side.rule, side.who, {side.as_at}).slots;
  if (input.slot >= slots.size()) return std::nullopt;
  const SubjectId who = slots[input.slot];
  if (const auto rule = rule_in_force(book, input.name, side.as_at, side.evaluation.snapshot().known_on())) {
    const Outcome found = outcome(side.evaluation, *rule, who, side.as_at);
    InputSaid out{book.rule(*rule).title, in_words(found, book), found.cell, &book.type(book.rule(*rule).type)};
    if (const auto* define = std::get_if<DefineRule>(&book.rule(*rule).body)) {
      out.better = better_direction(book, define->value);
      if (out.better == Direction::None) out.better = better_together(book, *rule, define->value);
    }
    if (std::holds_alternative<RatingRule>(book.rule(*rule).body)) out.better = Direction::HigherIsBetter;
    return out;
  }
  const auto id = book.schema.find_field(input.name);
  if (!id) return std::nullopt;
  const FieldDef& field = book.schema.field(*id);
  const Reading reading = field.occurrence == Occurrence::Event ? side.evaluation.latest_event(*id, who, {side.as_at})
                                                                : side.evaluation.read(*id, who, {side.as_at});
  InputSaid out{field.title, cell_in_words(reading.cell, field.type), reading.cell, &field.type, field.direction};
  if (field.type.kind == TypeKind::Scale && !field.is_stage) out.better = Direction::HigherIsBetter;
  return out;
}

std::string_view turn(const InputSaid& was, const InputSaid& now) {
  if (now.better == Direction::None || !was.cell.known() || !now.cell.known()) return {};
  if (was.cell.value().index() != now.cell.value().index() || !is_ordered(now.type->kind)) return {};
  const auto by = order(was.cell.value(), now.cell.value());
  if (by == 0) return {};
  return (by < 0) == (now.better == Direction::HigherIsBetter) ? "better" : "worse";
}

// Nearest first; what did not move is not looked behind.
std::vector<InputMoved> inputs_moved(const Side& was, const Side& now) {
  std::vector<InputMoved> out;
  std::set<Input> seen;
  std::deque<Input> next;
  const auto add_inputs = [&](const Side& side, RuleId rule, Slot slot) {
    for (const OwnInput& input : own_inputs(side.evaluation.rulebook(), rule)) {
      const Slot of = slot == 0 ? input.slot : slot;
      Input named{name_of(side.evaluation.rulebook(), input), of};
      if (seen.insert(named).second) next.push_back(std::move(named));
    }
  };
  add_inputs(now, now.rule, 0);
  add_inputs(was, was.rule, 0);
  while (!next.empty()) {
    const Input input = std::move(next.front());
    next.pop_front();
    const auto before = said(was, input), after = said(now, input);
    if (!before || !after || before->words == after->words) continue;
    out.push_back({input.name, after->title, before->words, after->words, turn(*before, *after)});
    for (const Side* side : {&now, &was})
      if (const auto rule = rule_in_force(side->evaluation.rulebook(), input.name, side->as_at,
                                          side->evaluation.snapshot().known_on()))
        add_inputs(*side, *rule, input.slot);
  }
  return out;
}

// ---- Rows

std::vector<const Observation*> rows_read(const Side& side) {
  auto rows = side.evaluation.reads(side.rule, side.who, {side.as_at});
  const Snapshot& snapshot = side.evaluation.snapshot();
  // Whether it is in being at all, and to whom it is joined.
  const auto add_register = [&](SubjectId subject) {
    const FieldId field = snapshot.schema().kind(snapshot.subject(subject).kind).register_field;
    for (const Observation& row : snapshot.rows(field, subject))
      if (!row.superseded && row.standing == Standing::Held &&
          Period{row.valid_from, row.valid_to}.contains(side.as_at))
        rows.push_back(&row);
  };
  add_register(side.who);
  std::set<KindId> relations;
  for (FieldId field : fields_read(side.evaluation.rulebook(), side.rule)) {
    const KindId kind = snapshot.schema().field(field).kind;
    if (snapshot.schema().kind(kind).relation && relations.insert(kind).second) {
      for (SubjectId link : snapshot.links_from(kind, side.who)) add_register(link);
      for (SubjectId link : snapshot.links_to(kind, side.who)) add_register(link);
    }
  }
  return rows;
}

RowBehind behind_row(const Snapshot& snapshot, const Observation& row, Cause cause, bool before) {
  const FieldDef& field = snapshot.schema().field(row.field);
  RowBehind out;
  out.cause = cause;
  out.title = field.title.empty() ? field.name : field.title;
  out.subject_name = name_on(snapshot, row.subject, row.valid_from);
  out.says = row_in_words(row, field.type);
  out.document = row.document;
  out.place = row.place;
  out.recorded_by = snapshot.batch(row.batch).recorded_by;
  out.row = row.row;
  out.valid_from = row.from();
  out.valid_to = row.to();
  out.recorded_on = row.recorded_on;
  out.read_before = before;
  return out;
}

// Rows read now and not then, by what they brought; and of the map those read then and not now.
std::vector<RowBehind> rows_behind(const std::optional<Side>& was, const std::optional<Side>& now,
                                   const Between& between) {
  const auto before = was ? rows_read(*was) : std::vector<const Observation*>{};
  const auto after = now ? rows_read(*now) : std::vector<const Observation*>{};
  std::set<std::int64_t> then, later;
  for (const Observation* row : before) then.insert(row->row);
  std::vector<RowBehind> out;
  for (const Observation* row : after) {
    if (!later.insert(row->row).second || then.contains(row->row)) continue;
    const Snapshot& snapshot = now->evaluation.snapshot();
    if (const auto cause = cause_of(snapshot.schema(), *row, between))
      out.push_back(behind_row(snapshot, *row, *cause, false));
  }
  std::set<std::int64_t> told;
  for (const Observation* row : before) {
    if (later.contains(row->row) || !told.insert(row->row).second) continue;
    const Snapshot& snapshot = was->evaluation.snapshot();
    if (is_of_the_map(snapshot.schema(), *row)) out.push_back(behind_row(snapshot, *row, Cause::Geography, true));
  }
  return out;
}

// ---- Rules

std::string edition_in_words(const Evaluation& evaluation, const std::string& rule, Date as_at) {
  const auto id = rule_in_force(evaluation.rulebook(), rule, as_at, evaluation.snapshot().known_on());
  return id ? evaluation.rulebook().ruleset(evaluation.rulebook().rule(*id).ruleset).edition : "none in force";
}

// Of every parameter it reads, by whatever way, its value on the date.
void gather(Evaluation& evaluation, RuleId rule, Date as_at, std::set<RuleId>& seen,
            std::map<std::string, std::string>& values) {
  if (!seen.insert(rule).second) return;
  const Rulebook& book = evaluation.rulebook();
  for (ParameterId id : parameters_read(book, rule)) {
    const auto on = book.parameter_on(id, evaluation.asked_on(as_at));
    if (!on) continue;
    const Parameter& parameter = book.parameters[on->index];
    values.emplace(parameter.name, cell_in_words(evaluation.parameter(*on, {as_at}), book.type(parameter.type)));
  }
  for (RuleId read : rules_read(book, rule)) gather(evaluation, evaluation.on(read, as_at), as_at, seen, values);
}

std::map<std::string, std::string> parameters_of(const std::optional<Side>& side) {
  std::map<std::string, std::string> values;
  std::set<RuleId> seen;
  if (side) gather(side->evaluation, side->rule, side->as_at, seen, values);
  return values;
}

std::vector<std::string> rules_behind(const Side& was, const Side& now, const Change& change) {
  std::vector<std::string> out;
  const std::string before = edition_in_words(was.evaluation, change.rule, was.as_at);
  const std::string after = edition_in_words(now.evaluation, change.rule, now.as_at);
  if (before != after) out.push_back(fmt::format("edition {}, then {}", before, after));
  const auto values = parameters_of(was);
  for (const auto& [name, value] : parameters_of(now))
    if (const auto found = values.find(name); found != values.end() && found->second != value)
      out.push_back(fmt::format("parameter {}: {}, then {}", name, found->second, value));
  return out;
}

bool is_register(const Schema& schema, FieldId field) {
  return schema.kind(schema.field(field).kind).register_field == field;
}

std::vector<std::string> wanting(const Side& now) {
  std::vector<std::string> out;
  const Cell cell = now.evaluation.rule(now.rule, now.who, {now.as_at});
  for (const Reason& reason : cell.why) {
    const FieldDef& field = now.evaluation.snapshot().schema().field(reason.field);
    // No evidence at all, but a rule that says nothing.
    if (is_register(now.evaluation.snapshot().schema(), reason.field)) {
      out.push_back(reason.detail);
      continue;
    }
    out.push_back(fmt::format("{} of {}: {}, {}", field.title.empty() ? field.name : field.title,
                              name_on(now.evaluation.snapshot(), reason.subject, now.as_at), to_string(reason.kind),
                              reason.detail));
  }
  return out;
}

}  // namespace

Behind behind(Evaluation& was, Evaluation& now, const Between& between, const Change& change) {
  const auto before = side_of(was, between.was_as_at, change.was_asked, change, now.snapshot());
  const auto after = side_of(now, between.as_at, change.is_asked, change, now.snapshot());
  Behind out;
  out.rows = rows_behind(before, after, between);
  std::erase_if(out.rows, [&](const RowBehind& row) {
    return std::find(change.causes.begin(), change.causes.end(), row.cause) == change.causes.end();
  });
  if (before && after) {
    out.inputs = inputs_moved(*before, *after);
    out.rules = rules_behind(*before, *after, change);
  } else if (before || after) {
    const std::string was_edition = edition_in_words(was, change.rule, between.was_as_at);
    const std::string now_edition = edition_in_words(now, change.rule, between.as_at);
    if (was_edition != now_edition) out.rules = {fmt::format("edition {}, then {}", was_edition, now_edition)};
  }
  if (after) out.wanting = wanting(*after);
  return out;
}

}  // namespace assay
