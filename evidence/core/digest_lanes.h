// The ways to hash several texts at once that processors have. Private to evidence/core.
#pragma once

#include <span>
#include <string_view>

#include "evidence/core/digest.h"

namespace assay {

// Any number of texts, four turn by turn. With the instructions for SHA-256 alone.
bool can_hash_by_four();
void sha256_by_four(std::span<const std::string_view> texts, std::span<Digest> digests);

// Sixteen texts, one in each part of a register of 512 bits. With AVX-512 alone (F and BW).
inline constexpr std::size_t kSixteen = 16;
bool can_hash_by_sixteen();
// Whether they are of like length: no block of a longer one is taken with most of the others at rest.
bool alike_enough(std::span<const std::string_view, kSixteen> texts);
void sha256_by_sixteen(std::span<const std::string_view, kSixteen> texts, std::span<Digest, kSixteen> digests);

}  // namespace assay
