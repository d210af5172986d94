// Decision tables: the values of the inputs, the row that answers or those not ruled out, and the rows either side with
// what rules them out (docs/language.md 6.4, 10.1).
#include <algorithm>

#include <fmt/format.h>

#include "engine/explain/proof.h"
#include "engine/explain/words.h"

namespace assay {

namespace {

// The rows that are left, and those either side of them; all where none is left.
bool is_near(const std::vector<TableRowResult>& rows, std::size_t at) {
  const bool below = at > 0 && is_left(rows[at - 1]), above = at + 1 < rows.size() && is_left(rows[at + 1]);
  return is_left(rows[at]) || below || above || std::none_of(rows.begin(), rows.end(), is_left);
}

// The inputs that the rows shown rest on: what those that are left ask, and what rules the others out.
std::vector<bool> inputs_asked(const TableRule& body, const std::vector<TableRowResult>& rows) {
  std::vector<bool> asked(body.inputs.size(), false);
  for (const TableRowResult& row : rows) {
    if (!row.reached || !is_near(rows, row.row)) continue;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const bool no = !row.cells[i].applies() || row.cells[i].truth() == Truth::No;
      if (!body.rows[row.row].cells[i] || (!is_left(row) && !no)) continue;
      asked[i] = true;
      if (!is_left(row)) break;
    }
  }
  return asked;
}

}  // namespace

void Proof::put_table(ProofStep& step, const TableRule& body, const Scope& scope) {
  const std::vector<TableRowResult> rows = evaluation().table_rows(body, scope);
  const std::vector<bool> asked = inputs_asked(body, rows);
  std::vector<std::string> values;
  for (std::size_t i = 0; i < body.inputs.size(); ++i) {
    if (!asked[i]) continue;
    const ast::ExprId input = body.inputs[i];
    values.push_back(fmt::format("{} {}", evaluation().title_of(input),
                                 plain_in_words(cell_of(input, scope), rulebook().type(input))));
    operands(input, scope, step.children);
  }
  const auto left = static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), is_left));
  const auto answers = only_row(rows);
  if (!values.empty()) step.note = fmt::format("{}: ", fmt::join(values, ", "));
  if (answers) {
    step.words = shared_.authored.at(body.rows[*answers].span).words;
    step.note += fmt::format("row {} of {} fits", *answers + 1, rows.size());
  } else {
    step.words = body.unique ? "the one row that fits" : "the first row that fits";
    step.note += left == 0 ? "no row fits where an input does not apply"
                           : fmt::format("{} of {} rows are not ruled out", left, rows.size());
  }
  std::size_t aside = 0;
  for (const TableRowResult& row : rows) {
    if (is_near(rows, row.row))
      step.children.push_back(table_row(body, row, scope));
    else
      ++aside;
  }
  if (aside > 0) step.note += fmt::format("; {} other{} not shown", aside, aside == 1 ? "" : "s");
  if (!answers) return;
  const Grounds& grounds = body.rows[*answers].grounds;
  if (!grounds.basis && grounds.cites.empty()) return;
  if (!step.basis.empty())
    step.note += fmt::format("; instead of the table, which is {}", basis_in_words(step.basis, step.remark));
  put_grounds(step, shared_.authored.of(grounds));
}

// Of a row that is ruled out, the first cell that is no, and how far it is from turning; of one that is left, the cells
// that are open, and what it gives.
StepId Proof::table_row(const TableRule& body, const TableRowResult& result, const Scope& scope) {
  const TableRule::Row& row = body.rows[result.row];
  const StepId id = add();
  ProofStep step;
  step.kind = ProofStep::Kind::TableRow;
  step.on = scope.moment.date();
  const Authored::Text& text = shared_.authored.at(row.span);
  step.words = text.words;
  step.place = text.place;
  put_grounds(step, shared_.authored.of(row.grounds));
  step.result = !result.reached                 ? "not reached, a row above fits"
                : result.fits == Truth::Yes     ? "fits"
                : result.fits == Truth::Unknown ? "not ruled out"
                                                : "does not fit";
  if (!result.reached && body.unique) step.result = "does not fit, another row does";
  std::vector<std::string> notes;
  for (std::size_t i = 0; result.reached && i < row.cells.size(); ++i) {
    const Cell& cell = result.cells[i];
    if (!row.cells[i]) continue;
    const bool no = !cell.applies() || cell.truth() == Truth::No;
    if (result.fits == Truth::No && !no) continue;
    if (result.fits == Truth::Unknown && cell.truth() != Truth::Unknown) continue;
    notes.push_back(fmt::format("{}: {}", evaluation().title_of(body.inputs[i]),
                                relation_in_words(*row.cells[i], body.inputs[i], scope)));
    // The inputs stand beside the rows; what a cell compares with stands below it.
    for (ast::ExprId operand : row.cells[i]->operands) operands(operand, scope, step.children);
    if (result.fits == Truth::No) break;
  }
  if (is_left(result) && !row.value) notes.push_back(fmt::format("gives unknown: {}", row.because));
  step.note = fmt::format("{}", fmt::join(notes, ", "));
  if (is_left(result) && row.value) {
    operands(*row.value, scope, step.children);
    if (!is_plain(*row.value)) {
      if (const std::string put = put_in(*row.value, scope); !put.empty())
        step.note += fmt::format("{}gives {} = {}", step.note.empty() ? "" : "; ", put,
                                 plain_in_words(result.value, rulebook().type(*row.value)));
    }
  } else if (is_left(result)) {
    const FieldId of = snapshot().schema().kind(rulebook().rule(scope.rule).kind).register_field;
    // What is wanting is not in the register, but in what the table rests on.
    const Rule& table = rulebook().rule(scope.rule);
    step.children.push_back(named_absence({scope.slots[0], of, scope.moment.date(), ReasonKind::Missing, row.because},
                                          table.title, table.name));
  }
  steps_[id.index] = std::move(step);
  return id;
}

}  // namespace assay
