// Statements at rest, kept by their text until they are asked for again: to prepare one costs more than to read a row
// with it. Private to evidence/store.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3_stmt;

namespace assay {

// Of one connection, and used like it by one thread at a time. Closed before its connection, or the file stays open
// until it is.
class StatementShelf {
 public:
  StatementShelf() = default;
  StatementShelf(const StatementShelf&) = delete;
  StatementShelf& operator=(const StatementShelf&) = delete;
  ~StatementShelf();
  // Null where none of that text is here.
  sqlite3_stmt* take(std::string_view sql);
  // Reset, with nothing bound; finalised where there is no room.
  void give_back(sqlite3_stmt* statement);

 private:
  static constexpr std::size_t kMost = 128;                              // texts
  std::map<std::string, std::vector<sqlite3_stmt*>, std::less<>> idle_;  // a text stays when its statement is taken
};

}  // namespace assay
