// Taken by text, given back reset.
#include "evidence/store/statement_shelf.h"

#include <sqlite3.h>

namespace assay {

StatementShelf::~StatementShelf() {
  for (const auto& [sql, statement] : idle_) sqlite3_finalize(statement);
}

sqlite3_stmt* StatementShelf::take(std::string_view sql) {
  const auto found = idle_.find(sql);
  if (found == idle_.end()) return nullptr;
  sqlite3_stmt* const statement = found->second;
  idle_.erase(found);
  return statement;
}

void StatementShelf::give_back(sqlite3_stmt* statement) {
  // A reset says again what went wrong in the last step: such a one is not used again.
  const bool sound = sqlite3_reset(statement) == SQLITE_OK && sqlite3_clear_bindings(statement) == SQLITE_OK;
  if (sound && idle_.size() < kMost) {
    idle_.emplace(sqlite3_sql(statement), statement);
  } else {
    sqlite3_finalize(statement);
  }
}

}  // namespace assay
