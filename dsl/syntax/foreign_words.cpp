// The functions that people know.
#include "dsl/syntax/foreign_words.h"

#include <algorithm>
#include <array>

#include "evidence/core/text.h"

namespace assay::syntax {

namespace {

struct Function {
  std::string_view name, words;
};
constexpr auto kFunctions = std::to_array<Function>({
    {"and", "A and B"},
    {"average", "average of (...)"},
    {"avg", "average of (...)"},
    {"between", "is between A and B"},
    {"ceil", "... rounded up to whole"},
    {"ceiling", "... rounded up to whole"},
    {"coalesce", "first known of (...)"},
    {"count", "count of (...)"},
    {"countif", "count of COUNCILS where ..."},
    {"datediff", "days since EVENT, or one date less another"},
    {"exists", "any of COUNCILS meet ..."},
    {"floor", "... rounded down to whole"},
    {"if", "A when CONDITION otherwise B"},
    {"ifnull", "first known of (...)"},
    {"iif", "A when CONDITION otherwise B"},
    {"in", "is one of (...)"},
    {"isblank", "... is unknown"},
    {"isnull", "... is unknown"},
    {"len", "count of (...)"},
    {"length", "count of (...)"},
    {"max", "highest of (...)"},
    {"maximum", "highest of (...)"},
    {"mean", "average of (...)"},
    {"median", "median of (...)"},
    {"min", "lowest of (...)"},
    {"minimum", "lowest of (...)"},
    {"not", "not CONDITION"},
    {"or", "A or B"},
    {"percentage", "A as percent of B"},
    {"round", "... rounded to 2 places"},
    {"rounddown", "... rounded down to whole"},
    {"roundup", "... rounded up to whole"},
    {"size", "count of (...)"},
    {"sum", "sum of (...)"},
    {"sumif", "sum of X of COUNCILS where ..."},
    {"switch", "a rating with bands, or A when CONDITION otherwise B"},
});

}  // namespace

std::string_view said_in_words(std::string_view function) {
  const auto found = std::ranges::find(kFunctions, lower_case(function), &Function::name);
  return found == kFunctions.end() ? std::string_view() : found->words;
}

}  // namespace assay::syntax
