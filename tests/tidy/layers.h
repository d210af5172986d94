// Who may include whom: the order of the folders, and the one place of every library. The tables here are the ones in
// docs/ARCHITECTURE.md.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "tests/tidy/project_text.h"

namespace assay::tidy {

// The folders of code, each free to include those before it and itself.
std::span<const std::string_view> layer_order();

// Every `#include` of a file against the tables.
std::vector<Fault> check_includes(const TextFile& file);

}  // namespace assay::tidy
