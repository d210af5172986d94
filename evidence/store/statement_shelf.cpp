// Taken by text, given back reset.
#include "evidence/store/statement_shelf.h"

#include <sqlite3.h>

namespace assay {

StatementShelf::~StatementShelf() {
  for (const auto& [sql, statements] : idle_)
    for (sqlite3_stmt* const statement : statements) sqlite3_finalize(statement);
}

sqlite3_stmt* StatementShelf::take(std::string_view sql) {
  const auto found = idle_.find(sql);
  if (found == idle_.end() || found->second.empty()) return nullptr;
  sqlite3_stmt* const statement = found->second.back();
  found->second.pop_back();
  return statement;
}

void StatementShelf::give_back(sqlite3_stmt* statement) {
  if (statement == nullptr) return;
  // A reset says again what went wrong in the last step: such a one is not used again.
  const bool sound = sqlite3_reset(statement) == SQLITE_OK && sqlite3_clear_bindings(statement) == SQLITE_OK;
  const std::string_view sql = sqlite3_sql(statement);
  auto place = sound ? idle_.find(sql) : idle_.end();
  if (sound && place == idle_.end() && idle_.size() < kMost)
    place = idle_.emplace(sql, std::vector<sqlite3_stmt*>()).first;
  if (place == idle_.end()) {
    sqlite3_finalize(statement);
  } else {
    place->second.push_back(statement);
  }
}

}  // namespace assay
