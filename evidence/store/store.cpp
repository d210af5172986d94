// Making and opening a store, and its small questions.
#include "evidence/store/store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

#include "evidence/core/canonical_json.h"
#include "evidence/core/text.h"
#include "evidence/store/direct_writing.h"
#include "evidence/store/entries.h"
#include "evidence/store/layout.h"
#include "evidence/store/log.h"
#include "evidence/store/state.h"
#include "evidence/store/stored_row.h"
#include "evidence/store/verify.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSettings =
    "PRAGMA synchronous=FULL;"         // an acknowledged act survives a loss of power; NORMAL may lose it
    "PRAGMA cache_size=-32768;"        // 32 MB: a small cache writes early
    "PRAGMA wal_autocheckpoint=1000;"  // pages, after an act: each time costs two waits for the disk
    "PRAGMA trusted_schema=OFF;";      // nothing a damaged file says may call a function with effects

tl::unexpected<Error> not_a_store(const std::string& path, std::string_view found) {
  return fail(ErrorCode::Corruption, fmt::format("this is not an Assay store: {}", found), path,
              "give the path of a store, or make one with `assay init`");
}

// Refuses what is not a store, and a store of another format.
Result<void> expect_store(const Database& database) {
  for (const auto& [pragma, what] : {std::pair{"PRAGMA application_id", "mark"}, {"PRAGMA user_version", "format"}}) {
    Statement header = database.prepare(pragma, "the header of the file");
    const bool is_mark = std::string_view(what) == "mark";
    const std::int64_t found = header.next() ? header.integer(0) : 0;
    if (auto done = header.end(); !done) return done;
    if (is_mark && found != kApplicationId)
      return not_a_store(database.path(), "it is a SQLite file of another program, or empty");
    if (!is_mark && (found < kFirstFormat || found > kFormat)) {
      return fail(
          ErrorCode::Corruption,
          fmt::format("the store has format {}, this program reads formats {} and {}", found, kFirstFormat, kFormat),
          database.path(), "use a program that reads that format, or restore the store from a copy");
    }
  }
  return {};
}

// True when neither journal holds anything, so that the file alone is the store.
bool stands_alone(const std::string& path) {
  std::error_code none;
  const auto size = fs::file_size(path + "-wal", none);
  return (none || size == 0) && !has_rollback_journal(path);
}

// Not a SQLite file: its own words are clearer than the library's.
bool begins_like_sqlite(const std::string& path) {
  char head[16] = {};
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return true;  // let SQLite say what is wrong
  const ssize_t read = ::read(file, head, sizeof head);
  ::close(file);
  return read <= 0 ||
         std::string_view(head, static_cast<std::size_t>(read)) == std::string_view("SQLite format 3\0", 16);
}

Result<Database> open_for_writing(const std::string& path) {
  auto database = Database::open(path, Database::Mode::Write);
  if (!database) return database;
  if (auto usable = expect_store(*database); !usable) return tl::unexpected(usable.error());
  if (database->read_only()) {
    return fail(ErrorCode::Io, "the store cannot be written: the file or its folder is read-only", path,
                "copy it to a folder that can be written");
  }
  keep_write_ahead_log(*database);
  return database;
}

Result<void> fill_new_store(const Database& database, std::string_view created_at, std::string_view created_by) {
  // The journal mode stands in the file; it cannot be changed within a transaction.
  auto done = database.execute("PRAGMA page_size=4096; PRAGMA journal_mode=WAL;", "a new store");
  if (done) done = database.execute(std::string(kSettings), "a new store");
  if (!done) return done;
  auto transaction = Transaction::begin(database, Transaction::Kind::Write);
  if (!transaction) return tl::unexpected(transaction.error());
  if (done = make_layout(database); !done) return done;
  JsonWriter body;
  body.begin_object().field("created_at", created_at);
  if (!created_by.empty()) body.field("created_by", created_by);
  body.field("entry", "store").key("format").number(kTrailFormat).end_object();
  if (auto entry = append_entry(database, body.str()); !entry) return tl::unexpected(entry.error());
  return transaction->commit();
}

void remove_files(const std::string& path) {
  std::error_code ignored;
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) fs::remove(path + ending, ignored);
}

// So that the name itself survives a loss of power.
void sync_folder(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  const int opened = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return;
  ::fsync(opened);
  ::close(opened);
}

}  // namespace

Result<Database> open_to_read(const std::string& path) {
  if (has_rollback_journal(path))
    if (auto undone = undo_cut_short(path); !undone) return tl::unexpected(undone.error());
  auto database = Database::open(path, Database::Mode::Read);
  Result<void> usable;
  if (database) {
    usable = expect_store(*database);
    if (usable || usable.error().code != ErrorCode::Io) {
      if (!usable) return tl::unexpected(usable.error());
      return database;
    }
  }
  // In a folder that cannot be written SQLite has no place for its index of the write-ahead log. Without one to read,
  // and with nobody able to write, the file can be read as it stands.
  if (!stands_alone(path)) return database ? tl::unexpected(usable.error()) : std::move(database);
  auto unchanging = Database::open(path, Database::Mode::ReadUnchanging);
  if (!unchanging) return unchanging;
  if (usable = expect_store(*unchanging); !usable) return tl::unexpected(usable.error());
  return unchanging;
}

Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

