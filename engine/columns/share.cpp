// By oneTBB.
#include "engine/columns/share.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <tbb/task_scheduler_observer.h>

#include <algorithm>
#include <cstddef>
#include <new>
#include <utility>

#include "engine/columns/apart.h"

namespace assay::columns {

namespace {

// Of a thread that has not shared anything out yet, the first.
std::size_t own_place() { return static_cast<std::size_t>(std::max(tbb::this_task_arena::current_thread_index(), 0)); }

// Moves each thread once, when it first works.
class Movers : public tbb::task_scheduler_observer {
 public:
  Movers() { observe(true); }
  void on_scheduler_entry(bool is_worker) override {
    thread_local bool moved = false;
    if (is_worker && !std::exchange(moved, true)) from_.move();
  }

 private:
  Apart from_;
};

}  // namespace

// It stays for as long as the process: the library's threads, which look at it, outlive what is destroyed at the end.
void expect_threads() {
  alignas(Movers) static std::byte room[sizeof(Movers)];
  static const Movers* const kMovers = new (room) Movers;
  static_cast<void>(kMovers);
}

std::size_t most_threads() { return static_cast<std::size_t>(tbb::this_task_arena::max_concurrency()); }

void share_out(std::size_t parts, const std::function<void(const Share&)>& work) {
  expect_threads();
  if (parts == 1) return work({0, 1, own_place()});
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, parts), [&](const auto& range) {
    work({range.begin(), range.end(), own_place()});
  });
}

}  // namespace assay::columns
