// Any bytes as a file of one of the layouts, which the first byte picks, past the last of them by its headings.
#include <cstdint>

#include "evidence/import/layout.h"
#include "tests/fuzz/evidence_schema.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto all = assay::layouts();
  const std::string_view layout = data[0] < all.size() ? all[data[0]].name : std::string_view();
  assay::import_and_check(assay::file_of_bytes({reinterpret_cast<const char*>(data) + 1, size - 1}), layout);
  return 0;
}
