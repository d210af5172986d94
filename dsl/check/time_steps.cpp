// Steps of series.
#include "dsl/check/time_steps.h"

#include <algorithm>

#include "dsl/syntax/children.h"

namespace assay::checking {
namespace {

int months_of(Step step) {
  switch (step) {
    case Step::Month:
      return 1;
    case Step::Quarter:
      return 3;
    case Step::Year:
    case Step::FinancialYear:
      return 12;
    default:
      return 0;
  }
}

// Days between readings, near enough to say which of two is longer.
int rough_days(Step step) {
  constexpr int kDaysInMonth = 30;
  if (step == Step::Day) return 1;
  if (step == Step::Week) return 7;
  return months_of(step) * kDaysInMonth;
}

Step step_of(ast::ConsecutiveUnit unit) {
  switch (unit) {
    case ast::ConsecutiveUnit::Weeks:
      return Step::Week;
    case ast::ConsecutiveUnit::Months:
      return Step::Month;
    case ast::ConsecutiveUnit::Quarters:
      return Step::Quarter;
    case ast::ConsecutiveUnit::Years:
      return Step::Year;
    default:
      return Step::Day;
  }
}

void gather(const Rulebook& book, ast::ExprId id, std::vector<FieldId>& found) {
  const auto add = [&](FieldId field) {
    if (book.schema.field(field).occurrence != Occurrence::Series) return;
    if (std::find(found.begin(), found.end(), field) == found.end()) found.push_back(field);
  };
  const Resolved& resolved = book.resolved[id.index];
  if (const auto* field = std::get_if<FieldOf>(&resolved)) add(field->field);
  if (const auto* set = std::get_if<SetRef>(&resolved); set != nullptr && set->value) {
    if (const auto* field = std::get_if<FieldOf>(&*set->value)) add(field->field);
  }
  const ast::Expr& node = book.tree.expr(id);
  if (const auto* when = std::get_if<ast::When>(&node)) {
    gather(book, when->value, found);
    gather(book, when->otherwise, found);
  } else if (const auto* aggregate = std::get_if<ast::Aggregate>(&node)) {
    if (aggregate->each || aggregate->op == ast::AggregateOp::Count || aggregate->op == ast::AggregateOp::Share) return;
    if (const auto* list = std::get_if<ast::ListOf>(&aggregate->range)) {
      for (const ast::ExprId member : list->members) gather(book, member, found);
    } else {
      gather(book, std::get<ast::SetOf>(aggregate->range).set, found);
    }
  } else {
    ast::for_each_child(node, [&](ast::ExprId child) { gather(book, child, found); });
  }
}

}  // namespace

std::optional<std::uint32_t> steps_in(Duration length, Step step) {
  const bool in_days = step == Step::Day || step == Step::Week;
  if (in_days != (length.unit == Duration::Unit::Days) || length.count < 0) return std::nullopt;
  const int each = in_days ? rough_days(step) : months_of(step);
  if (length.count % each != 0) return std::nullopt;
  return static_cast<std::uint32_t>(length.count / each);
}

bool is_coarser(Step step, ast::ConsecutiveUnit unit) {
  return unit != ast::ConsecutiveUnit::Readings && rough_days(step) > rough_days(step_of(unit));
}

std::string_view to_string(ast::ConsecutiveUnit unit) {
  switch (unit) {
    case ast::ConsecutiveUnit::Readings:
      return "reading";
    case ast::ConsecutiveUnit::Days:
      return "day";
    case ast::ConsecutiveUnit::Weeks:
      return "week";
    case ast::ConsecutiveUnit::Months:
      return "month";
    case ast::ConsecutiveUnit::Quarters:
      return "quarter";
    case ast::ConsecutiveUnit::Years:
      return "year";
  }
  return "";
}

std::vector<FieldId> series_in(const Rulebook& book, ast::ExprId expr) {
  std::vector<FieldId> found;
  gather(book, expr, found);
  return found;
}

}  // namespace assay::checking
