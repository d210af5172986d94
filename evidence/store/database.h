// SQLite held at arm's length: a connection, a statement, and SQLite's faults as ours. Private to evidence/store.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"
#include "evidence/store/statement_shelf.h"

struct sqlite3;
struct sqlite3_stmt;

namespace assay {

// For binding: bytes to be kept as a blob.
struct Bytes {
  std::string_view bytes;
};

// For binding: what only a function of ours can read, which asks for it by the type. Both must live until the run is
// over.
struct Pointer {
  void* to;
  const char* type;
};

// One SQL statement. A fault sticks: next() is then false, columns are empty, and end() says what went wrong, so that a
// loop is written without a check at each step. Every column is read strictly: one of another type or out of its bounds
// is a fault too, since only damage can have put it there.
class Statement {
 public:
  Statement(sqlite3* connection, const std::string& path, std::shared_ptr<StatementShelf> shelf, std::string_view sql,
            std::string_view what);
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  // Binds the parameters from the first on and starts anew. Texts and blobs must live until the run is over.
  template <class... Values>
  Statement& with(const Values&... values) {
    rewind();
    int place = 0;
    (bind(++place, values), ...);
    return *this;
  }
  bool next();         // a row stands ready; false for good at the end
  Result<void> end();  // the fault, if there was one; rewinds
  Result<void> run();  // to its end

  bool is_null(int column) const;
  bool is_text(int column) const;
  std::int64_t integer(int column, std::int64_t low = std::numeric_limits<std::int64_t>::min(),
                       std::int64_t high = std::numeric_limits<std::int64_t>::max());
  std::string_view text(int column);  // UTF-8; until the next step
  std::string_view blob(int column);
  Digest digest(int column);
  const std::string& what() const { return what_; }
  bool sound() const { return !fault_; }  // what was read since the last next() can be used
  // Calls the row damaged, for what only the reader can see.
  void refuse(std::string_view why);

 private:
  void rewind();
  void bind(int place, std::int64_t value);
  void bind(int place, int value) { bind(place, std::int64_t{value}); }
  void bind(int place, std::uint32_t value) { bind(place, std::int64_t{value}); }
  void bind(int place, std::string_view text);
  void bind(int place, const std::string& text) { bind(place, std::string_view(text)); }
  void bind(int place, const char* text) { bind(place, std::string_view(text)); }
  void bind(int place, const Digest& digest);
  void bind(int place, std::nullptr_t);
  void bind(int place, Bytes blob);
  void bind(int place, Pointer pointer);
  template <class Value>
  void bind(int place, const std::optional<Value>& value) {
    if (value) {
      bind(place, *value);
    } else {
      bind(place, nullptr);
    }
  }
  void check_bound(int code);

  struct Closer {
    std::shared_ptr<StatementShelf> shelf;
    void operator()(sqlite3_stmt* statement) const;
  };
  sqlite3* connection_;
  const std::string* path_;
  std::string what_;  // "the rows of evidence": what is read or written, for messages
  std::unique_ptr<sqlite3_stmt, Closer> statement_;
  std::optional<Error> fault_;
  bool ended_ = false;  // SQLite would begin anew
};

class Database {
 public:
  enum class Mode { Read, ReadUnchanging, Write, Create };  // ReadUnchanging: of a file that nobody writes
  static Result<Database> open(const std::string& path, Mode mode);

  Statement prepare(std::string_view sql, std::string_view what) const;
  // One or more statements without parameters or rows.
  Result<void> execute(const std::string& sql, std::string_view what) const;
  bool read_only() const;
  // Another after each change of the file, by whoever, once a transaction has begun.
  std::uint32_t version() const;
  // Moves what the write-ahead log holds into the file and cuts the log to nothing; Busy while another reads what
  // stands in it.
  Result<void> empty_log() const;
  sqlite3* handle() const { return connection_.get(); }
  const std::string& path() const { return *path_; }

 private:
  struct Closer {
    void operator()(sqlite3* connection) const;
  };
  std::unique_ptr<std::string> path_;  // statements point to it
  std::unique_ptr<sqlite3, Closer> connection_;
  std::shared_ptr<StatementShelf> shelf_;  // a statement may be given back after the connection has gone
};

// Undone when destroyed without commit. One that reads, begun within another, is part of it.
class Transaction {
 public:
  enum class Kind { Read, Write };  // Write takes the store's one write lock at once
  static Result<Transaction> begin(const Database& database, Kind kind);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Result<void> commit();

 private:
  explicit Transaction(const Database* database) : database_(database) {}
  const Database* database_;  // none: part of another, or ended
};

}  // namespace assay
