// The function's first argument is the visit, which no SQL but ours can have. Rows of a table that has no index come by
// ascending id; whoever sees them checks their numbers all the same.
#include "evidence/store/row_walk.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>

#include "evidence/core/check.h"

namespace assay {
namespace {

constexpr const char* kVisit = "assay row walk";  // the type of the pointer
constexpr const char* kFunction = "see_row";

WalkedRow::Cell read_cell(sqlite3_value* value) {
  const auto bytes = [value](const void* begin) {
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
    return std::string_view(static_cast<const char*>(begin), begin == nullptr ? 0 : size);
  };
  switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
      return {};
    case SQLITE_INTEGER:
      return {WalkedRow::Type::Integer, sqlite3_value_int64(value), {}};
    case SQLITE_TEXT:
      return {WalkedRow::Type::Text, 0, bytes(sqlite3_value_text(value))};
    case SQLITE_BLOB:
      return {WalkedRow::Type::Blob, 0, bytes(sqlite3_value_blob(value))};
    default:
      return {WalkedRow::Type::Other, 0, {}};
  }
}

}  // namespace

struct RowWalk::Visit {
  const See* see;
  WalkedRow row;
  bool stopped = false;
};

struct RowWalk::Step {
  static void take(sqlite3_context* context, int count, sqlite3_value** values) noexcept {
    auto* const kept = static_cast<Visit**>(sqlite3_aggregate_context(context, sizeof(Visit*)));
    if (kept == nullptr) return sqlite3_result_error_nomem(context);
    if (*kept == nullptr) *kept = static_cast<Visit*>(sqlite3_value_pointer(values[0], kVisit));
    Visit* const visit = *kept;
    if (visit == nullptr) return sqlite3_result_error(context, "not for others", -1);
    for (int i = 1; i < count; ++i) visit->row.cells[static_cast<std::size_t>(i) - 1] = read_cell(values[i]);
    if ((*visit->see)(visit->row) && visit->row.sound()) return;
    visit->stopped = true;
    sqlite3_result_error(context, "seen enough", -1);
  }
  static void end(sqlite3_context*) {}
};

RowWalk::RowWalk(const Database& database, std::string_view columns, std::string_view table, std::string_view what)
    : database_(&database),
      columns_(columns),
      table_(table),
      sql_(fmt::format("SELECT {}(?, {}) FROM {} WHERE id >= ? AND id <= ?", kFunction, columns, table)),
      what_(what),
      rows_(database.prepare(sql_, what)) {
  CHECK(static_cast<std::size_t>(std::count(columns.begin(), columns.end(), ',')) < WalkedRow::kMostColumns);
}

Result<void> RowWalk::run(std::int64_t low, std::int64_t high, const See& see) {
  Visit visit{&see, WalkedRow(columns_)};
  if (!pages_) pages_ = TablePages::open(*database_, table_, columns_);
  if (auto& pages = *pages_) {
    const TablePages::Ended ended = pages->walk(low, high, visit.row, see);
    if (ended == TablePages::Ended::Seen) return {};
    if (ended == TablePages::Ended::Stopped) return refuse(visit.row);
  }
  rows_.with(Pointer{&visit, kVisit}, low, high);
  while (rows_.next()) {
  }
  if (!visit.stopped) return rows_.end();
  rows_ = database_->prepare(sql_, what_);  // to SQLite a walk that was stopped has failed
  return refuse(visit.row);
}

Result<void> RowWalk::refuse(const WalkedRow& row) {
  if (!row.sound()) rows_.refuse(*row.refused());
  return rows_.end();
}

int RowWalk::add_function(sqlite3* connection) {
  return sqlite3_create_function_v2(connection, kFunction, -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, nullptr, nullptr,
                                    &Step::take, &Step::end, nullptr);
}

}  // namespace assay
