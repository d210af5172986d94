// By oneTBB.
#include "engine/columns/share.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace assay::columns {

std::size_t most_threads() { return static_cast<std::size_t>(tbb::this_task_arena::max_concurrency()); }

void share_out(std::size_t parts, const std::function<void(const Share&)>& work) {
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, parts), [&](const auto& range) {
    work({range.begin(), range.end(), static_cast<std::size_t>(tbb::this_task_arena::current_thread_index())});
  });
}

}  // namespace assay::columns
