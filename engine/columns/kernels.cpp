// Which loops suit this processor.
#include "engine/columns/kernels.h"

namespace assay::columns {

extern const Kernels kPlainKernels;
#ifdef ASSAY_HAS_AVX2_KERNELS
extern const Kernels kAvx2Kernels;
#endif

const Kernels& kernels() {
#ifdef ASSAY_HAS_AVX2_KERNELS
  static const bool has_avx2 = __builtin_cpu_supports("avx2");
  if (has_avx2) return kAvx2Kernels;
#endif
  return kPlainKernels;
}

}  // namespace assay::columns
