// What a rule takes for granted, told to its author: a number that nobody published, written into a rule where it
// cannot be seen or argued about; and an absence that is read as an answer.
#include <algorithm>

#include <fmt/format.h>

#include "dsl/check/reads.h"
#include "dsl/syntax/children.h"

namespace assay::checking {
namespace {

// A limit is more or less; `is 4` says which, not how much.
bool sets_limit(ast::RelationOp op) {
  using enum ast::RelationOp;
  switch (op) {
    case AtLeast:
    case AtMost:
    case MoreThan:
    case LessThan:
    case BetterThan:
    case WorseThan:
    case AtLeastAsGoodAs:
    case OrBetter:
    case OrWorse:
    case Between:
      return true;
    case Equal:
    case OneOf:
    case Known:
    case Unknown:
    case Applicable:
    case Raised:
    case Clear:
    case Undetermined:
      return false;
  }
  return false;
}

class Presumptions {
 public:
  explicit Presumptions(Checker& checker) : checker_(checker) {}

  void numbers(ast::ExprId id) {
    const ast::Expr& expr = tree().expr(id);
    if (const auto* compare = std::get_if<ast::Compare>(&expr)) limits(compare->relation, is_count(compare->lhs));
    if (const auto* quantified = std::get_if<ast::Quantified>(&expr); quantified && quantified->each)
      limits(*quantified->each, false);
    if (const auto* aggregate = std::get_if<ast::Aggregate>(&expr); aggregate && aggregate->each)
      limits(*aggregate->each, false);
    const auto* method = std::get_if<MethodRef>(&checker_.book.resolved[id.index]);
    if (method) formulas_.push_back(method->method);
    ast::for_each_child(expr, [&](ast::ExprId child) { numbers(child); });
    if (method) formulas_.pop_back();
  }

  void cells(const TableRule& table, const Grounds& of_table) {
    for (const auto& row : table.rows) {
      const auto basis = row.grounds.basis ? row.grounds.basis : of_table.basis;
      if (basis != ast::BasisKind::Proposed) continue;
      // A row may ask more than there are inputs, which has been said.
      for (std::size_t i = 0; i < std::min(row.cells.size(), table.inputs.size()); ++i) {
        if (row.cells[i]) limits(*row.cells[i], is_count(table.inputs[i]));
      }
    }
  }

  void absences(ast::ExprId id) {
    const ast::Expr& expr = tree().expr(id);
    if (ignores_missing<ast::Quantified>(expr) || ignores_missing<ast::Aggregate>(expr) ||
        ignores_missing<ast::Position>(expr) || ignores_missing<ast::Spread>(expr)) {
      checker_.report(DiagnosticKind::AbsenceRead, tree().span(id),
                      "what is missing here is left out, and decides nothing", kHelp);
    }
    if (const auto* first = std::get_if<ast::FirstKnownOf>(&expr); first && !first->operands.empty()) {
      const ast::ExprId last = first->operands.back();
      if (std::holds_alternative<ast::Literal>(tree().expr(last))) {
        checker_.report(DiagnosticKind::AbsenceRead, tree().span(last),
                        fmt::format("where nothing is known {} is taken", checker_.quote(tree().span(last))), kHelp);
      }
    }
    ast::for_each_child(expr, [&](ast::ExprId child) { absences(child); });
  }

 private:
  static constexpr const char* kHelp = "keep it only where absence is an answer: every outcome will say so";

  const ast::Tree& tree() const { return checker_.book.tree; }

  template <class Node>
  static bool ignores_missing(const ast::Expr& expr) {
    const auto* node = std::get_if<Node>(&expr);
    return node && node->ignoring_missing;
  }

  bool is_count(ast::ExprId id) const {
    return checker_.book.types[checker_.book.expr_types[id.index].index].kind == TypeKind::Whole;
  }

  void limits(const ast::Relation& relation, bool count) {
    if (!sets_limit(relation.op)) return;
    for (const ast::ExprId operand : relation.operands) {
      const auto* literal = std::get_if<ast::Literal>(&tree().expr(operand));
      const auto* negated = std::get_if<ast::Negate>(&tree().expr(operand));
      if (negated) literal = std::get_if<ast::Literal>(&tree().expr(negated->operand));
      if (!literal || !is_numeric(literal->kind) || (count && says_how_many(*literal))) continue;
      if (is_published(tree().span(operand))) continue;
      checker_.report(
          DiagnosticKind::BareLimit, tree().span(operand),
          fmt::format("{} is a number without a source: the rule is proposed", checker_.quote(tree().span(operand))),
          "make it a `parameter`, with a title and a date, shown in each outcome");
    }
  }

  // Whether it stands in the formula of a method that says where it comes from.
  bool is_published(Span at) const {
    return std::ranges::any_of(formulas_, [&](MethodId id) {
      const Method& method = checker_.book.methods[id.index];
      const Span formula = tree().span(method.value);
      return formula.file == at.file && formula.begin <= at.begin && at.end <= formula.end &&
             method.grounds.basis != ast::BasisKind::Proposed;
    });
  }

  // Of a count, 0, 1 and 2 say none, one and several.
  static bool says_how_many(const ast::Literal& literal) {
    return std::get<Decimal>(literal.value) == Decimal::from_int(0) ||
           std::get<Decimal>(literal.value) == Decimal::from_int(1) ||
           std::get<Decimal>(literal.value) == Decimal::from_int(2);
  }

  Checker& checker_;
  std::vector<MethodId> formulas_;  // of the calls around
};

bool is_proposed(const Grounds& grounds) { return grounds.basis == ast::BasisKind::Proposed; }

}  // namespace

void check_presumptions(Checker& checker) {
  Presumptions presumptions(checker);
  for (const Rule& rule : checker.book.rules) {
    if (rule.local_of) continue;  // of the national rule it has been said
    if (is_trigger(rule)) {
      for (const ast::ExprId expr : deciding_exprs(rule)) presumptions.absences(expr);
    }
    if (const auto* define = std::get_if<DefineRule>(&rule.body)) {
      if (is_proposed(rule.grounds)) presumptions.numbers(define->value);
      for (const auto& but : define->buts) {
        const Grounds& grounds = but.grounds.basis ? but.grounds : rule.grounds;
        if (is_proposed(grounds)) presumptions.numbers(but.condition);
      }
      continue;
    }
    if (const auto* table = std::get_if<TableRule>(&rule.body)) presumptions.cells(*table, rule.grounds);
    if (is_proposed(rule.grounds)) {
      for (const ast::ExprId expr : deciding_exprs(rule)) presumptions.numbers(expr);
    }
  }
}

}  // namespace assay::checking
