// Work shared out among the threads, in parts of one after another. Private to engine/columns.
#pragma once

#include <cstddef>
#include <functional>

namespace assay::columns {

// Some of the parts, and the place of the thread that does them, below most_threads(): no two do so at a time under the
// same place, as long as none shares out again.
struct Share {
  std::size_t begin, end, thread;
};
std::size_t most_threads();
void share_out(std::size_t parts, const std::function<void(const Share&)>& work);

// So that threads that begin to work move apart (apart.h): to be called before others than share_out share out.
void expect_threads();

}  // namespace assay::columns
