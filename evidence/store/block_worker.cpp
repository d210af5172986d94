// One lock and one condition for both sides: there are some hundred blocks to an import, not thousands a second.
#include "evidence/store/block_worker.h"

#include <utility>

namespace assay {
namespace {
// Enough to keep the threads at work, and few enough to bound memory.
constexpr std::size_t kQueuedBlocks = 4;
}  // namespace

BlockWorker::~BlockWorker() {
  {
    const std::scoped_lock lock(mutex_);
    queue_.clear();
  }
  stop();
}

Result<void> BlockWorker::push(std::shared_ptr<const Block> block) {
  if (!thread_.joinable()) thread_ = std::jthread([this] { run(); });
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return queue_.size() < kQueuedBlocks || fault_; });
  if (fault_) return tl::unexpected(*fault_);
  queue_.push_back(std::move(block));
  changed_.notify_all();
  return {};
}

Result<void> BlockWorker::finish() {
  stop();
  if (fault_) return tl::unexpected(*fault_);
  return {};
}

void BlockWorker::stop() {
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void BlockWorker::run() {
  for (;;) {
    std::shared_ptr<const Block> block;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return !queue_.empty() || closed_; });
      if (queue_.empty()) return;
      block = std::move(queue_.front());
      queue_.pop_front();
    }
    changed_.notify_all();
    if (auto done = work_(*block); !done) {
      const std::scoped_lock lock(mutex_);
      fault_ = done.error();
      changed_.notify_all();
      return;
    }
  }
}

}  // namespace assay
