// The certificate of a redaction, for a data protection officer. Internal to apps/cli.
#pragma once

#include <string>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/store/store.h"

namespace assay::cli {

// What was destroyed, where, when and by whom; what stands for it; what depended on it; what was sent before.
Result<void> print_certificate(Store& store, const std::string& path, const Redaction& redaction);

}  // namespace assay::cli
