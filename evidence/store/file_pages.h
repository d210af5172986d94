// The pages of a store's file, where they are all there is: read as bytes, by "Database File Format"
// (sqlite.org/fileformat2.html, section 1.3). Private to evidence/store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "evidence/store/database.h"

struct sqlite3_file;

namespace assay {

class FilePages {
 public:
  // Nothing where SQLite has to be asked: outside a transaction that reads, or where some of the store stands in the
  // write-ahead log. While the transaction lasts, none folds the log into the file, since its reader goes by the file
  // alone (sqlite.org/wal.html). Holds for that transaction; the database outlives it.
  static std::optional<FilePages> open(const Database& database);
  // From 2 on, since the first is the file's own; until the next is asked for. Empty where there is none.
  std::string_view page(std::uint32_t number);

 private:
  FilePages() = default;
  bool read_header();

  sqlite3_file* file_ = nullptr;
  std::uint32_t pages_ = 0;
  std::size_t page_size_ = 0;
  std::vector<char> read_;  // pages from `first_read_` on
  std::uint32_t first_read_ = 0;
};

}  // namespace assay
