// One row that a walk has come by, read as strictly as a Statement reads, with the same words for what does not belong
// there. Private to evidence/store.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/core/digest.h"

namespace assay {

class WalkedRow {
 public:
  static constexpr std::size_t kMostColumns = 13;  // of the rows of evidence
  enum class Type : std::uint8_t { Null, Integer, Text, Blob, Other };
  struct Cell {
    Type type = Type::Null;
    std::int64_t integer = 0;
    std::string_view bytes;  // of a text or a blob
  };
  explicit WalkedRow(std::string_view columns) : columns_(columns) {}  // "id, subject, ...", for messages

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
  const std::optional<std::string>& refused() const { return refused_; }

  // For whoever walks.
  std::array<Cell, kMostColumns> cells;

 private:
  const Cell& cell(int column) const { return cells[static_cast<std::size_t>(column)]; }
  void refuse_column(int column, std::string_view wanted);

  std::string_view columns_;
  std::optional<std::string> refused_;
};

}  // namespace assay
