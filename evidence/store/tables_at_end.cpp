// What SQLite offers for this is a row of its own in the list of tables (https://www.sqlite.org/pragma.html,
// writable_schema): same first page, other text.
#include "evidence/store/tables_at_end.h"

#include <fmt/format.h>

#include "evidence/core/check.h"
#include "evidence/store/layout_text.h"

namespace assay {
namespace {

constexpr std::string_view kWhat = "the list of its tables";
constexpr const char* kReadAnew = "PRAGMA writable_schema=RESET;";

}  // namespace

std::string at_end_of(std::string_view table) { return fmt::format("{}_at_end", table); }

std::string definition_at_end(std::string_view table) {
  std::string text = table_definition(table);
  const std::string begin = fmt::format("CREATE TABLE {}(id INTEGER PRIMARY KEY", table);
  CHECK(text.starts_with(begin) && text.ends_with(';') && text.find('\'') == std::string::npos);
  text.pop_back();
  return text.replace(0, begin.size(), fmt::format("CREATE TABLE {}(id INTEGER", at_end_of(table)));
}

// They are put into the list, read from there with all others, and taken out again: what the connection has read it
// knows.
Result<void> know_tables_at_end(const Database& database, std::span<const std::string_view> tables) {
  std::string put = "PRAGMA writable_schema=ON;", take = put;
  for (const std::string_view table : tables) {
    put += fmt::format(
        "INSERT INTO main.sqlite_schema SELECT 'table', '{0}', '{0}', rootpage, '{1}' FROM main.sqlite_schema "
        "WHERE type = 'table' AND name = '{2}';",
        at_end_of(table), definition_at_end(table), table);
    take += fmt::format("DELETE FROM main.sqlite_schema WHERE name = '{}';", at_end_of(table));
  }
  auto done = database.execute(put + kReadAnew, kWhat);
  if (done) done = database.execute(take + "PRAGMA writable_schema=OFF;", kWhat);
  if (!done) forget_tables_at_end(database);
  return done;
}

// RESET also takes the right to write the list away.
void forget_tables_at_end(const Database& database) { static_cast<void>(database.execute(kReadAnew, kWhat)); }

}  // namespace assay
