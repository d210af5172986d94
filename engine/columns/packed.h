// What writing and reading packed blocks have in common. Private to engine/columns.
#pragma once

#include <cstddef>
#include <string_view>

#include "engine/columns/lanes.h"

namespace assay::columns {

inline constexpr std::string_view kPackedFormat = "assay.packed/1";
inline constexpr State kNotInBeing = 0xff;  // no number has all states at once
inline constexpr std::size_t kWideBytes = 16;
inline constexpr int kPlainPlaces = 18;  // at most, of numbers in lanes

}  // namespace assay::columns
