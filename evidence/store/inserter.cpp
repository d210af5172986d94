// The connection belongs to the inserting thread from the first push() to the end of finish().
#include "evidence/store/inserter.h"

#include <utility>

namespace assay {
namespace {
// Enough to keep both threads at work, and few enough to bound memory.
constexpr std::size_t kQueuedBlocks = 4;
}  // namespace

Inserter::~Inserter() {
  {
    const std::scoped_lock lock(mutex_);
    queue_.clear();
  }
  stop();
}

Result<void> Inserter::push(Block block) {
  if (!thread_.joinable()) thread_ = std::jthread([this] { work(); });
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return queue_.size() < kQueuedBlocks || fault_; });
  if (fault_) return tl::unexpected(*fault_);
  queue_.push_back(std::move(block));
  changed_.notify_all();
  return {};
}

Result<void> Inserter::finish(Block last) {
  if (!thread_.joinable()) return table_->insert(last);
  if (auto pushed = push(std::move(last)); !pushed) return pushed;
  stop();
  if (fault_) return tl::unexpected(*fault_);
  return {};
}

void Inserter::stop() {
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Inserter::work() {
  for (;;) {
    Block block;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return !queue_.empty() || closed_; });
      if (queue_.empty()) return;
      block = std::move(queue_.front());
      queue_.pop_front();
    }
    changed_.notify_all();
    if (auto done = table_->insert(block); !done) {
      const std::scoped_lock lock(mutex_);
      fault_ = done.error();
      changed_.notify_all();
      return;
    }
  }
}

}  // namespace assay
