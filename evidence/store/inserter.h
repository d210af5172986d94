// The second thread of an import: takes blocks from a bounded queue and inserts them while the first reads on. Private
// to evidence/store.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include "evidence/core/result.h"
#include "evidence/store/block_table.h"

namespace assay {

class Inserter {
 public:
  explicit Inserter(BlockTable& table) : table_(&table) {}
  ~Inserter();
  Inserter(const Inserter&) = delete;
  Inserter& operator=(const Inserter&) = delete;

  // Waits while the queue is full. A fault of an earlier block comes back here or from finish().
  Result<void> push(Block block);
  // Inserts the last block and waits for all. An import of less than one block never starts the thread.
  Result<void> finish(Block last);

 private:
  void work();
  void stop();

  BlockTable* table_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Block> queue_;
  bool closed_ = false;
  std::optional<Error> fault_;
  std::jthread thread_;
};

}  // namespace assay
