// One outcome and what stands in its way.
#include "engine/whatif/whynot.h"

#include <algorithm>

#include "engine/eval/words.h"
#include "engine/explain/words.h"
#include "engine/plan/plan.h"
#include "engine/whatif/gap.h"

namespace assay {

namespace {

const ast::Criteria* criteria_of(const Rule& rule) {
  if (const auto* enter = std::get_if<EnterRule>(&rule.body)) return &enter->criteria;
  if (const auto* exit = std::get_if<ExitRule>(&rule.body)) return &exit->criteria;
  return nullptr;
}

std::string needed_in_words(const ast::Criteria& criteria) {
  const std::size_t all = criteria.reasons.size();
  if (all == 1) return "one reason";
  if (criteria.quantity == ast::Quantity::Any) return fmt::format("any of {} reasons", all);
  if (criteria.quantity == ast::Quantity::AtLeast) return fmt::format("at least {} of {} reasons", criteria.count, all);
  return fmt::format("all of {} reasons", all);
}

std::string stage_in_words(Evaluation& evaluation, const Rule& rule, SubjectId subject, Date as_at) {
  const Rulebook& book = evaluation.rulebook();
  const auto* enter = std::get_if<EnterRule>(&rule.body);
  const Regime& regime = book.regimes[(enter ? enter->regime : std::get<ExitRule>(rule.body).regime).index];
  const Label of = enter ? enter->stage : std::get<ExitRule>(rule.body).from;
  const Cell& cell = evaluation.rule(regime.stage_rule, subject, {as_at});
  const ValueType& type = book.schema.field(regime.field).type;
  std::string out = "recorded: " + cell_in_words(cell, type);
  for (const Mark& mark : cell.marks)
    if (mark.kind == MarkKind::NoDecisionHeld) out += ", no decision held here";
  return out + fmt::format("; asked of those {} {}", enter ? "below" : "in", to_words(Value(of), type));
}

// Every band but the one it lies in, by how far its nearer edge is.
std::vector<Gap> of_bands(Evaluation& evaluation, const Rule& rule, const RatingRule& rating, const Scope& scope,
                          const Cell& said) {
  const Rulebook& book = evaluation.rulebook();
  const ValueType &scale = book.type(rule.type), &type = book.type(rating.from);
  const Cell value = evaluation.expr(rating.from, scope);
  Gap all;
  std::vector<Gap> parts;
  for (const RatingRule::Band& band : rating.bands) {
    if (said.known() && std::get<Label>(said.value()) == band.label) continue;
    Gap part;
    part.title = to_words(Value(band.label), scale);
    part.words = book.sources.words(band.span);
    part.truth = value.known() ? Truth::No : Truth::Unknown;
    for (const auto& edge : {band.low, band.high}) {
      if (!edge) continue;
      const std::int64_t by = value.known() ? apart(value.value(), Value(*edge), type) : 0;
      if (!part.found.empty() && part.apart <= by) continue;
      part.apart = by;
      part.found = apart_in_words(value, Cell::of(Value(*edge)), type);
    }
    parts.push_back(std::move(part));
  }
  const std::size_t count = parts.size();
  put_parts(all, std::move(parts), count);
  return std::move(all.parts);
}

// Every row that does not answer, with the cells that rule it out.
std::vector<Gap> of_rows(Evaluation& evaluation, const TableRule& table, const Scope& scope) {
  const Rulebook& book = evaluation.rulebook();
  GapWalk walk(evaluation);
  Gap all;
  std::vector<Gap> rows;
  const auto results = evaluation.table_rows(table, scope);
  const auto answers = only_row(results);
  for (const TableRowResult& result : results) {
    if (answers == result.row || table.rows[result.row].otherwise) continue;
    Gap row;
    row.words = book.sources.words(table.rows[result.row].span);
    row.truth = result.fits;
    std::vector<Gap> cells;
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
      const auto& cell = table.rows[result.row].cells[i];
      if (!cell) continue;
      if (Gap part = walk.of_relation(table.inputs[i], *cell, scope, true); part.truth != Truth::Yes)
        cells.push_back(std::move(part));
    }
    const std::size_t count = cells.size();
    row.found = count == 0 ? "it fits, and an earlier row answers" : "";
    put_parts(row, std::move(cells), count);
    rows.push_back(std::move(row));
  }
  const std::size_t count = rows.size();
  put_parts(all, std::move(rows), count);
  return std::move(all.parts);
}

void put_parameters(WhyNot& out, Evaluation& evaluation, RuleId rule, std::vector<RuleId>& seen) {
  if (std::find(seen.begin(), seen.end(), rule) != seen.end()) return;
  seen.push_back(rule);
  const Rulebook& book = evaluation.rulebook();
  for (ParameterId id : parameters_read(book, rule)) {
    const auto on = book.parameter_on(id, evaluation.asked_on(out.as_at));
    if (!on) continue;
    const Parameter& parameter = book.parameters[on->index];
    std::string line = fmt::format("{} = {}", parameter.name,
                                   cell_in_words(evaluation.parameter(*on, {out.as_at}), book.type(parameter.type)));
    if (parameter.grounds.basis)
      line += fmt::format(", {}", basis_in_words(to_string(*parameter.grounds.basis), parameter.grounds.remark));
    if (std::find(out.parameters.begin(), out.parameters.end(), line) == out.parameters.end())
      out.parameters.push_back(std::move(line));
  }
  for (RuleId read : rules_read(book, rule))
    if (book.rule(read).kind == book.rule(rule).kind)
      put_parameters(out, evaluation, evaluation.on(read, out.as_at), seen);
}

}  // namespace

