// A packed block in which some rows have other answers, without evaluating the rest. Pure: bytes in, bytes out.
#pragma once

#include <optional>
#include <string>

#include "engine/columns/pack.h"

namespace assay::columns {

// The rows of `asked`, which all stand in the block, as the column answers them, and the others as the block has them:
// byte for byte what pack() makes of such answers. Nothing where that cannot be told from these alone: some row is not
// in being, or numbers are not plain (docs/formats/packed.md).
std::optional<std::string> exchange_rows(const std::string& block, const PackAsked& asked, const Column& column);

}  // namespace assay::columns
