// Tables: the parts, then the proof over all cases. Parameters count with the values that the text gives them, at each
// date on which one begins.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dsl/check/expr_checker.h"
#include "dsl/check/table_cover.h"
#include "dsl/check/table_regions.h"
#include "dsl/check/tables.h"
#include "evidence/core/text.h"

namespace assay::checking {
namespace {

class TableChecker {
 public:
  TableChecker(Checker& checker, const ast::TableDecl& decl, RuleId id, const Scope& scope)
      : checker_(checker), decl_(decl), id_(id), exprs_(checker, scope) {}

  void check() {
    inputs();
    for (std::size_t at = 0; at < decl_.rows.size(); ++at) row(at);
    if (!sound_ || decl_.inputs.empty() || decl_.rows.empty()) return;
    std::set<Date> dates = parameter_dates();
    if (dates.empty()) dates.insert(checker_.book.ruleset(checker_.book.rule(id_).ruleset).in_force_from);
    for (const Date date : dates) {
      if (!prove(date)) return;
    }
    never_answering(*dates.rbegin());
  }

 private:
  void inputs();
  void row(std::size_t at);
  bool cell(const ast::Relation& relation, ast::ExprId input);
  std::set<Date> parameter_dates() const;
  void cut(Date date);
  bool prove(Date date);
  void never_answering(Date date);
  std::string in_words(const TableCase& found) const;

  Checker& checker_;
  const ast::TableDecl& decl_;
  RuleId id_;
  ExprChecker exprs_;
  bool sound_ = true;
  std::vector<std::vector<TableRegion>> regions_;  // by input
  std::vector<std::size_t> asking_;                // rows that ask, all but `otherwise`
  TableCover cover_;
};

void TableChecker::inputs() {
  for (const ast::ExprId input : decl_.inputs) {
    const TypeId type = exprs_.check(input);
    sound_ = sound_ && type != kErrorType;
    if (type == kErrorType || checker_.book.type(type).kind != TypeKind::Event) continue;
    sound_ = false;
    const Span span = checker_.book.tree.span(input);
    checker_.report(DiagnosticKind::EventAlone, span,
                    fmt::format("{} is an event, which is no value", checker_.quote(span)),
                    "ask `within the last` or `days since` of it");
  }
}

void TableChecker::row(std::size_t at) {
  const ast::TableRow& row = decl_.rows[at];
  const Rule rule = checker_.book.rule(id_);
  TableRule::Row made{.otherwise = row.otherwise, .value = row.value, .because = row.because, .span = row.span};
  made.cells = row.cells;
  made.grounds = checker_.grounds(rule.ruleset, row.grounds);
  if (row.value) exprs_.value(*row.value, rule.type, fmt::format("`{}`", decl_.name.text));
  if (row.otherwise && at + 1 < decl_.rows.size()) {
    sound_ = false;
    checker_.report(DiagnosticKind::Misplaced, row.span, "`row otherwise` is not the last row",
                    "it takes what no other row fits, and stands last");
  } else if (!row.otherwise && row.cells.size() != decl_.inputs.size()) {
    sound_ = false;
    checker_.report(DiagnosticKind::CellsMissing, row.cell_spans.empty() ? row.span : row.cell_spans.back(),
                    fmt::format("this row asks {}, the table has {} inputs", row.cells.size(), decl_.inputs.size()),
                    "one cell for each input, in their order; `any` where it does not matter");
  } else if (!row.otherwise) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (row.cells[i] && !cell(*row.cells[i], decl_.inputs[i])) sound_ = false;
    }
    asking_.push_back(at);
  }
  std::get<TableRule>(checker_.book.rules[id_.index].body).rows.push_back(std::move(made));
}

// What stands in a cell is written down or a parameter: else it could not be shown that every case has a row.
bool TableChecker::cell(const ast::Relation& relation, ast::ExprId input) {
  if (!exprs_.asked(relation, input)) return false;
  for (const ast::ExprId operand : relation.operands) {
    if (std::holds_alternative<ParameterRef>(checker_.book.resolved[operand.index]) ||
        table_constant(checker_.book, operand, Date{}))
      continue;
    const Span span = checker_.book.tree.span(operand);
    checker_.report(
        DiagnosticKind::CellNotConstant, span,
        fmt::format("{} is worked out, so it cannot be shown that every case has a row", checker_.quote(span)),
        "compare with what is written down or a parameter; what is worked out can be an input");
    return false;
  }
  return true;
}

