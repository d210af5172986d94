// SHA-256 of many short texts at once, which is what leaves and nodes of trees are. Where the processor has
// instructions for SHA-256, four texts are hashed turn by turn, since one alone mostly waits for itself; elsewhere one
// after another, as digest.h does. Both give the same bytes.
#pragma once

#include <span>
#include <string_view>

#include "evidence/core/digest.h"

namespace assay {

// As many digests as texts.
void sha256_each(std::span<const std::string_view> texts, std::span<Digest> digests);

}  // namespace assay
