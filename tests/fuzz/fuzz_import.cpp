// Any bytes as a file of evidence: import ends with a report or with faults that have a sentence and leave no name
// behind.
#include <cstdint>

#include "tests/fuzz/evidence_schema.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  assay::import_and_check(assay::file_of_bytes({reinterpret_cast<const char*>(data), size}), {});
  return 0;
}
