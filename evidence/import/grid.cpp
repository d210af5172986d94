// Spreadsheets by their reader, everything else as CSV without headings.
#include "evidence/import/grid.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "evidence/core/text.h"
#include "evidence/import/csv.h"
#include "evidence/import/spreadsheet/spreadsheet.h"

namespace assay {

namespace {

template <class Cells>
GridRow row_of(std::uint64_t number, const Cells& cells) {
  GridRow row{number, {}};
  for (const std::string_view cell : cells) row.cells.emplace_back(trim(cell));
  return row;
}

tl::unexpected<Error> too_long(const std::string& file) {
  return fail(ErrorCode::BadInput, fmt::format("the file has more than {} rows", Grid::kMostRows), file,
              "a mapping is for lists that people keep; give a table of this size a layout");
}

Result<Grid> read_spreadsheet(const std::string& path, Grid grid) {
  auto file = Spreadsheet::open(path);
  if (!file) return tl::unexpected(file.error());
  std::size_t rows = 0;
  for (std::size_t i = 0; i < file->sheets().size(); ++i) {
    if (auto there = file->go_to(i); !there) return tl::unexpected(there.error());
    GridSheet& sheet = grid.sheets.emplace_back(GridSheet{file->sheets()[i], {}});
    Spreadsheet::Step step;
    while ((step = file->next()) == Spreadsheet::Step::Row) {
      if (++rows > Grid::kMostRows) return too_long(grid.file);
      sheet.rows.push_back(row_of(file->row(), file->cells()));
    }
    if (step == Spreadsheet::Step::Fault) return tl::unexpected(file->fault());
  }
  grid.digest = file->digest();
  return grid;
}

Result<Grid> read_csv(const std::string& path, Grid grid) {
  auto csv = CsvReader::open_plain(path);
  if (!csv) return tl::unexpected(csv.error());
  GridSheet& sheet = grid.sheets.emplace_back();
  CsvReader::Step step;
  while ((step = csv->next()) == CsvReader::Step::Row) {
    if (sheet.rows.size() == Grid::kMostRows) return too_long(grid.file);
    sheet.rows.push_back(row_of(csv->row(), csv->cells()));
  }
  if (step == CsvReader::Step::Fault) return tl::unexpected(csv->fault());
  grid.digest = csv->digest();
  return grid;
}

}  // namespace

const std::string& GridRow::cell(std::size_t column) const {
  static const std::string kEmpty;
  return column < cells.size() ? cells[column] : kEmpty;
}

std::string Grid::place_in_file(const GridSheet& sheet, std::uint64_t row, std::string_view column) const {
  std::string out;
  const auto add = [&](std::string_view what, std::string_view which) {
    if (!which.empty()) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", what, which);
  };
  add("sheet", sheet.name);
  add("row", row == 0 ? std::string() : std::to_string(row));
  add("column", column);
  return out;
}

std::string Grid::place(const GridSheet& sheet, std::uint64_t row, std::string_view column) const {
  const std::string within = place_in_file(sheet, row, column);
  return within.empty() ? file : fmt::format("{}: {}", file, within);
}

Result<Grid> read_grid(const std::string& path) {
  Grid grid;
  grid.file = std::filesystem::path(path).filename().string();
  char start[8] = {};
  std::ifstream in(path, std::ios::binary);
  in.read(start, sizeof start);
  const std::string_view first(start, static_cast<std::size_t>(in.gcount()));
  return Spreadsheet::begins_like_one(first) ? read_spreadsheet(path, std::move(grid))
                                             : read_csv(path, std::move(grid));
}

}  // namespace assay
