// A spreadsheet file, OpenDocument (.ods) or Excel (.xlsx), read a row at a time: cells as the text a reader sees, with
// numbers in full. Needs no name of the format; says of every fault where it stands. Knows nothing of what the cells
// mean.
//
// What a cell gives: a number "18.6" (15 digits, as spreadsheet programs show), a percentage "39.1%", a date
// "2025-03-05", or as far as it is shown, "2025-03" for the first of a month shown as Mar-25; "true", "false"; the text
// of a text, with a line feed where the cell has a new line; "#N/A" and its like as they stand. A merged cell stands
// where its upper left corner is. Formulas give the result that was saved with them. Hidden rows, columns and sheets
// are read like others.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"

namespace assay {

class Spreadsheet {
 public:
  enum class Step { Row, End, Fault };

  // Whether a file that begins so may be a spreadsheet, also an old or locked one, which open() then refuses.
  static bool begins_like_one(std::string_view first_bytes);
  // NotFound, Io, or BadInput: damaged, locked by a password, of another format, or one that would unpack to too much.
  static Result<Spreadsheet> open(const std::string& path);
  static Result<Spreadsheet> from_bytes(std::string bytes, std::string name);

  // In their order. Never none.
  const std::vector<std::string>& sheets() const;
  // To the beginning of a sheet; CHECKs that there is one of that number. Cheapest in their order.
  Result<void> go_to(std::size_t sheet);
  std::size_t sheet() const;

  // The next row of the sheet with anything in it. After End or Fault there is no more of this sheet. At first there is
  // no sheet, so go_to() comes before.
  Step next();
  // Up to the last that holds anything; good until next().
  std::span<const std::string_view> cells() const;
  std::uint64_t row() const;  // as the spreadsheet numbers it, from 1
  const Error& fault() const;
  // "file.ods: sheet Table_1a, row 12"; with a column, by number, also ", column C".
  std::string place() const;
  std::string place(std::size_t column) const;
  // "A", "AB": how a spreadsheet names a column.
  static std::string column_name(std::size_t column);

  Digest digest() const;  // of the whole file

  ~Spreadsheet();
  Spreadsheet(Spreadsheet&&) noexcept;
  Spreadsheet& operator=(Spreadsheet&&) noexcept;

 private:
  struct State;
  explicit Spreadsheet(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace assay
