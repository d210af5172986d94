// Pages, and references between tables. Of rows and names the walk looks at every reference anyhow: each number of a
// name is one that was loaded, and of a text or an earlier row is one that was come by.
#include "evidence/store/verify_file.h"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace assay {
namespace {

Result<std::vector<std::string>> tables_to_check(const Database& database) {
  std::vector<std::string> tables;
  Statement name = database.prepare(
      "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT IN "
      "('observation', 'text_value', 'subject', 'field', 'label') ORDER BY rowid",
      "the list of its tables");
  while (name.next()) tables.emplace_back(name.text(0));
  if (auto done = name.end(); !done) return tl::unexpected(done.error());
  return tables;
}

Result<void> verify_file(const Database& database) {
  Statement pages = database.prepare("PRAGMA main.integrity_check(1)", "the pages of the file");
  while (pages.next()) {
    if (const std::string_view said = pages.text(0); said != "ok") pages.refuse(said);
  }
  if (auto done = pages.end(); !done) return done;
  const auto tables = tables_to_check(database);
  if (!tables) return tl::unexpected(tables.error());
  for (const std::string& table : *tables) {
    Statement references =
        database.prepare(fmt::format("PRAGMA main.foreign_key_check(\"{}\")", table), "the references between tables");
    if (references.next())
      references.refuse(fmt::format("a row of {} refers to one that is not there", references.text(0)));
    if (auto done = references.end(); !done) return done;
  }
  return {};
}

}  // namespace

FileCheck::FileCheck(const Database& database, SecondReader* second) : database_(database), second_(second) {
  if (second_) given_ = second_->give([this](const Database& own) { done_ = verify_file(own); });
}

FileCheck::~FileCheck() {
  if (second_) second_->settle(given_);
}

Result<void> FileCheck::result() {
  if (second_) second_->settle(given_);
  return done_ ? *done_ : verify_file(database_);
}

}  // namespace assay
