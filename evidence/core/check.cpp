// Where CHECK ends: the one place below the apps that prints, since the process is about to stop.
#include "evidence/core/check.h"

#include <cstdio>
#include <cstdlib>

namespace assay {

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "defect: CHECK(%s) failed at %s:%d\n", condition, file, line);
  std::abort();
}

}  // namespace assay
