// Where a clause may go on in a new line when it is too long for one, and how far that line stands in. Found from the
// tree by the kinds of node that matter and, for all others, by the words that begin a part.
#pragma once

#include <optional>
#include <vector>

#include "dsl/format/lexemes.h"

namespace assay::format {

enum class BreakRule {
  Always,
  // Every break of the group, where what lies from `group` to `until` does not fit in one line.
  Group,
  // Where what lies up to `until` does not fit on the line.
  Rest,
  // Where what lies up to the next possible break does not fit on the line.
  Next,
  // As Next; but where the group does not fit in one line and the author broke it into lines that fit, those stay.
  Fill,
};

struct Break {
  BreakRule rule{};
  std::size_t group = 0, until = 0;  // lexemes
  std::size_t anchor = 0;            // the new line begins in the column of this lexeme
  std::size_t further = 0;           // or so many columns further in
  std::size_t blanks = 1;            // before it where the line is not broken
};

struct Breaks {
  std::vector<std::optional<Break>> before;  // by lexeme
  std::vector<bool> glued;                   // by lexeme: no blank before it
};

// Of all declarations of a file.
class BreakFinder {
 public:
  explicit BreakFinder(const Lexemes& in);
  void declaration(const syntax::Node& node);
  Breaks take() { return std::move(out_); }

 private:
  // `tail`: the lexeme at which what goes on after the node, as `rounded to` does, ends.
  void visit(const syntax::Node& node, std::size_t tail);
  void parts(const syntax::Node& node, std::size_t tail);
  void part(const syntax::Node& node, std::size_t lead, const syntax::Node& child, std::size_t tail);
  void commas(const syntax::Node& node);
  void list_of(const syntax::Node& node, const std::vector<const syntax::Node*>& members);
  void given(const syntax::Node& node);
  void put(std::size_t at, Break found);

  const Lexemes& in_;
  Breaks out_;
};

}  // namespace assay::format
