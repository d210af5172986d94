// The loops for processors with AVX2; compiled so (CMakeLists.txt), and called only where it is there.
#include "engine/columns/kernels.h"

#define ASSAY_KERNELS kAvx2Kernels
#define ASSAY_KERNELS_NAME "avx2"

namespace assay::columns {
#include "engine/columns/kernels.inc"
}  // namespace assay::columns
