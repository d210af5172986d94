// Words of time: within the last, for N consecutive, days since, previous, ago (docs/language.md 5.5 to 5.7).
#include <fmt/format.h>

#include "dsl/check/expr_checker.h"
#include "dsl/check/time_steps.h"

namespace assay::checking {

void ExprChecker::event(ast::ExprId id, std::string_view words) {
  const TypeId found = check(id);
  if (found == kErrorType || the(found).kind == TypeKind::Event) return;
  checker_.report(DiagnosticKind::NotAnEvent, span(id),
                  fmt::format("{} is {}, not an event", quote(id), say(the(found))),
                  fmt::format("`{}` asks when an event last was", words));
}

TypeId ExprChecker::within_time(ast::ExprId id, ast::ExprId operand, Expected expected) {
  constexpr int kTimeWordsMax = 2;
  ++scope_.time_words;
  const TypeId found = check(operand, expected);
  --scope_.time_words;
  if (found == kErrorType || scope_.time_words < kTimeWordsMax) return found;
  checker_.report(DiagnosticKind::TooFarBack, span(id),
                  fmt::format("{} is the third word of time round one another", quote(id)),
                  "at most two: put one in a define of its own");
  return kErrorType;
}

TypeId ExprChecker::type(ast::ExprId, const ast::WithinLast& node, Expected) {
  event(node.event, "within the last");
  return plain(TypeKind::YesNo);
}

TypeId ExprChecker::type(ast::ExprId, const ast::DaysSince& node, Expected) {
  event(node.event, node.months ? "months since" : "days since");
  return plain(node.months ? TypeKind::Months : TypeKind::Days);
}

TypeId ExprChecker::type(ast::ExprId id, const ast::SinceEntering& node, Expected) {
  if (!scope_.in_regime)
    return misplaced(span(id), node.months ? "months since entering" : "days since entering",
                     "it stands in the criteria of a regime");
  return plain(node.months ? TypeKind::Months : TypeKind::Days);
}

bool ExprChecker::steps_within(std::uint32_t count, Span at) {
  if (count > 0 && count <= kStepsMax) return true;
  checker_.report(DiagnosticKind::TooFarBack, at,
                  fmt::format("{} steps back; at least 1 and at most {} are looked at", count, kStepsMax));
  return false;
}

TypeId ExprChecker::type(ast::ExprId id, const ast::Consecutive& node, Expected) {
  const TypeId found = within_time(id, node.test, {});
  if (found == kErrorType) return kErrorType;
  if (the(found).kind != TypeKind::YesNo) {
    checker_.report(DiagnosticKind::NotACondition, span(node.test),
                    fmt::format("{} is {}, not a condition", quote(node.test), say(the(found))),
                    "only what is so or not can be so for a time");
    return kErrorType;
  }
  if (!steps_within(node.count, span(id))) return kErrorType;
  checker_.asked_every.push_back({node.test, node.unit, false});
  return plain(TypeKind::YesNo);
}

TypeId ExprChecker::type(ast::ExprId id, const ast::Previous& node, Expected expected) {
  const TypeId found = within_time(id, node.operand, expected);
  if (found == kErrorType) return kErrorType;
  const bool evidence = std::holds_alternative<FieldOf>(checker_.book.resolved[node.operand.index]);
  if (evidence && the(found).kind != TypeKind::Event) return found;
  checker_.report(DiagnosticKind::NoReadings, span(node.operand),
                  fmt::format("{} has no readings of its own", quote(node.operand)),
                  "`previous` is asked of evidence: a state or a series");
  return kErrorType;
}

void ExprChecker::steps_of(ast::ExprId operand, Duration back, FieldId series) {
  const FieldDef& field = checker_.book.schema.field(series);
  const auto steps = steps_in(back, *field.every);
  if (!steps) {
    checker_.report(DiagnosticKind::ReadTooSeldom, span(operand),
                    fmt::format("`{}` has a reading every {}, of which {} is no whole number", field.name,
                                to_string(*field.every), back.to_string()),
                    fmt::format("go back by whole {}s", to_string(*field.every)));
  } else if (*steps > kStepsMax) {
    checker_.report(DiagnosticKind::TooFarBack, span(operand),
                    fmt::format("{} readings back; at most {} are looked at", *steps, kStepsMax));
  }
}

TypeId ExprChecker::type(ast::ExprId id, const ast::Ago& node, Expected expected) {
  const TypeId found = within_time(id, node.operand, expected);
  if (found == kErrorType) return kErrorType;
  if (the(found).kind == TypeKind::Event) {
    checker_.report(DiagnosticKind::EventAlone, span(node.operand),
                    fmt::format("{} is an event, which is no value", quote(node.operand)), "ask `days since` of it");
    return kErrorType;
  }
  for (const FieldId series : series_in(checker_.book, node.operand)) steps_of(node.operand, node.duration, series);
  return found;
}

void ExprChecker::same_steps(ast::ExprId a, ast::ExprId b) {
  const auto left = series_in(checker_.book, a), right = series_in(checker_.book, b);
  if (left.empty() || right.empty()) return;
  const FieldDef& x = checker_.book.schema.field(left.front());
  const FieldDef& y = checker_.book.schema.field(right.front());
  if (x.every == y.every && x.due_within == y.due_within) return;
  const auto when = [](const FieldDef& field) {
    return fmt::format("has a reading every {}{}", to_string(*field.every),
                       field.due_within ? ", due within " + field.due_within->to_string() : "");
  };
  checker_.report(DiagnosticKind::StepsDiffer, span(b),
                  fmt::format("`{}` {}, `{}` {}", y.name, when(y), x.name, when(x)),
                  "calculate with readings of the same times");
}

}  // namespace assay::checking
