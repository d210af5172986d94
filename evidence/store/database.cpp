// Every call of SQLite that can fail passes through here, but for the walk (row_walk.cpp) and rows in memory
// (block_table.cpp).
#include "evidence/store/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

#include "evidence/core/check.h"
#include "evidence/core/text.h"
#include "evidence/store/row_walk.h"

namespace assay {
namespace {

constexpr int kBusyMilliseconds = 5000;
constexpr std::string_view kRestore = "restore the store from a copy, then verify it";

Error fault_of(sqlite3* connection, int code, const std::string& path, std::string_view what) {
  const std::string said = connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::Busy, "another program is writing to this store", path, "try again"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    // Our SQL is fixed and our rows are checked, so these mean that the tables are not as we made them.
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_SCHEMA:
      return {ErrorCode::Corruption, fmt::format("the store is damaged in {} ({})", what, said), path,
              std::string(kRestore)};
    case SQLITE_FULL:
      return {ErrorCode::Io, fmt::format("no room left to write {}", what), path, "make room and try again"};
    case SQLITE_READONLY:
      return {ErrorCode::Io, fmt::format("{} cannot be written: the file or its folder is read-only", what), path,
              "copy the store to a folder that can be written"};
    default:
      return {ErrorCode::Io, fmt::format("{} cannot be read or written ({})", what, said), path,
              "check the disk and the rights to the file"};
  }
}

// A path as SQLite's URI form wants it.
std::string as_uri(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '?' || c == '#' || c == '%') {
      uri += fmt::format("%{:02x}", c);
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

}  // namespace

Statement::Statement(sqlite3* connection, const std::string& path, std::shared_ptr<StatementShelf> shelf,
                     std::string_view sql, std::string_view what)
    : connection_(connection), path_(&path), what_(what), statement_(shelf->take(sql), Closer{shelf}) {
  if (statement_) return;
  sqlite3_stmt* made = nullptr;
  const int code = sqlite3_prepare_v2(connection, sql.data(), static_cast<int>(sql.size()), &made, nullptr);
  statement_.reset(made);
  if (code != SQLITE_OK) fault_ = fault_of(connection, code, path, what_);
}

Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;
Statement::~Statement() = default;
void Statement::Closer::operator()(sqlite3_stmt* statement) const { shelf->give_back(statement); }

void Statement::rewind() {
  if (statement_) sqlite3_reset(statement_.get());
  ended_ = false;
}

bool Statement::next() {
  if (fault_ || ended_) return false;
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  ended_ = true;
  if (code != SQLITE_DONE) fault_ = fault_of(connection_, code, *path_, what_);
  return false;
}

Result<void> Statement::end() {
  rewind();
  if (fault_) return tl::unexpected(*fault_);
  return {};
}

Result<void> Statement::run() {
  while (next()) {
  }
  return end();
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }
bool Statement::is_text(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_TEXT; }

std::int64_t Statement::integer(int column, std::int64_t low, std::int64_t high) {
  if (fault_) return low;
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_INTEGER) {
    const std::int64_t value = sqlite3_column_int64(statement_.get(), column);
    if (value >= low && value <= high) return value;
  }
  refuse(fmt::format("column {} does not hold a number that belongs there",
                     sqlite3_column_name(statement_.get(), column)));
  return low;
}

std::string_view Statement::text(int column) {
  if (fault_) return {};
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_TEXT) {
    const unsigned char* bytes = sqlite3_column_text(statement_.get(), column);
    const auto length = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    const std::string_view text(reinterpret_cast<const char*>(bytes), length);
    if (!first_bad_utf8(text)) return text;
  }
  refuse(fmt::format("column {} does not hold a text", sqlite3_column_name(statement_.get(), column)));
  return {};
}

