// A walk over many rows of one table. SQLite hands each to an aggregate function of ours, which costs a third of
// stepping a statement and asking it for every column. Private to evidence/store.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"
#include "evidence/store/database.h"

struct sqlite3;

namespace assay {

// One row, read as strictly as a Statement reads, with the same words for what does not belong there.
class WalkedRow {
 public:
  static constexpr std::size_t kMostColumns = 13;  // of the rows of evidence
  enum class Type : std::uint8_t { Null, Integer, Text, Blob, Other };
  struct Cell {
    Type type = Type::Null;
    std::int64_t integer = 0;
    std::string_view bytes;  // of a text or a blob
  };

  bool is_null(int column) const { return cell(column).type == Type::Null; }
  bool is_text(int column) const { return cell(column).type == Type::Text; }
  std::int64_t integer(int column, std::int64_t low = std::numeric_limits<std::int64_t>::min(),
                       std::int64_t high = std::numeric_limits<std::int64_t>::max()) {
    const Cell& held = cell(column);
    if (held.type == Type::Integer && held.integer >= low && held.integer <= high) [[likely]]
      return held.integer;
    refuse_column(column, "a number that belongs there");
    return low;
  }
  std::string_view text(int column);  // UTF-8; these live until the row has been seen
  std::string_view blob(int column);
  Digest digest(int column);
  void refuse(std::string_view why) {
    if (!refused_) refused_ = why;
  }
  bool sound() const { return !refused_; }

 private:
  friend class RowWalk;
  explicit WalkedRow(std::string_view columns) : columns_(columns) {}
  const Cell& cell(int column) const { return cells_[static_cast<std::size_t>(column)]; }
  void refuse_column(int column, std::string_view wanted);

  std::array<Cell, kMostColumns> cells_;
  std::string_view columns_;  // "id, subject, ...", for messages
  std::optional<std::string> refused_;
};

// Any number of walks, one after another.
class RowWalk {
 public:
  // `columns` as SQL names them, at most WalkedRow::kMostColumns; they live as long as this, as does the database.
  RowWalk(const Database& database, std::string_view columns, std::string_view table, std::string_view what);
  // Sees a row; false: go no further.
  using See = std::function<bool(WalkedRow&)>;
  // Rows by ascending id, from low to high. What was wrong with the file, or with a row.
  Result<void> run(std::int64_t low, std::int64_t high, const See& see);

  // Gives a new connection the function that walks are made of. SQLite's code.
  static int add_function(sqlite3* connection);

 private:
  struct Visit;
  struct Step;
  const Database* database_;
  std::string_view columns_;
  std::string sql_, what_;
  Statement rows_;
};

}  // namespace assay
