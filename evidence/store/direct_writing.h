// How a large first batch is written: straight into the file. Private to evidence/store.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "evidence/core/result.h"
#include "evidence/store/database.h"

namespace assay {

// While one of these lives, the connection keeps a rollback journal in place of the write-ahead log, so that pages are
// written once and not twice. Readers then wait until the batch is done; so it is only for a store without evidence,
// where there is nothing to read. An import that is cut short is undone by whoever opens the store next.
class DirectWriting {
 public:
  // Before the transaction of a batch of a file of about so many bytes. None where it is small, where the store holds
  // evidence, or where somebody else has the store open.
  static std::unique_ptr<DirectWriting> begin(const Database& database, std::uint64_t bytes);
  // After the transaction: the write-ahead log again.
  ~DirectWriting();
  DirectWriting(const DirectWriting&) = delete;
  DirectWriting& operator=(const DirectWriting&) = delete;

 private:
  explicit DirectWriting(const Database& database) : database_(&database) {}
  const Database* database_;
};

// The write-ahead log again for a store left without it, when nobody else has it open; to be asked of a connection that
// may write.
void keep_write_ahead_log(const Database& database);
// True when a batch was cut short while being written straight into the file, and is not undone yet: the file alone is
// then not the store.
bool has_rollback_journal(const std::string& path);
// Undoes it, which takes the right to write. Busy while the batch is still being written.
Result<void> undo_cut_short(const std::string& path);

}  // namespace assay