// Made whole under another name and then given its own, so that a store half made is never found.
Result<Store> Store::create(const std::string& path, std::string_view created_at, std::string_view created_by) {
  if (first_bad_utf8(created_by)) return fail(ErrorCode::WrongUse, "who makes the store is not UTF-8");
  const auto taken = [&] {
    return fail(ErrorCode::WrongUse, "there is a file of this name already", path, "give another name");
  };
  std::error_code ignored;
  if (fs::exists(path, ignored)) return taken();
  // SQLite would take it for this store's own and write its pages into it.
  for (const char* ending : {"-wal", "-journal"}) {
    if (!fs::exists(path + ending, ignored)) continue;
    return fail(ErrorCode::WrongUse, "the journal of an earlier store of this name is still there", path + ending,
                "move it away, or give another name");
  }
  const std::string draft = path + ".new";
  remove_files(draft);
  {
    auto database = Database::open(draft, Database::Mode::Create);
    if (!database)
      return fail(ErrorCode::Io, "the store cannot be made here", path, "check the folder and the rights to it");
    if (auto filled = fill_new_store(*database, created_at, created_by); !filled) {
      database = fail(ErrorCode::Io, {});
      remove_files(draft);
      return tl::unexpected(filled.error());
    }
  }
  std::error_code fault;
  fs::create_hard_link(draft, path, fault);  // never takes the place of another file
  if (fault == std::errc::file_exists) return remove_files(draft), taken();
  if (fault) fs::rename(draft, path, fault);  // a disk without links
  remove_files(draft);
  if (fault) return fail(ErrorCode::Io, fmt::format("the store cannot be made here ({})", fault.message()), path);
  sync_folder(path);
  return open(path, Access::Write);
}

Result<Store> Store::open(const std::string& path, Access access) {
  std::error_code fault;
  const fs::file_status status = fs::status(path, fault);
  if (status.type() == fs::file_type::not_found) {
    return fail(ErrorCode::NotFound, "there is no store of this name", path, "make one with `assay init`");
  }
  if (status.type() == fs::file_type::directory) return not_a_store(path, "it is a folder");
  if (!begins_like_sqlite(path)) return not_a_store(path, "it is not a SQLite file, or its beginning is damaged");
  auto database = access == Access::Write ? open_for_writing(path) : open_to_read(path);
  if (!database) return tl::unexpected(database.error());
  if (auto set = database->execute(std::string(kSettings), "the store"); !set) return tl::unexpected(set.error());
  auto state = std::make_unique<State>();
  state->database = std::move(*database);
  state->access = access;
  return Store(std::move(state));
}

Result<void> Store::State::expect_at_rest() const {
  if (!recording) return {};
  return fail(ErrorCode::WrongUse, "a batch is being recorded", database.path(), "commit it or drop it first");
}

Result<void> Store::State::expect_writable() const {
  if (access == Access::Write) return expect_at_rest();
  return fail(ErrorCode::WrongUse, "the store was opened for reading only", database.path(), "open it for writing");
}

namespace {

// Whether all that came into the trail from this entry on is runs, which add no name.
Result<bool> only_runs_since(const Database& database, std::int64_t entry) {
  Statement other = database.prepare(
      "SELECT EXISTS(SELECT 1 FROM log_entry WHERE number >= ?1 AND number NOT IN "
      "(SELECT entry FROM run WHERE entry >= ?1)) OR coalesce((SELECT entry FROM batch ORDER BY id DESC LIMIT 1), 0) "
      ">= ?1",
      "the entries of the trail");
  const bool found = !other.with(entry).next() || other.integer(0, 0, 1) != 0;
  if (auto done = other.end(); !done) return tl::unexpected(done.error());
  return !found;
}

}  // namespace

Result<void> Store::State::refresh_names() {
  const auto head = read_head(database);
  if (!head) return tl::unexpected(head.error());
  return refresh_names(head->size);
}

Result<void> Store::State::refresh_names(std::int64_t trail_size) {
  if (names_as_of == trail_size) return {};
  if (names_as_of) {
    const auto only_runs = only_runs_since(database, *names_as_of);
    if (!only_runs) return tl::unexpected(only_runs.error());
    if (*only_runs) return names_as_of = trail_size, Result<void>();
  }
  if (names_as_of && !names.saved()) {
    return fail(ErrorCode::Busy, "another program has written to this store meanwhile", database.path(), "try again");
  }
  auto loaded = names.load(database);
  if (loaded) names_as_of = trail_size;
  return loaded;
}

