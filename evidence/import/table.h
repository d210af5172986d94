// A table with headings, out of whichever file holds one: CSV read strictly, for what people write to be imported; CSV
// read tolerantly or a sheet of a spreadsheet, for tables as others publish them; or, for a layout that takes the text
// as a whole, a JSON document.
//
// Tolerantly: notes may stand above the headings and below the table, two columns may be headed alike (the second is
// `HEADING (2)`), a sheet's row may end early, and CSV may be Windows-1252.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"
#include "evidence/import/csv.h"
#include "evidence/import/spreadsheet/spreadsheet.h"

namespace assay {

// Whether a heading is the one a layout asks for: in `LAD##CD` each # is a digit, and `Quarter|Period` is either.
bool heading_fits(std::string_view wanted, std::string_view heading);
// Without the white space around it; within it, one blank for any.
std::string heading_text(std::string_view cell);

class Table {
 public:
  static constexpr std::uint64_t kHeadingRows = 40;        // where headings are looked for, from the top
  static constexpr std::size_t kDocumentLimit = 16 << 20;  // bytes of a JSON document
  enum class Step { Row, End, Fault };

  explicit Table(CsvReader strict);
  const std::string& name() const { return name_; }  // of the file, as in places
  // Headings are found by next_headings().
  static Result<Table> open_tolerant(const std::string& path);
  static Result<Table> open_document(const std::string& path);

  // Of a tolerant table: goes on, through this sheet and those after it, to a row for which `are_headings` says so.
  // False when there is none, or at a fault, which a sheet without them is where its name begins with `needed`.
  bool next_headings(const std::function<bool(const Table&)>& are_headings, std::string_view needed = {});

  Step next();
  bool faulty() const { return fault_.has_value(); }
  const Error& fault() const { return *fault_; }

  const std::vector<std::string>& headings() const;
  // A row without columns named alike is asked for as layouts name headings; see heading_fits().
  std::optional<std::size_t> find_heading(std::string_view wanted) const;
  // As many as headings, where the table has them.
  std::span<const std::string_view> cells() const { return cells_; }
  std::uint64_t row() const;
  std::string_view document() const;
  std::string sheet() const;                // its name; empty where there are no sheets
  std::vector<std::string> sheets() const;  // all of them
  bool is_tolerant() const { return !std::holds_alternative<Strict>(source_); }
  std::uint64_t cells_of_windows_1252() const;

  // "sheet Table_1a, row 12, column outcome": without the file's name, which a store keeps once.
  std::string place_in_file(std::string_view column, std::uint64_t row) const;
  // The same with it, for messages.
  std::string place(std::string_view column, std::uint64_t row) const;
  std::string place(std::string_view column) const { return place(column, row()); }
  // So far; 0 of a file that is not read from its start to its end.
  std::uint64_t bytes_read() const;
  Digest digest();  // of the whole file; after End

 private:
  struct Strict {
    CsvReader csv;
  };
  struct Plain {
    CsvReader csv;
  };
  struct Sheets {
    Spreadsheet file;
    std::size_t next_sheet = 0;
  };
  struct Document {
    std::string text;
  };
  using Source = std::variant<Strict, Plain, Sheets, Document>;

  Table(Source source, std::string name) : source_(std::move(source)), name_(std::move(name)) {}
  Step next_raw();
  bool next_sheet();
  bool read_headings(const std::function<bool(const Table&)>& are_headings);
  Step fit_width(std::size_t filled);

  Source source_;
  std::string name_;
  std::vector<std::string> headings_;
  std::vector<std::string_view> cells_;
  std::optional<Error> fault_;
  bool ended_ = false;
};

}  // namespace assay