std::optional<WhyNot> why_not(Evaluation& evaluation, const Outcome& outcome) {
  const Rulebook& book = evaluation.rulebook();
  const Rule& rule = book.rule(outcome.rule);
  const auto* rating = std::get_if<RatingRule>(&rule.body);
  const auto* table = std::get_if<TableRule>(&rule.body);
  const bool condition = book.type(rule.type).kind == TypeKind::YesNo;
  if (!rating && !table && !condition) return std::nullopt;
  WhyNot out;
  out.rule = outcome.rule;
  out.name = rule.name;
  out.title = rule.title;
  out.subject = subject_text(evaluation.snapshot(), outcome.subject);
  out.subject_name = name_on(evaluation.snapshot(), outcome.subject, outcome.as_at);
  out.as_at = outcome.as_at;
  out.known_on = evaluation.snapshot().known_on();
  out.says = in_words(outcome, book);
  out.raised = condition && outcome.cell.truth() == Truth::Yes;
  const Moment moment{outcome.as_at};
  const Scope scope = evaluation.scope_of(outcome.rule, outcome.subject, moment);
  if (const ast::Criteria* criteria = criteria_of(rule)) {
    out.needed = needed_in_words(*criteria);
    out.stage = stage_in_words(evaluation, rule, outcome.subject, outcome.as_at);
  }
  if (rating) out.gaps = of_bands(evaluation, rule, *rating, scope, outcome.cell);
  if (table && !condition) out.gaps = of_rows(evaluation, *table, scope);
  if (condition && !out.raised) {
    Gap gap = GapWalk(evaluation).of_rule(outcome.rule, outcome.subject, moment, true);
    out.gaps = std::move(gap.parts);
  }
  if (rule.grounds.basis) out.basis = basis_in_words(to_string(*rule.grounds.basis), rule.grounds.remark);
  for (const Citation& cite : rule.grounds.cites) out.cites.push_back(cite_in_words(book, cite));
  std::vector<RuleId> seen;
  put_parameters(out, evaluation, outcome.rule, seen);
  return out;
}

std::vector<RuleId> criteria_from(Evaluation& evaluation, RuleId stage_rule, SubjectId subject, Date as_at) {
  const Rulebook& book = evaluation.rulebook();
  const auto regime = std::get<StageRule>(book.rule(stage_rule).body).regime;
  const Cell& stage = evaluation.rule(stage_rule, subject, {as_at});
  const auto at = [&](Label label) { return !stage.known() || std::get<Label>(stage.value()) == label; };
  const auto below = [&](Label label) { return !stage.known() || std::get<Label>(stage.value()) < label; };
  std::vector<RuleId> out;
  for (std::uint32_t index = 0; index < book.rules.size(); ++index) {
    if (!evaluation.is_for(RuleId{index}, subject) || !evaluation.in_force(RuleId{index}, as_at)) continue;
    const auto* enter = std::get_if<EnterRule>(&book.rules[index].body);
    const auto* exit = std::get_if<ExitRule>(&book.rules[index].body);
    if ((enter && enter->regime == regime && below(enter->stage)) || (exit && exit->regime == regime && at(exit->from)))
      out.push_back({index});
  }
  return out;
}

}  // namespace assay
