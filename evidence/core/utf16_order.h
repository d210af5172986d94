// The order in which canonical JSON sorts keys (RFC 8785, 3.2.3). For evidence/core alone.
#pragma once

#include <string_view>

namespace assay {

// By UTF-16 code unit, of two UTF-8 texts.
bool utf16_less(std::string_view a, std::string_view b);

}  // namespace assay
