// Each change of the journal's kind can fail because somebody else has the store open. That is no fault: the kind that
// was is as safe, and the next who writes asks again.
#include "evidence/store/direct_writing.h"

#include <filesystem>
#include <system_error>

namespace assay {
namespace {

constexpr std::uint64_t kLarge = std::uint64_t{8} << 20;

bool holds_evidence(const Database& database) {
  Statement batch = database.prepare("SELECT 1 FROM batch LIMIT 1", "the batches");
  const bool found = batch.next();
  return !batch.end() || found;
}

}  // namespace

std::unique_ptr<DirectWriting> DirectWriting::begin(const Database& database, std::uint64_t bytes) {
  if (bytes < kLarge || holds_evidence(database)) return nullptr;
  if (!database.execute("PRAGMA main.journal_mode=DELETE", "the journal")) return nullptr;
  // With FULL the end of the journal would not survive a loss of power, and with it what was acknowledged.
  auto durable = database.execute("PRAGMA main.synchronous=EXTRA", "the journal");
  auto writing = std::unique_ptr<DirectWriting>(new DirectWriting(database));
  return durable ? std::move(writing) : nullptr;
}

DirectWriting::~DirectWriting() {
  keep_write_ahead_log(*database_);
  static_cast<void>(database_->execute("PRAGMA main.synchronous=FULL", "the journal"));
}

void keep_write_ahead_log(const Database& database) {
  static_cast<void>(database.execute("PRAGMA main.journal_mode=WAL", "the journal"));
}

bool has_rollback_journal(const std::string& path) {
  std::error_code none;
  const auto size = std::filesystem::file_size(path + "-journal", none);
  return !none && size > 0;
}

Result<void> undo_cut_short(const std::string& path) {
  auto database = Database::open(path, Database::Mode::Write);
  if (!database) return tl::unexpected(database.error());
  return database->execute("SELECT count(*) FROM batch", "a batch that was cut short");
}

}  // namespace assay
