// What the three OSCAL documents share. Internal to apps/cli.
#pragma once

#include <string>
#include <string_view>

#include "apps/cli/export.h"

namespace assay::cli {

// The same name gives the same UUID, in the form of version 5, from SHA-256 in place of SHA-1.
std::string oscal_uuid(std::string_view name);
// A name as an OSCAL token: letters, digits, `.`, `-` and `_`, a letter first.
std::string oscal_token(std::string_view name);
// Objects, as JSON.
std::string oscal_metadata(const Exported& exported, std::string_view title);
std::string oscal_property(std::string_view name, std::string_view value);
std::string oscal_moment(Date date);  // midnight, UTC

}  // namespace assay::cli
