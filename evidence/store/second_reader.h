// A second thread with a connection of its own, for what verification of a large store can do beside its walk. Private
// to evidence/store.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "evidence/store/database.h"
#include "evidence/store/read_view.h"

namespace assay {

class SecondReader {
 public:
  // Nothing where no second connection can be had. Begins the first's view anew where somebody wrote meanwhile.
  static std::unique_ptr<SecondReader> open(const Database& first, ReadView& view);
  ~SecondReader();
  SecondReader(const SecondReader&) = delete;
  SecondReader& operator=(const SecondReader&) = delete;

  // Whether it sees the same acts as the first does: else it can only work on what is not of one view.
  bool sees_the_same() const { return same_; }
  using Work = std::function<void(const Database&)>;
  // To be done once all given before is done. What it touches has to stay until settle().
  int give(Work work);
  // Takes it back if it was not begun, else waits until it is done.
  void settle(int given);

 private:
  explicit SecondReader(Database database) : database_(std::move(database)) {}
  void run();

  const Database database_;
  std::optional<ReadView> view_;  // after the connection, which it must not outlive
  bool same_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<int, Work>> waiting_;
  int last_ = 0, at_work_on_ = 0;
  bool closed_ = false;
  std::jthread thread_;
};

}  // namespace assay
