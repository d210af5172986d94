// An eponymous virtual table: SQLite asks for the next row and for its columns, in the order of the real table.
#include "evidence/store/block_table.h"

#include <sqlite3.h>

#include <utility>

namespace assay {

struct BlockVtab : sqlite3_vtab {
  const Block* const* block;
};

// SQLite allocates nothing of ours: it holds these by their base, and close() deletes them.
struct BlockCursor : sqlite3_vtab_cursor {
  const Block* block = nullptr;
  std::size_t at = 0;

  static const Block* const* source(void* data) { return &static_cast<BlockTable::Source*>(data)->block; }
};

namespace {

void set_text(sqlite3_context* context, std::string_view text) {
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

// Leaving without a result gives NULL.
void set_column(sqlite3_context* context, const StoredRow& row, int column) {
  const auto set = [context](std::int64_t value) { sqlite3_result_int64(context, value); };
  switch (column) {
    case 0:
      return set(row.row);
    case 1:
      return set(row.subject);
    case 2:
      return set(row.field);
    case 3:
      if (row.form == StoredRow::Form::Number) set(row.number);
      if (row.form == StoredRow::Form::Decimal) set_text(context, row.decimal);
      return;
    case 4:
      if (row.standing != Standing::Held) set(static_cast<int>(row.standing));
      return;
    case 5:
      return set(row.valid_from);
    case 6:
      if (row.valid_to != TypedRow::kNoDate) set(row.valid_to);
      return;
    case 7:
      return set(row.source);
    case 8:
      return set(row.recorded_on);
    case 9:
      if (row.document != 0) set(row.document);
      return;
    case 10:
      if (!row.place.empty()) set_text(context, row.place);
      return;
    case 11:
      if (row.note != 0) set(row.note);
      return;
    case 12:
      if (row.supersedes != 0) set(row.supersedes);
      return;
    default:
      return;
  }
}

BlockCursor* cursor_of(sqlite3_vtab_cursor* cursor) { return static_cast<BlockCursor*>(cursor); }

int connect(sqlite3* connection, void* data, int, const char* const*, sqlite3_vtab** made, char**) {
  const int code = sqlite3_declare_vtab(
      connection,
      "CREATE TABLE block(id, subject, field, value, standing, valid_from, valid_to, source, recorded_on, document, "
      "place, note, supersedes)");
  if (code != SQLITE_OK) return code;
  auto table = std::make_unique<BlockVtab>();
  table->block = BlockCursor::source(data);
  *made = table.release();
  return SQLITE_OK;
}
int disconnect(sqlite3_vtab* table) {
  delete static_cast<BlockVtab*>(table);
  return SQLITE_OK;
}
int best_index(sqlite3_vtab*, sqlite3_index_info* info) {
  info->estimatedRows = static_cast<sqlite3_int64>(kBlockRows);
  return SQLITE_OK;
}
int open(sqlite3_vtab*, sqlite3_vtab_cursor** made) {
  *made = std::make_unique<BlockCursor>().release();
  return SQLITE_OK;
}
int close(sqlite3_vtab_cursor* cursor) {
  delete cursor_of(cursor);
  return SQLITE_OK;
}
int filter(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) {
  cursor_of(cursor)->block = *static_cast<BlockVtab*>(cursor->pVtab)->block;
  cursor_of(cursor)->at = 0;
  return SQLITE_OK;
}
int next(sqlite3_vtab_cursor* cursor) {
  ++cursor_of(cursor)->at;
  return SQLITE_OK;
}
int at_end(sqlite3_vtab_cursor* cursor) {
  const BlockCursor& at = *cursor_of(cursor);
  return at.block == nullptr || at.at >= at.block->rows.size() ? 1 : 0;
}
int column(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int number) {
  set_column(context, cursor_of(cursor)->block->rows[cursor_of(cursor)->at], number);
  return SQLITE_OK;
}
int rowid(sqlite3_vtab_cursor* cursor, sqlite3_int64* number) {
  *number = cursor_of(cursor)->block->rows[cursor_of(cursor)->at].row;
  return SQLITE_OK;
}

const sqlite3_module& module() {
  static const sqlite3_module kModule = [] {
    sqlite3_module made{};
    made.xConnect = connect;  // no xCreate: the table is there without being made
    made.xBestIndex = best_index;
    made.xDisconnect = disconnect;
    made.xOpen = open;
    made.xClose = close;
    made.xFilter = filter;
    made.xNext = next;
    made.xEof = at_end;
    made.xColumn = column;
    made.xRowid = rowid;
    return made;
  }();
  return kModule;
}

}  // namespace

Result<BlockTable> BlockTable::attach(const Database& database) {
  auto source = std::make_unique<Source>();
  if (sqlite3_create_module_v2(database.handle(), "block", &module(), source.get(), nullptr) != SQLITE_OK) {
    return fail(ErrorCode::Io, "SQLite has no memory left to take rows in", database.path());
  }
  return BlockTable(database, std::move(source));
}

BlockTable::BlockTable(const Database& database, std::unique_ptr<Source> source)
    : source_(std::move(source)),
      rows_(database.prepare("INSERT INTO observation SELECT * FROM block", "the rows of evidence")),
      text_(database.prepare("INSERT INTO text_value VALUES(?, ?, ?, ?, ?)", "the texts")) {}
BlockTable::BlockTable(BlockTable&&) noexcept = default;
BlockTable::~BlockTable() = default;

Result<void> BlockTable::insert(const Block& block) {
  source_->block = &block;
  auto done = rows_.with().run();
  source_->block = nullptr;
  for (const StoredText& text : block.texts) {
    if (!done) break;
    const auto salt = text.salt.empty() ? std::nullopt : std::optional(Bytes{text.salt});
    done = text_.with(text.number, text.row, salt, text.content, text.digest).run();
  }
  return done;
}

}  // namespace assay
