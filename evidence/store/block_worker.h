// A thread of its own for one step of an import: takes blocks in their order from a bounded queue and works on them
// while the file is read on. Private to evidence/store.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "evidence/core/result.h"
#include "evidence/store/block.h"

namespace assay {

class BlockWorker {
 public:
  using Work = std::function<Result<void>(const Block&)>;
  explicit BlockWorker(Work work) : work_(std::move(work)) {}
  ~BlockWorker();
  BlockWorker(const BlockWorker&) = delete;
  BlockWorker& operator=(const BlockWorker&) = delete;

  // Waits while the queue is full. A fault of an earlier block comes back here or from finish().
  Result<void> push(std::shared_ptr<const Block> block);
  // Waits for all. What the work touches belongs to the thread from the first push() until then.
  Result<void> finish();

 private:
  void run();
  void stop();

  Work work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<const Block>> queue_;
  bool closed_ = false;
  std::optional<Error> fault_;
  std::jthread thread_;
};

}  // namespace assay
