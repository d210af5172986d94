// A block of typed rows as a SQLite database in memory, in SQLite's own file format
// (https://www.sqlite.org/fileformat2.html, sections 1.6 and 2.1). SQLite copies rows from table to table whole, where
// both have one definition: twice as fast as giving it the columns one by one. Private to evidence/store.
#pragma once

#include <cstddef>
#include <string>

#include "evidence/core/result.h"
#include "evidence/store/block.h"
#include "evidence/store/stored_row.h"

namespace assay {

class BlockImage {
 public:
  // Of a database with nothing in it but an empty table, made by SQLite itself.
  static Result<BlockImage> make();
  // Good until the next call. SQLite may write to it.
  std::string& build(const Block& block);

 private:
  void begin_leaf();
  void add_cell(const StoredRow& row);
  void end_leaf(std::int64_t last_row);
  void write_root(std::size_t leaves);
  unsigned char* page(std::size_t number);  // from 1

  std::string image_;
  std::size_t pages_ = 0;                // made so far
  std::size_t cells_ = 0, low_ = 0;      // of the leaf at hand: how many, and where the lowest begins
  std::vector<std::int64_t> last_rows_;  // of each leaf done
};

}  // namespace assay
