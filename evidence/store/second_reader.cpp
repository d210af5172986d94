// One lock and one condition for both sides: work is given a few times in a verification.
#include "evidence/store/second_reader.h"

#include <algorithm>

#include "evidence/store/state.h"

namespace assay {

std::unique_ptr<SecondReader> SecondReader::open(const Database& first, ReadView& view) {
  auto database = open_to_read(first.path());
  if (!database) return nullptr;
  std::unique_ptr<SecondReader> second(new SecondReader(std::move(*database)));
  auto own = ReadView::begin(second->database_);
  if (!own) return nullptr;
  second->view_.emplace(std::move(*own));
  const auto same = bring_together(view, *second->view_);
  if (!same) return nullptr;
  second->same_ = *same;
  return second;
}

SecondReader::~SecondReader() {
  {
    const std::scoped_lock lock(mutex_);
    waiting_.clear();
    closed_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

int SecondReader::give(Work work) {
  const std::scoped_lock lock(mutex_);
  if (!thread_.joinable()) thread_ = std::jthread([this] { run(); });
  waiting_.emplace_back(++last_, std::move(work));
  changed_.notify_all();
  return last_;
}

void SecondReader::settle(int given) {
  std::unique_lock lock(mutex_);
  std::erase_if(waiting_, [given](const auto& one) { return one.first == given; });
  changed_.wait(lock, [this, given] { return at_work_on_ != given; });
}

void SecondReader::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return !waiting_.empty() || closed_; });
    if (closed_) return;
    const auto [number, work] = std::move(waiting_.front());
    waiting_.pop_front();
    at_work_on_ = number;
    lock.unlock();
    work(database_);
    lock.lock();
    at_work_on_ = 0;
    changed_.notify_all();
  }
}

}  // namespace assay
