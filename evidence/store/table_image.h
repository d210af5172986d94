// Tables of a store as a SQLite database in memory, in SQLite's own file format
// (https://www.sqlite.org/fileformat2.html, sections 1.6 and 2.1). SQLite copies rows from table to table whole, where
// both have one definition: twice as fast as giving it the columns one by one. Private to evidence/store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/store/record_maker.h"

namespace assay {

class TableImage {
 public:
  // Of a database with nothing in it but these tables of the layout, empty, as tables at end (tables_at_end.h), made by
  // SQLite itself.
  static Result<TableImage> make(std::span<const std::string_view> tables);

  // All tables are empty again.
  void begin();
  // Tables in their order; one left out stays empty.
  void begin_table(std::size_t table);
  void add(std::int64_t id, const RecordMaker& record);  // ids ascend
  void end_table();
  // Good until the next begin(). SQLite may write to it.
  std::span<char> finish();

 private:
  void begin_leaf();
  void end_leaf();
  void write_root(std::size_t leaves);
  unsigned char* page(std::size_t number);  // from 1

  std::string image_;                       // as long as it ever was
  std::size_t tables_ = 0, root_ = 0;       // how many, and the page where the table at hand begins
  std::size_t first_leaf_ = 0, pages_ = 0;  // of the table at hand, and made so far
  std::size_t cells_ = 0, low_ = 0;         // of the leaf at hand: how many, and where the lowest begins
  std::int64_t last_id_ = 0;
  std::vector<std::int64_t> last_ids_;  // of each leaf done
};

}  // namespace assay
