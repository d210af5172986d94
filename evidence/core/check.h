// CHECK(condition): our own faults. Prints the condition and its place, then aborts; kept in every build. For .cpp
// files only: Catch2 has a CHECK of its own, and tests include our headers.
#pragma once

namespace assay {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}

#define CHECK(condition)                                                     \
  do {                                                                       \
    if (!(condition)) ::assay::check_failed(#condition, __FILE__, __LINE__); \
  } while (false)
