// Units to lines: blanks, breaks and comments. Breaks are chosen from left to right, each once, so the cost grows with
// the length of the text.
#pragma once

#include <string>
#include <vector>

#include "dsl/format/breaks.h"
#include "dsl/format/units.h"

namespace assay::format {

class Writer {
 public:
  Writer(const Lexemes& in, const Breaks& breaks);

  // Sets the columns of a group's units from all of them.
  struct Columns {
    std::vector<std::size_t> at;
  };
  Columns columns(const std::vector<const Unit*>& units, const Group& group) const;
  // The width of the unit in one line.
  std::size_t flat_width(const Unit& unit, const Columns& columns) const;

  // The unit's lines, each with its end. A comment that the author wrote at the end of it stays there where there is
  // room; otherwise it stands before the unit.
  std::string unit(const Unit& unit, const Columns& columns);

 private:
  std::size_t blanks(std::size_t at) const { return breaks_.glued[at] ? 0 : 1; }
  // Lexemes `first` to `until` in one line, with the signs that cling to them; no more than asked for is counted.
  std::size_t flat(std::size_t first, std::size_t until, std::size_t unit_end) const;
  std::size_t next_break(std::size_t after, std::size_t unit_end) const;
  bool is_broken(const Break& here, std::size_t at, std::size_t column, const Unit& unit);
  bool authors_lines_fit(const Break& here, const Unit& unit);
  bool has_inner_comment(const Unit& unit) const;
  void put(std::size_t at);
  void new_line(std::size_t at, std::size_t indent);
  std::size_t continued(std::size_t at, const Unit& unit) const;
  std::string with_comment(std::string lines, const Unit& unit) const;

  const Lexemes& in_;
  const Breaks& breaks_;
  std::vector<std::size_t> column_;  // by lexeme, once it is written
  std::string out_;
  std::size_t at_column_ = 0;
  std::size_t filled_ = kNone;  // the list last asked about, by its first lexeme, and whether the author's lines fit
  bool filled_fits_ = false;
};

}  // namespace assay::format