std::set<Date> TableChecker::parameter_dates() const {
  std::set<Date> dates;
  for (const ast::TableRow& row : decl_.rows) {
    for (const auto& cell : row.cells) {
      if (!cell) continue;
      for (const ast::ExprId operand : cell->operands) {
        const auto* ref = std::get_if<ParameterRef>(&checker_.book.resolved[operand.index]);
        if (ref == nullptr) continue;
        for (const auto& dated : checker_.book.parameters[ref->parameter.index].values) dates.insert(dated.from);
      }
    }
  }
  return dates;
}

// The regions of each input as at a date, and what each row answers in them.
void TableChecker::cut(Date date) {
  regions_.clear();
  cover_ = {};
  cover_.rows.resize(asking_.size());
  for (std::size_t input = 0; input < decl_.inputs.size(); ++input) {
    std::vector<const ast::Relation*> column;
    for (const std::size_t at : asking_)
      if (const auto& cell = decl_.rows[at].cells[input]) column.push_back(&*cell);
    regions_.push_back(table_regions(checker_.book, decl_.inputs[input], column, date));
    cover_.regions.push_back(regions_.back().size());
    for (std::size_t i = 0; i < asking_.size(); ++i) {
      const auto& cell = decl_.rows[asking_[i]].cells[input];
      auto& may = cover_.rows[i].may.emplace_back();
      auto& surely = cover_.rows[i].surely.emplace_back();
      for (const TableRegion& region : regions_.back()) {
        const Truth answer = cell ? table_answer(checker_.book, decl_.inputs[input], *cell, region, date) : Truth::Yes;
        may.push_back(answer != Truth::No);
        surely.push_back(answer == Truth::Yes);
      }
    }
  }
}

std::string TableChecker::in_words(const TableCase& found) const {
  std::vector<std::string> parts;
  for (std::size_t input = 0; input < found.size(); ++input) {
    parts.push_back(fmt::format("{} is {}", checker_.quote(checker_.book.tree.span(decl_.inputs[input])),
                                regions_[input][found[input]].words));
  }
  return join_words(parts);
}

bool TableChecker::prove(Date date) {
  cut(date);
  bool whole = true;
  for (std::size_t b = 1; decl_.unique && b < asking_.size(); ++b) {
    for (std::size_t a = 0; a < b; ++a) {
      const auto shared = cover_.shared(a, b);
      if (!shared) continue;
      whole = false;
      checker_.report(DiagnosticKind::RowOverlap, decl_.rows[asking_[b]].span,
                      fmt::format("two rows fit where {}", in_words(*shared)),
                      "let each case have one row, or say `first` and put them in order",
                      {{decl_.rows[asking_[a]].span, "the other is here"}});
      break;
    }
  }
  if (decl_.rows.back().otherwise) return whole;
  const auto gap = cover_.uncovered(asking_.size(), false, {});
  if (gap.example) {
    checker_.report(DiagnosticKind::RowGap, decl_.name.span,
                    fmt::format("no row fits where {}", in_words(*gap.example)),
                    "add a row for it, or end with `row otherwise gives ...`");
  } else if (gap.too_large) {
    checker_.report(
        DiagnosticKind::TableTooLarge, decl_.name.span,
        fmt::format("the rows of `{}` are too many and too unlike to show that every case has one", decl_.name.text),
        "end with `row otherwise gives ...`, or make two tables of it");
  }
  return whole && !gap.example && !gap.too_large;
}

void TableChecker::never_answering(Date date) {
  if (parameter_dates().size() > 1) return;  // what never answers under one value may under another
  cut(date);
  const auto tell = [&](std::size_t at) {
    checker_.report(DiagnosticKind::RowNeverAnswers, decl_.rows[at].span,
                    "rows above take every case that this row fits", "leave it out, or move it up");
  };
  for (std::size_t i = 1; !decl_.unique && i < asking_.size(); ++i) {
    const auto left = cover_.uncovered(i, true, i);
    if (!left.example && !left.too_large) tell(asking_[i]);
  }
  if (!decl_.rows.back().otherwise) return;
  const auto left = cover_.uncovered(asking_.size(), true, {});
  if (!left.example && !left.too_large) tell(decl_.rows.size() - 1);
}

}  // namespace

void check_table(Checker& checker, const ast::TableDecl& decl, RuleId id, const Scope& scope) {
  TableChecker(checker, decl, id, scope).check();
}

}  // namespace assay::checking
