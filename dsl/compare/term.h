// An expression in the form in which two editions of a rule are compared: what layout, comments, chosen names of
// members and the order of members say nothing about is gone. Never evaluated. Internal to dsl/compare.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay {

struct Term {
  enum class Kind {
    Number,     // a literal: number, date, yes/no or label as its place
    Text,       // a literal text
    Field,      // detail: whose, and the field's name
    RuleValue,  // likewise of a rule
    Parameter,
    And,
    Or,
    Not,
    Compare,      // parts: what is compared, then with what
    Asked,        // what is asked of each member: as Compare, without a first part
    Within,       // number: of days or months, as detail says
    Consecutive,  // number: how many
    Quantified,   // number: of how many; parts: range, then what is asked
    List,
    Set,  // parts: Where, Meet, Other
    Where,
    Meet,
    Sum,
    Minus,
    Product,
    Per,
    Rounded,
    Aggregate,
    Other,  // anything else: compared as a whole
  };
  Kind kind = Kind::Other;
  std::string detail;
  std::optional<Decimal> number;
  std::vector<Term> parts;
  // Of Compare and Asked: with no direction of evidence left in it.
  ast::RelationOp op = ast::RelationOp::Equal;
  bool negated = false;
  const ValueType* type = nullptr;  // of what is compared; of the rulebook
  // Equal for equal terms; orders members whose order says nothing.
  std::string key() const;
};

// Does it divide, or look for what may not be there? Then it may not apply, whatever its evidence says.
bool may_find_nothing(const Term& term);

Term term_of(const Rulebook& rulebook, ast::ExprId expr);

}  // namespace assay
