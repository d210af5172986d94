// Asked of the system by madvise, which may have none: then nothing is lost but time.
#include "engine/columns/large.h"

#include <cstdlib>
#ifdef __linux__
#include <sys/mman.h>
#endif

#include "evidence/core/check.h"

namespace assay::columns {

void* take_pages(std::size_t bytes) {
  constexpr std::size_t kPage = std::size_t{2} << 20;
  if (bytes < kPage) {
    void* small = std::malloc(bytes == 0 ? 1 : bytes);
    CHECK(small != nullptr);
    return small;
  }
  const std::size_t whole = (bytes + kPage - 1) / kPage * kPage;
  void* room = std::aligned_alloc(kPage, whole);
  CHECK(room != nullptr);
#ifdef __linux__
  // A hint: where it is not taken, pages are small.
  static_cast<void>(madvise(room, whole, MADV_HUGEPAGE));
#endif
  return room;
}

void Pages::operator()(void* room) const { std::free(room); }

}  // namespace assay::columns
