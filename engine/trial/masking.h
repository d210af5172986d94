// Whether one answer of one condition decides what a rule gives, and what decides instead where it does not.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/trial/condition.h"
#include "engine/trial/trial.h"

namespace assay {

// A rule asked of a subject for a moment, in a scenario.
struct Asking {
  Evaluation& evaluation;
  const Trial& trial;
  Evaluation::Asked asked;
};

// One time that an expression of the rule was answered: of whom and for when.
struct Answering {
  ast::ExprId expr;
  bool of_member = false;
  std::vector<SubjectId> slots;
  Moment moment;
  friend auto operator<=>(const Answering&, const Answering&) = default;
};

struct Derived {
  Cell outcome;
  std::map<Answering, Cell> cells;  // of every expression of the rule
};
// The rule as it stands, or with answers changed.
Derived derive_watched(const Asking& asking);
Derived derive_changed(const Asking& asking, const std::map<Answering, Truth>& to);

// Do two cells say the same? Reasons and marks set aside.
bool same_answer(const Cell& a, const Cell& b);

// Where a changed answer stopped making a difference.
struct Masking {
  std::optional<ast::ExprId> at;  // none: in the rule itself, among its parts
  std::size_t depth = 0;          // expressions around the condition that came out the same: 0 is the rule itself
};
// Nothing where another answer changes the outcome.
std::optional<Masking> masked(const Asking& asking, const Derived& base, const Condition& condition,
                              const Answering& at);
// "`support_not_enough` is no", "the recorded stage, Directed, decides".
std::string in_words(const Asking& asking, const Derived& base, const Condition& condition, const Answering& at,
                     const Masking& masking);

}  // namespace assay