std::string_view Statement::blob(int column) {
  if (fault_) return {};
  if (sqlite3_column_type(statement_.get(), column) != SQLITE_BLOB) {
    refuse(fmt::format("column {} does not hold bytes", sqlite3_column_name(statement_.get(), column)));
    return {};
  }
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

Digest Statement::digest(int column) {
  const std::string_view bytes = blob(column);
  Digest made;
  if (bytes.size() == made.bytes.size()) {
    std::copy(bytes.begin(), bytes.end(), made.bytes.begin());
  } else {
    refuse(fmt::format("column {} does not hold a digest", sqlite3_column_name(statement_.get(), column)));
  }
  return made;
}

void Statement::refuse(std::string_view why) {
  if (fault_) return;
  fault_ = Error{ErrorCode::Corruption, fmt::format("the store is damaged in {}: {}", what_, why), *path_,
                 std::string(kRestore)};
}

void Statement::check_bound(int code) {
  if (code != SQLITE_OK && !fault_) fault_ = fault_of(connection_, code, *path_, what_);
}
void Statement::bind(int place, std::int64_t value) {
  if (!fault_) check_bound(sqlite3_bind_int64(statement_.get(), place, value));
}
void Statement::bind(int place, std::string_view text) {
  if (!fault_ && first_bad_utf8(text)) {
    fault_ = Error{ErrorCode::WrongUse, fmt::format("what was given for {} is not UTF-8", what_), *path_,
                   "store it again as UTF-8"};
  }
  // A view of nothing may point nowhere, which SQLite would take for NULL.
  const char* bytes = text.data() != nullptr ? text.data() : "";
  if (!fault_)
    check_bound(sqlite3_bind_text64(statement_.get(), place, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8));
}
void Statement::bind(int place, const Digest& digest) {
  if (!fault_) {
    check_bound(sqlite3_bind_blob64(statement_.get(), place, digest.bytes.data(), digest.bytes.size(), SQLITE_STATIC));
  }
}
void Statement::bind(int place, std::nullptr_t) {
  if (!fault_) check_bound(sqlite3_bind_null(statement_.get(), place));
}
void Statement::bind(int place, Bytes blob) {
  const char* bytes = blob.bytes.data() != nullptr ? blob.bytes.data() : "";
  if (!fault_) check_bound(sqlite3_bind_blob64(statement_.get(), place, bytes, blob.bytes.size(), SQLITE_STATIC));
}

void Statement::bind(int place, Pointer pointer) {
  if (!fault_) check_bound(sqlite3_bind_pointer(statement_.get(), place, pointer.to, pointer.type, nullptr));
}

void Database::Closer::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

Result<Database> Database::open(const std::string& path, Mode mode) {
  // One thread at a time has a connection: a batch's second thread hands it back before the first goes on with it. Each
  // value would cost a lock.
  int flags = SQLITE_OPEN_NOMUTEX;
  std::string name = path;
  switch (mode) {
    case Mode::Read:
      flags |= SQLITE_OPEN_READONLY;
      break;
    case Mode::ReadUnchanging:
      flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
      name = as_uri(path);
      break;
    case Mode::Write:
      flags |= SQLITE_OPEN_READWRITE;
      break;
    case Mode::Create:
      flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
      break;
  }
  // Statistics of memory that nobody asks for, at the price of a lock for each piece of it.
  static const int kWithout = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(kWithout);
  sqlite3* made = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &made, flags, nullptr);
  Database database;
  database.connection_.reset(made);
  database.path_ = std::make_unique<std::string>(path);
  database.shelf_ = std::make_shared<StatementShelf>();
  if (code != SQLITE_OK) return tl::unexpected(fault_of(made, code, path, "the store"));
  sqlite3_extended_result_codes(made, 1);
  sqlite3_busy_timeout(made, kBusyMilliseconds);
  if (const int added = RowWalk::add_function(made); added != SQLITE_OK)
    return tl::unexpected(fault_of(made, added, path, "the store"));
  return database;
}

Statement Database::prepare(std::string_view sql, std::string_view what) const {
  return {connection_.get(), *path_, shelf_, sql, what};
}

Result<void> Database::execute(const std::string& sql, std::string_view what) const {
  const int code = sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return tl::unexpected(fault_of(connection_.get(), code, *path_, what));
  return {};
}

std::uint32_t Database::version() const {
  std::uint32_t version = 0;
  const int code = sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_DATA_VERSION, &version);
  CHECK(code == SQLITE_OK);
  return version;
}

bool Database::read_only() const { return sqlite3_db_readonly(connection_.get(), "main") == 1; }

Result<void> Database::empty_log() const {
  const int code = sqlite3_wal_checkpoint_v2(connection_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code == SQLITE_OK) return {};
  Error fault = fault_of(connection_.get(), code, *path_, "its write-ahead log");
  if (fault.code == ErrorCode::Busy) fault.message = "another program is reading this store";
  return tl::unexpected(std::move(fault));
}

Result<Transaction> Transaction::begin(const Database& database, Kind kind) {
  if (kind == Kind::Read && sqlite3_get_autocommit(database.handle()) == 0) return Transaction(nullptr);
  auto begun = database.prepare(kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN", "the store").run();
  if (!begun) return tl::unexpected(begun.error());
  return Transaction(&database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  // A failed rollback has nothing left to undo: SQLite has done it already.
  if (database_ != nullptr) static_cast<void>(database_->execute("ROLLBACK", "the store"));
}

Result<void> Transaction::commit() {
  if (database_ == nullptr) return {};
  auto done = database_->prepare("COMMIT", "what was recorded").run();
  if (done) database_ = nullptr;
  return done;
}

}  // namespace assay
