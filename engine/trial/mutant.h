// Changes to rules, one small one at a time, as an author's slip would make them; and which of them no scenario
// notices.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay {

struct Mutant {
  enum class Kind {
    Threshold,    // a limit, a parameter's value or the edge of a band, one step over or under
    Comparison,   // `at least` made `more than`, `is` made `is not`
    Condition,    // one of several left out
    Consecutive,  // one reading fewer
    Count,        // one more or fewer of several
    Exception,    // an `unless` or a `but` left out
    Number,       // a number that is reckoned with, one more or less
  };
  Kind kind = Kind::Threshold;
  // What is changed, and what it becomes.
  struct ExprChange {
    ast::ExprId expr;
    ast::Expr to;
    std::optional<Resolved> resolved;  // of a label
  };
  struct RuleChange {
    RuleId rule;
    decltype(Rule::body) to;
  };
  struct ParameterChange {
    ParameterId parameter;
    std::size_t dated = 0;
    Value to;
  };
  std::variant<ExprChange, RuleChange, ParameterChange> change;
  std::optional<RuleId> rule;  // it stands in; none for a parameter
  Span span;
  std::string words, changed_to;  // the author's, and the change in plain English
  bool no_difference = false;     // no value lies between the old and the new: nothing could show it
};

// In the order declared: of the rules, then of the parameters, that are picked.
struct Picked {
  std::function<bool(RuleId)> rule;
  std::function<bool(ParameterId)> parameter;
};
std::vector<Mutant> mutants_of(const Rulebook& book, const Picked& picked);

void apply(const Mutant& mutant, Rulebook& book);
// Puts back what apply() changed; `as_it_was` is the rulebook that the copy was made of.
void undo(const Mutant& mutant, Rulebook& book, const Rulebook& as_it_was);

struct MutantResult {
  Mutant mutant;
  std::string killed_by;  // the title of the first scenario that fails; empty: it survives
  int reached_by = 0;     // scenarios that expect something of what it could touch
};
// In the same order. On as many threads as the machine has; the same results whatever their number.
std::vector<MutantResult> try_mutants(const Rulebook& book, std::vector<Mutant> mutants);

}  // namespace assay
