// The rows of a table read from its pages, at a fifth of what SQLite takes to hand them over. It goes by "Database File
// Format" (sqlite.org/fileformat2.html, sections 1.6 and 2.1), which SQLite promises to keep, and takes a row only if
// all of it is as it should be there: at anything else it stops, and SQLite is asked. So nothing is judged here.
// Private to evidence/store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "evidence/store/file_pages.h"
#include "evidence/store/walked_row.h"

namespace assay {

class TablePages {
 public:
  // `columns` are all of the table, from its id on, in its order. Nothing where SQLite has to be asked (FilePages), or
  // the table is another. Holds while the transaction does.
  static std::optional<TablePages> open(const Database& database, std::string_view table, std::string_view columns);

  // Sees a row; false: go no further.
  using See = std::function<bool(WalkedRow&)>;
  enum class Ended : std::uint8_t { Seen, Stopped, Unclear };
  // Rows by ascending id, from `low` to `high`. `low` comes to be what is to be seen next.
  Ended walk(std::int64_t& low, std::int64_t high, WalkedRow& row, const See& see);

 private:
  struct Walk;
  TablePages(FilePages pages, std::uint32_t root, std::size_t columns)
      : pages_(std::move(pages)), root_(root), columns_(columns) {}
  Ended visit(Walk& walk, std::uint32_t number, int depth);
  Ended visit_leaf(Walk& walk, std::string_view page);

  FilePages pages_;
  std::uint32_t root_;
  std::size_t columns_;
};

}  // namespace assay