Result<Catalogue*> Store::catalogue() {
  // Within a batch they are fresh, and its transaction is open. Names not yet written must not be lost by reading anew.
  if (!state_->recording && (!state_->names_as_of || state_->names.saved())) {
    auto transaction = Transaction::begin(state_->database, Transaction::Kind::Read);
    if (!transaction) return tl::unexpected(transaction.error());
    if (auto fresh = state_->refresh_names(); !fresh) return tl::unexpected(fresh.error());
  }
  return &state_->names.catalogue;
}

Result<std::optional<Date>> Store::last_recorded() {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  Statement last = state_->database.prepare("SELECT max(last_recorded) FROM batch", "the batches");
  std::optional<Date> date;
  if (last.next() && !last.is_null(0)) date = Date{static_cast<std::int32_t>(last.integer(0, INT32_MIN, INT32_MAX))};
  if (auto done = last.end(); !done) return tl::unexpected(done.error());
  const auto acts = ruleset_acts();
  if (!acts) return tl::unexpected(acts.error());
  for (const RulesetAct& act : *acts) date = std::max(date.value_or(act.on), act.on);
  return date;
}

Result<Store::Extent> Store::extent(std::optional<std::int64_t> before_entry) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  Statement all = state_->database.prepare(
      "SELECT coalesce(max(first_row + row_count - 1), 0), coalesce(max(subjects), 0), max(last_recorded) FROM batch "
      "WHERE entry < ?",
      "the batches");
  Extent out;
  if (all.with(before_entry.value_or(std::numeric_limits<std::int64_t>::max())).next()) {
    out.rows = all.integer(0, 0);
    out.subjects = static_cast<std::uint32_t>(all.integer(1, 0, UINT32_MAX));
    if (!all.is_null(2)) out.last_recorded = Date{static_cast<std::int32_t>(all.integer(2, INT32_MIN, INT32_MAX))};
  }
  if (auto done = all.end(); !done) return tl::unexpected(done.error());
  return out;
}

Result<std::vector<Store::Touched>> Store::touched_after(std::int64_t row) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  std::vector<Touched> out;
  Statement each = state_->database.prepare(
      "SELECT DISTINCT o.subject, f.name FROM observation o JOIN field f ON f.id = o.field WHERE o.id > ?1 "
      "OR o.id IN (SELECT supersedes FROM observation WHERE id > ?1)",
      "the rows of evidence");
  each.with(row);
  while (each.next())
    out.push_back({static_cast<std::uint32_t>(each.integer(0, 1, UINT32_MAX)), std::string(each.text(1))});
  if (auto done = each.end(); !done) return tl::unexpected(done.error());
  return out;
}

Result<Store::RowKey> Store::row_key(std::int64_t number) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  const auto names = catalogue();
  if (!names) return tl::unexpected(names.error());
  Statement row = state_->database.prepare(fmt::format("SELECT {} FROM observation WHERE id = ?", kRowColumns),
                                           "the rows of evidence");
  std::optional<RowKey> key;
  if (row.with(number).next()) {
    const StoredRow found = read_row(row, **names);
    if (row.sound()) {
      const auto& subject = (*names)->subjects()[found.subject];
      key = RowKey{.subject = fmt::format("{}:{}", subject.kind, subject.code),
                   .field = (*names)->fields()[found.field].name,
                   .source = (*names)->sources()[found.source],
                   .valid_from = *ImpreciseDate::from_stored(found.valid_from),
                   .valid_to = std::nullopt};
      if (found.valid_to != TypedRow::kNoDate) key->valid_to = ImpreciseDate::from_stored(found.valid_to);
    }
  }
  if (auto done = row.end(); !done) return tl::unexpected(done.error());
  if (key) return *key;
  return fail(ErrorCode::NotFound, fmt::format("there is no row {}", number), state_->database.path(),
              "give the number of a row as an explanation shows it");
}

Result<LogHead> Store::head() {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  return read_head(state_->database);
}

Result<std::vector<LogEntry>> Store::log_entries() {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  std::vector<LogEntry> entries;
  EntryWalk entry(state_->database, 0);
  while (entry.next()) entries.push_back({entry.number(), entry.body(), entry.leaf()});
  if (auto done = entry.end(); !done) return tl::unexpected(done.error());
  return entries;
}

Result<LogEntry> Store::log_entry(std::int64_t number) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  std::optional<LogEntry> found;
  EntryWalk entry(state_->database, number);
  if (entry.next() && entry.number() == number) found = LogEntry{number, entry.body(), entry.leaf()};
  if (auto done = entry.end(); !done) return tl::unexpected(done.error());
  if (found) return std::move(*found);
  return fail(ErrorCode::NotFound, fmt::format("the trail has no entry {}", number), state_->database.path());
}

Result<VerifyReport> Store::verify() {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  return verify_store(state_->database);
}

}  // namespace assay
