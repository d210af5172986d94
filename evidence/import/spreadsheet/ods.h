// OpenDocument spreadsheets (OASIS OpenDocument 1.3 part 3): sheets one after the other, as they stand in content.xml.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/import/spreadsheet/archive.h"
#include "evidence/import/spreadsheet/sheet_row.h"
#include "evidence/import/spreadsheet/xml_part.h"

namespace assay {

class OdsReader {
 public:
  static constexpr std::uint64_t kRepeatedCellsLimit = 10'000'000;  // that rows "repeated" may stand for

  static Result<OdsReader> open(const Archive& archive);
  static Result<std::vector<std::string>> sheet_names(const Archive& archive);

  // The sheet's number, from 0, and a fresh start where it has been passed.
  Result<void> go_to(std::size_t sheet);
  SheetStep next(SheetRow& row);
  std::uint64_t row() const { return row_; }
  const Error& fault() const { return *fault_; }

 private:
  OdsReader(Archive archive, XmlPart content) : archive_(std::move(archive)), content_(std::move(content)) {}
  bool next_sheet(std::string* name = nullptr);
  bool read_row(SheetRow& row);
  bool read_cell(std::string_view* text, bool covered);
  bool read_shown();
  bool read_paragraph();
  void add_text(std::string_view text);
  bool refuse(std::string message, std::string help);
  bool take_fault();

  Archive archive_;
  XmlPart content_;
  std::int64_t sheet_ = -1;
  bool in_sheet_ = false;
  std::uint64_t row_ = 0;
  std::uint64_t repeats_ = 0;  // how often the row at hand still comes again
  std::uint64_t repeated_cells_ = 0;
  std::string shown_, value_;  // of a cell
  bool after_blank_ = false;   // of the paragraph at hand
  std::optional<Error> fault_;
};

}  // namespace assay
