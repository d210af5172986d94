// Which cases the rows of a table cover (docs/language.md 6.4, 8.4). Each input's values fall into regions within which
// every cell of its column gives one answer; a row is then a box of regions. Knows no names and no text.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace assay::checking {

// A region of each input, or one value for each.
using TableCase = std::vector<std::size_t>;

struct TableCover {
  std::vector<std::size_t> regions;  // of each input, how many
  // Of each row and input, by region: may the cell be yes there? May it be so surely?
  struct Row {
    std::vector<std::vector<bool>> may, surely;
  };
  std::vector<Row> rows;

  struct Found {
    std::optional<TableCase> example;
    bool too_large = false;  // given up: the rows are too many, and too unlike one another
  };
  // A case within the box of row `within` (absent: any case) that none of the first `count` rows may fit; with
  // `surely`, that none of them surely fits.
  Found uncovered(std::size_t count, bool surely, std::optional<std::size_t> within) const;
  // A case that both rows surely fit.
  std::optional<TableCase> shared(std::size_t a, std::size_t b) const;
};

}  // namespace assay::checking
