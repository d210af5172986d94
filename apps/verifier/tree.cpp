// Each function splits a tree where the RFC does, at the largest power of two below its size, and goes down one side.
#include "apps/verifier/tree.h"

#include <bit>

namespace assay::verifier {

namespace {

// Of a tree of two leaves or more.
std::uint64_t left_of(std::uint64_t size) { return std::bit_floor(size - 1); }

std::string bytes_of(const Digest& digest) { return {digest.bytes.begin(), digest.bytes.end()}; }

// The last hash of a proof belongs to the topmost split.
std::optional<Digest> take_last(std::span<const Digest>& proof) {
  if (proof.empty()) return std::nullopt;
  const Digest last = proof.back();
  proof = proof.first(proof.size() - 1);
  return last;
}

struct BothRoots {
  Digest before, after;
};

// PROOF of RFC 9162, 2.1.4.1, read backwards. While `whole`, the old tree ends where this subtree does at its left
// edge, and its root is known already.
std::optional<BothRoots> roots_by_consistency(std::uint64_t old_size, std::uint64_t size, bool whole,
                                              const Digest& old_root, std::span<const Digest> proof) {
  if (old_size == size) {
    if (whole) return proof.empty() ? std::optional(BothRoots{old_root, old_root}) : std::nullopt;
    return proof.size() == 1 ? std::optional(BothRoots{proof[0], proof[0]}) : std::nullopt;
  }
  const auto sibling = take_last(proof);
  if (!sibling) return std::nullopt;
  const std::uint64_t left = left_of(size);
  if (old_size <= left) {
    const auto below = roots_by_consistency(old_size, left, whole, old_root, proof);
    if (!below) return std::nullopt;
    return BothRoots{below->before, node_hash(below->after, *sibling)};
  }
  const auto below = roots_by_consistency(old_size - left, size - left, false, old_root, proof);
  if (!below) return std::nullopt;
  return BothRoots{node_hash(*sibling, below->before), node_hash(*sibling, below->after)};
}

}  // namespace

Digest leaf_hash(std::string_view entry) { return sha256(std::string_view(std::string(1, '\0').append(entry))); }

Digest node_hash(const Digest& left, const Digest& right) {
  return sha256(std::string_view('\1' + bytes_of(left) + bytes_of(right)));
}

Digest root_of(std::span<const Digest> leaves) {
  if (leaves.empty()) return sha256(std::string_view());
  if (leaves.size() == 1) return leaves[0];
  const auto left = static_cast<std::size_t>(left_of(leaves.size()));
  return node_hash(root_of(leaves.first(left)), root_of(leaves.subspan(left)));
}

std::optional<Digest> root_by_inclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf,
                                        std::span<const Digest> proof) {
  if (index >= size) return std::nullopt;
  if (size == 1) return proof.empty() ? std::optional(leaf) : std::nullopt;
  const auto sibling = take_last(proof);
  if (!sibling) return std::nullopt;
  const std::uint64_t left = left_of(size);
  const bool on_the_left = index < left;
  const auto below = on_the_left ? root_by_inclusion(index, left, leaf, proof)
                                 : root_by_inclusion(index - left, size - left, leaf, proof);
  if (!below) return std::nullopt;
  return on_the_left ? node_hash(*below, *sibling) : node_hash(*sibling, *below);
}

bool is_consistent(std::uint64_t old_size, const Digest& old_root, std::uint64_t new_size, const Digest& new_root,
                   std::span<const Digest> proof) {
  if (old_size == 0 || old_size > new_size) return false;
  const auto roots = roots_by_consistency(old_size, new_size, true, old_root, proof);
  return roots && roots->before == old_root && roots->after == new_root;
}

}  // namespace assay::verifier
