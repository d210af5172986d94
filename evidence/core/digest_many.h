// SHA-256 of many short texts at once, which is what leaves and nodes of trees are: sixteen in the parts of wide
// registers, or four turn by turn with the instructions for SHA-256, since one alone mostly waits for itself; where the
// processor has neither, one after another, as digest.h does. All give the same bytes.
#pragma once

#include <span>
#include <string_view>

#include "evidence/core/digest.h"

namespace assay {

// As many digests as texts.
void sha256_each(std::span<const std::string_view> texts, std::span<Digest> digests);

}  // namespace assay
