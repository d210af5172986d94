// On Linux; elsewhere nothing is done, and nothing is lost but time.
#include "engine/columns/apart.h"

#ifdef __linux__
#include <sched.h>
#endif

namespace assay::columns {

#ifdef __linux__

Apart::Apart() : core_(sched_getcpu()) {}

void Apart::move() const {
  cpu_set_t given;
  if (core_ < 0 || core_ >= CPU_SETSIZE || sched_getaffinity(0, sizeof given, &given) != 0) return;
  if (CPU_COUNT(&given) < 2) return;
  cpu_set_t others = given;
  CPU_CLR(static_cast<unsigned>(core_), &others);
  // Where it is not granted, the thread stays where it is.
  if (sched_setaffinity(0, sizeof others, &others) == 0) static_cast<void>(sched_setaffinity(0, sizeof given, &given));
}

#else

Apart::Apart() = default;
void Apart::move() const {}

#endif

}  // namespace assay::columns
