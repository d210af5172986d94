// Files read and written whole: one that is written is there in full, or as it was before. Internal to apps/cli.
#pragma once

#include <string>
#include <string_view>

#include "evidence/core/result.h"

namespace assay::cli {

enum class ForWhom { Everyone, OwnerOnly };

// NotFound, Io.
Result<std::string> read_whole(const std::string& path);
// Io. Takes the place of a file of that name; what is for the owner only may be read by nobody else.
Result<void> write_whole(const std::string& path, std::string_view text, ForWhom whom = ForWhom::Everyone);

}  // namespace assay::cli
