// What tests/fault/soak was asked for, which a test program can be told by its environment alone.
#pragma once

#include <cstdint>

namespace assay::test {

// The whole number of that name, else the other.
std::int64_t asked(const char* name, std::int64_t otherwise);

}  // namespace assay::test
