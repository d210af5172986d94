// The one place of these tests that reads the environment.
#include "tests/fault/asked.h"

#include <cstdlib>

namespace assay::test {

std::int64_t asked(const char* name, std::int64_t otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr || *text == '\0' ? otherwise : std::strtoll(text, nullptr, 10);
}

}  // namespace assay::test
