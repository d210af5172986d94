// Steps of series: how many of them a length of time is, which series an expression calculates with, and whether they
// are read often enough.
#pragma once

#include <optional>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay::checking {

// A rule looks at most this many steps back (docs/language.md 8.4).
inline constexpr std::uint32_t kStepsMax = 40;

// A length of time as a whole number of steps; nothing where it is none.
std::optional<std::uint32_t> steps_in(Duration length, Step step);
// Are readings at every `step` too far apart for a question put at every `unit`?
bool is_coarser(Step step, ast::ConsecutiveUnit unit);
std::string_view to_string(ast::ConsecutiveUnit unit);

// Series whose readings an expression calculates with directly, each once; not those read in its conditions or through
// other rules.
std::vector<FieldId> series_in(const Rulebook& book, ast::ExprId expr);

}  // namespace assay::checking
