// Which units may be added, multiplied and divided, and what comes of it (docs/language.md 3.3, 3.4). One table for the
// whole language.
#pragma once

#include <optional>

#include "dsl/syntax/ast.h"
#include "evidence/core/value.h"

namespace assay::checking {

// Numbers, percents, points, money, durations and dates; scales, choices, texts, yes/no and events only compare.
bool calculates(TypeKind kind);

// The kind that `a op b` gives; nothing when the two do not meet so.
std::optional<TypeKind> arithmetic_kind(ast::ArithmeticOp op, TypeKind a, TypeKind b);
// Of `a as percent of b`: may the two be put side by side?
bool makes_percent(TypeKind part, TypeKind whole);
// May several values of this kind be added up, and be averaged?
bool adds_up(TypeKind kind);
// What an average or median of the kind is: halves of whole numbers are decimal.
TypeKind averaged(TypeKind kind);
bool may_be_negated(TypeKind kind);

}  // namespace assay::checking
