// Reads comma separated values (RFC 4180) a row at a time, in bounded memory, hashing the file as it goes. Strict: what
// a spreadsheet would quietly mend is refused with its row and column. Or plain, for tables as others publish them: all
// rows alike, of any width, in UTF-8 or Windows-1252. Knows nothing of what the cells mean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"
#include "evidence/import/read_ahead.h"

namespace assay {

class CsvReader {
 public:
  static constexpr std::size_t kPiece = ReadAhead::kPiece;
  static constexpr std::size_t kRowLimit = 1 << 20;  // longest row, line breaks in quotes included

  using Source = ReadAhead::Source;
  enum class Step { Row, End, Fault };

  // Reads up to and including the headings. NotFound, Io, or BadInput for what cannot be a table of text.
  static Result<CsvReader> open(const std::string& path);
  static Result<CsvReader> read_from(Source source, std::string name);
  // The same without headings and without a width: next() gives the first row, whatever it holds.
  static Result<CsvReader> open_plain(const std::string& path);
  static Result<CsvReader> read_plain_from(Source source, std::string name);

  // The next row with anything in it. After End or Fault there is no more.
  Step next();
  const Error& fault() const { return *fault_; }

  // Spaces around a heading are left out; no two are the same.
  const std::vector<std::string>& headings() const { return headings_; }
  std::optional<std::size_t> find_heading(std::string_view heading) const;
  // As many as headings; good until next().
  std::span<const std::string_view> cells() const { return cells_; }
  // As a spreadsheet numbers it: the headings are row 1, empty rows count, a line break in quotes does not.
  std::uint64_t row() const { return row_; }
  const std::string& name() const { return name_; }  // of the file, as in places
  // "file: row 12, column value"; of the present row unless another is given.
  std::string place(std::string_view column) const { return place(column, row_); }
  std::string place(std::string_view column, std::uint64_t row) const;
  // Whether the row at hand is the last of a file that does not end with a line end: it may be cut short.
  bool ended_without_line_end() const { return ended_without_line_end_; }
  // Of a plain reading: how many cells were not UTF-8, and were read as Windows-1252.
  std::uint64_t cells_of_windows_1252() const { return cells_of_windows_1252_; }
  std::uint64_t bytes_read() const { return source_.bytes(); }
  Digest digest();  // of the whole file; after End

 private:
  CsvReader(Source source, std::string name);
  // One row, or nothing at the end; false after a fault.
  bool read_row(bool& at_end);
  std::size_t find_row_end();
  bool fill();
  bool split(char* begin, char* end);
  bool split_quoted(char* begin, char* end);
  bool check_bytes(std::string_view row);
  bool read_start();
  bool read_headings();
  bool read_as_windows_1252(std::size_t cell);
  bool check_width();
  bool refuse(std::string message, std::string help, std::size_t column);
  bool refuse_carriage_return(std::size_t column);
  bool refuse_long_row(char* begin, char* end);
  std::string column_name(std::size_t column) const;

  ReadAhead source_;
  std::string name_;
  bool plain_ = false;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;  // what is read and not yet given out
  bool no_more_ = false;             // the source has ended
  // Whether the buffer holds a byte that is not plain ASCII text, a quote, a carriage return.
  bool doubtful_ = false, quotes_ = false, returns_ = false;
  bool ended_without_line_end_ = false;
  std::uint64_t row_ = 0;
  std::vector<std::string> headings_;
  std::vector<std::string_view> cells_;
  std::deque<std::string> converted_;  // of the row at hand
  std::uint64_t cells_of_windows_1252_ = 0;
  std::optional<Error> fault_;
};

}  // namespace assay
