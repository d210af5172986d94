// What is found is compared with what SQLite writes down of a store made now, or as it was made at the time.
#include "evidence/store/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "evidence/store/layout_text.h"
#include "evidence/store/outline_table.h"
#include "evidence/store/segment_table.h"

namespace assay {
namespace {

struct Definition {
  std::string type, name, table, sql;
  friend bool operator==(const Definition&, const Definition&) = default;
};

Result<std::vector<Definition>> definitions(const Database& database) {
  std::vector<Definition> found;
  Statement all = database.prepare("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY rowid",
                                   "the list of its tables");
  while (all.next()) {
    found.push_back(
        {std::string(all.text(0)), std::string(all.text(1)), std::string(all.text(2)), std::string(all.text(3))});
  }
  if (auto done = all.end(); !done) return tl::unexpected(done.error());
  // What is derived may be there or not; what only bears its name is not ours.
  std::erase_if(found, [](const Definition& one) {
    const auto is_it = [&](const DerivedDefinition& known) { return known.name == one.name && known.sql == one.sql; };
    const auto segments = segment_definitions();
    return is_it(outline_definition()) || std::any_of(segments.begin(), segments.end(), is_it);
  });
  return found;
}

Result<void> make(const Database& database, Made made) {
  return database.execute(fmt::format("{}PRAGMA application_id={}; PRAGMA user_version={};", layout_text(made),
                                      kApplicationId, made == Made::Now ? kFormat : kFirstFormat),
                          "the tables of a new store");
}

// Made once for each: a store in memory says how SQLite writes the definitions down.
Result<std::vector<Definition>> model_definitions(Made when) {
  auto model = Database::open(":memory:", Database::Mode::Create);
  if (!model) return tl::unexpected(model.error());
  if (auto made = make(*model, when); !made) return tl::unexpected(made.error());
  return definitions(*model);
}
const Result<std::vector<Definition>>& expected_definitions(Made when) {
  static const auto kNow = model_definitions(Made::Now), kBefore = model_definitions(Made::WithAllEntries),
                    kFirst = model_definitions(Made::WithExactDates);
  return when == Made::Now ? kNow : when == Made::WithAllEntries ? kBefore : kFirst;
}

}  // namespace

std::int64_t format_of(const Database& database) {
  Statement header = database.prepare("PRAGMA user_version", "the header of the file");
  return header.next() ? header.integer(0) : 0;
}

Result<void> make_layout(const Database& database) { return make(database, Made::Now); }

Result<void> verify_layout(const Database& database) {
  const auto found = definitions(database);
  if (!found) return tl::unexpected(found.error());
  const bool now = format_of(database) == kFormat;
  if (const auto& first = expected_definitions(Made::WithExactDates); !now && first && *first == *found) return {};
  const auto& expected = expected_definitions(now ? Made::Now : Made::WithAllEntries);
  if (!expected) return tl::unexpected(expected.error());
  for (std::size_t i = 0; i < std::max(expected->size(), found->size()); ++i) {
    if (i >= expected->size()) {
      return fail(
          ErrorCode::Corruption,
          fmt::format("the store holds a {} `{}` that does not belong to it", (*found)[i].type, (*found)[i].name),
          database.path(), "drop it, then verify again");
    }
    if (i >= found->size() || (*found)[i] != (*expected)[i]) {
      return fail(
          ErrorCode::Corruption,
          fmt::format("the {} `{}` of the store is not as it was made", (*expected)[i].type, (*expected)[i].name),
          database.path(), "restore the store from a copy, then verify it");
    }
  }
  return {};
}

}  // namespace assay
