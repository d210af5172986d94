// The Merkle tree of RFC 9162 (section 2) as its definition reads, by recursion over sizes. Written apart from the
// program that makes the proofs, so that a mistake in one is not a mistake in the other.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "evidence/core/digest.h"

namespace assay::verifier {

Digest leaf_hash(std::string_view entry);
Digest node_hash(const Digest& left, const Digest& right);
Digest root_of(std::span<const Digest> leaves);

// The root to which a proof leads from a leaf at its place; nothing where the proof has too few hashes or too many, or
// there is no such place.
std::optional<Digest> root_by_inclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf,
                                        std::span<const Digest> proof);
// Is the tree of `old_size` and `old_root` the beginning of that of `new_size` and `new_root`? Of nothing, nothing is
// proved.
bool is_consistent(std::uint64_t old_size, const Digest& old_root, std::uint64_t new_size, const Digest& new_root,
                   std::span<const Digest> proof);

}  // namespace assay::verifier
