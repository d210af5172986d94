// The trail entry of a mapping that was kept: what the columns of a council's own list mean. All of it stands in the
// body of the entry; a later one of the same name takes its place and changes nothing of it. Private to evidence/store.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evidence/store/store.h"

namespace assay {

// Canonical JSON.
std::string mapping_body(const KeptMapping& kept);
// Nothing when the body is of another sort of entry, or not exactly as mapping_body writes it.
std::optional<KeptMapping> read_mapping(std::string_view body);

}  // namespace assay
