// A file of a council's own, as it stands: every sheet with all its rows, before anything is known of headings. For
// lists that people keep by hand, so it is held in memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"

namespace assay {

struct GridRow {
  std::uint64_t number = 0;  // as the spreadsheet numbers it
  std::vector<std::string> cells;
  const std::string& cell(std::size_t column) const;  // without white space around it; empty beyond the last
};

struct GridSheet {
  std::string name;  // empty: a file without sheets
  std::vector<GridRow> rows;
};

struct Grid {
  static constexpr std::size_t kMostRows = 100'000;  // of all sheets
  std::string file;                                  // its name, for places
  std::vector<GridSheet> sheets;
  Digest digest;

  // "file.xlsx: sheet Library, row 14, column Owner"; without a row or a column where none is given.
  std::string place(const GridSheet& sheet, std::uint64_t row = 0, std::string_view column = {}) const;
  // The same without the file, which a store keeps once.
  std::string place_in_file(const GridSheet& sheet, std::uint64_t row, std::string_view column) const;
};

Result<Grid> read_grid(const std::string& path);

}  // namespace assay
