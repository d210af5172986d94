// Excel workbooks (ECMA-376 part 1, SpreadsheetML): each sheet is a part of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/import/spreadsheet/sheet_row.h"
#include "evidence/import/spreadsheet/xlsx_parts.h"
#include "evidence/import/spreadsheet/xml_part.h"

namespace assay {

class XlsxReader {
 public:
  static Result<XlsxReader> open(const Archive& archive);
  std::vector<std::string> sheet_names() const;

  // The sheet's number, from 0.
  Result<void> go_to(std::size_t sheet);
  SheetStep next(SheetRow& row);
  std::uint64_t row() const { return row_; }
  const Error& fault() const { return *fault_; }

 private:
  struct Cell {
    std::string type, style;  // attributes t and s
    std::string value;        // of element v
    std::string text;         // of element is
    bool formula = false;
  };

  XlsxReader(Archive archive, XlsxParts parts) : archive_(std::move(archive)), parts_(std::move(parts)) {}
  bool read_row_number();
  bool read_row(SheetRow& row);
  bool read_cell(SheetRow& row, std::size_t& column);
  bool read_cell_parts();
  bool read_element_text(std::string& text);
  bool put(SheetRow& row, std::size_t column);
  std::optional<std::string> text_of_cell(std::size_t column);
  std::string number_of_cell() const;
  bool refuse(std::string message, std::string help, std::optional<std::size_t> column = {});
  SheetStep end();

  Archive archive_;
  XlsxParts parts_;
  std::optional<XmlPart> sheet_;
  std::size_t sheet_number_ = 0;
  std::uint64_t row_ = 0;
  Cell cell_;
  std::optional<Error> fault_;
};

// "C" is column 2; nothing for what is no column.
std::optional<std::size_t> column_by_letters(std::string_view letters);
std::string column_letters(std::size_t column);

}  // namespace assay
