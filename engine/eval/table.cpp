// Decision tables (docs/language.md 6.2, 6.4): which rows fit, which are ruled out, and what those that are left give.
#include <algorithm>

#include "engine/eval/evaluation.h"
#include "engine/eval/truth_set.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

// Every cell that is not ruled out by a no; a cell whose input does not apply is no.
Truth fits(const std::vector<Cell>& cells) {
  Truth all = Truth::Yes;
  for (const Cell& cell : cells) {
    const bool never = !cell.applies() || (cell.high && !std::get<bool>(*cell.high));
    all = both(all, never ? Truth::No : cell.truth());
  }
  return all;
}

}  // namespace

bool is_left(const TableRowResult& row) { return row.reached && row.fits != Truth::No; }

std::optional<std::size_t> only_row(const std::vector<TableRowResult>& rows) {
  const auto first = std::find_if(rows.begin(), rows.end(), is_left);
  return first != rows.end() && first->fits == Truth::Yes ? std::optional(first->row) : std::nullopt;
}

std::vector<TableRowResult> Evaluation::table_rows(const TableRule& table, const Scope& scope) {
  std::vector<Cell> inputs;
  for (ast::ExprId input : table.inputs) inputs.push_back(expr(input, scope));
  std::vector<TableRowResult> rows;
  for (std::size_t at = 0; at < table.rows.size(); ++at) {
    const TableRule::Row& row = table.rows[at];
    TableRowResult result{.row = at};
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const ast::ExprId input = table.inputs[i];
      result.cells.push_back(row.cells[i] ? compare(inputs[i], *row.cells[i], rulebook_.type(input), input, scope)
                                          : Cell::of(Value(true)));
    }
    result.fits = fits(result.cells);
    if (row.otherwise) {
      for (const TableRowResult& other : rows) result.fits = both(result.fits, opposite(other.fits));
    }
    rows.push_back(std::move(result));
  }
  // Below the first that surely fits none is asked; of a `unique` table no other can fit.
  const auto sure = std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.fits == Truth::Yes; });
  if (sure != rows.end()) {
    for (auto row = rows.begin(); row != rows.end(); ++row) row->reached = table.unique ? row == sure : row <= sure;
  }
  for (TableRowResult& row : rows) {
    if (is_left(row)) row.value = row_value(table.rows[row.row], scope);
  }
  return rows;
}

// What a row gives; where it says that this is not known, the rule's own subject lacks it.
Cell Evaluation::row_value(const TableRule::Row& row, const Scope& scope) {
  Cell cell;
  if (row.value) {
    cell = expr(*row.value, scope);
  } else {
    const Rule& rule = rulebook_.rule(scope.rule);
    const FieldId of = snapshot_.schema().kind(rule.kind).register_field;
    cell = unknown_of(rulebook_.type(rule.type),
                      {scope.slots[0], of, scope.moment.date(), ReasonKind::Missing, row.because});
  }
  mark(cell, row.grounds, scope.moment.date());
  return cell;
}

Cell Evaluation::derive_table(const TableRule& body, const Scope& scope) {
  const auto rows = table_rows(body, scope);
  std::optional<Cell> cell;
  bool sure = false, may_be_none = false;
  Reasons why;
  Marks marks;
  for (const TableRowResult& row : rows) {
    for (const Cell& asked : row.cells) merge(marks, asked.marks);
    if (!is_left(row)) continue;
    cell = cell ? hull(*cell, row.value) : row.value;
    sure = sure || row.fits == Truth::Yes;
    for (const Cell& asked : row.cells) {
      if (!asked.unknown()) continue;
      merge(why, asked.why);
      may_be_none = may_be_none || asked.may_not_apply;
    }
  }
  // Proved: only where an input does not apply is there no row.
  if (!cell) cell = Cell::not_applicable();
  if (!sure && may_be_none && cell->applies() && !body.rows.back().otherwise) {
    cell->state = Cell::State::Unknown;
    cell->may_not_apply = true;
  }
  if (cell->unknown()) merge(cell->why, why);
  merge(cell->marks, marks);
  return *cell;
}

}  // namespace assay
