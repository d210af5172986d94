// A declaration as units, each of which begins a line: its head, its clauses, and in some clauses further ones below
// them. Found from the tree: whatever stands in a declaration and is not a mere part of its head is a clause, so that
// a clause that the grammar gains takes its line without a word here.
#pragma once

#include <optional>
#include <vector>

#include "dsl/format/lexemes.h"

namespace assay::format {

inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

struct Unit {
  std::size_t first = 0, end = 0;  // lexemes
  std::size_t indent = 0;
  std::size_t group = kNone;       // of units that share columns
  std::vector<std::size_t> stops;  // the lexeme that begins in each column of the group; kNone where there is none
  bool apart = false;              // an empty line stands before it, whatever the author wrote
};

// Columns that units share: before each at least so many blanks.
struct Group {
  std::vector<std::size_t> gaps;
  std::size_t column_min = 0;  // of the first
};

struct Units {
  std::vector<Unit> all;
  std::vector<Group> groups;
};

// Whether what is said of a stage, and the cells of a table, stand in columns of one line.
enum class Rows { Whole, Broken };
Units units_of(const syntax::Node& declaration, const Lexemes& in, Rows rows);
// The declaration as one unit, where its kind is said in one line when there is room.
std::optional<Units> one_line_of(const syntax::Node& declaration, const Lexemes& in);

}  // namespace assay::format
