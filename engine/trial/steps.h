// What stands one step beside a value, or beside a count of several. Pure.
#pragma once

#include <string>
#include <vector>

#include "dsl/syntax/ast.h"
#include "evidence/core/value.h"

namespace assay {

// One step under and over a value, in its own unit: the last place written, the next label; none outside its type.
std::vector<Value> steps_from(const Value& value, const ValueType& type);
Decimal step_of(Decimal value);

// `at least 2 of`, and what it may be made: one more or one fewer. `members`: of a list; 0 of a set.
struct Counted {
  ast::Quantity quantity;
  std::uint32_t count;
};
std::vector<Counted> other_counts(Counted of, std::size_t members);
std::string count_words(Counted of);

}  // namespace assay
