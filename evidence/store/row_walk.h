// A walk over many rows of one table: from its pages where that can be, else SQLite hands each row to an aggregate
// function of ours, which costs a third of stepping a statement and asking it for every column. Private to
// evidence/store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/core/result.h"
#include "evidence/store/database.h"
#include "evidence/store/table_pages.h"
#include "evidence/store/walked_row.h"

struct sqlite3;

namespace assay {

// Any number of walks, one after another; those within a transaction are all within the same.
class RowWalk {
 public:
  // `columns` as SQL names them, at most WalkedRow::kMostColumns; they live as long as this, as do the table's name and
  // the database.
  RowWalk(const Database& database, std::string_view columns, std::string_view table, std::string_view what);
  using See = TablePages::See;
  // Rows by ascending id, from low to high. What was wrong with the file, or with a row.
  Result<void> run(std::int64_t low, std::int64_t high, const See& see);

  // Gives a new connection the function that walks are made of. SQLite's code.
  static int add_function(sqlite3* connection);

 private:
  struct Visit;
  struct Step;
  Result<void> refuse(const WalkedRow& row);

  const Database* database_;
  std::string_view columns_, table_;
  std::string sql_, what_;
  Statement rows_;
  std::optional<std::optional<TablePages>> pages_;  // looked for at the first walk
};

}  // namespace assay
