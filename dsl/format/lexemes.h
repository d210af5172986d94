// A file as the formatter sees it: words, signs and texts in their order, each with the comments before it and with how
// the author broke the line there.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "dsl/syntax/node.h"

namespace assay::format {

struct Comment {
  std::string_view text;      // from its sign, without blanks at its end
  std::size_t column = 0;     // characters before it on its line
  bool own_line = false;      // nothing but blanks stands before it
  bool blank_before = false;  // an empty line does
};

// Views point into the file.
struct Lexeme {
  std::string_view text;
  std::uint32_t begin = 0;
  bool new_line = false;      // the author began a line with it
  bool blank_before = false;  // after an empty line
  std::vector<Comment> before;
};

struct Lexemes {
  std::vector<Lexeme> all;
  std::vector<Comment> at_end;

  // The first that begins at or after a place of the file.
  std::size_t from(std::uint32_t begin) const;
  std::size_t first_of(const syntax::Node& node) const { return from(node.begin); }
  std::size_t end_of(const syntax::Node& node) const { return from(node.end); }  // one past its last
};

// All of a file that reads without error.
Lexemes lexemes(std::string_view text);

// In characters.
std::size_t width(std::string_view text);

}  // namespace assay::format
