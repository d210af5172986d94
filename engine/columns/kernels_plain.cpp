// The loops for any processor.
#include "engine/columns/kernels.h"

#define ASSAY_KERNELS kPlainKernels
#define ASSAY_KERNELS_NAME "plain"

namespace assay::columns {
#include "engine/columns/kernels.inc"
}  // namespace assay::columns
