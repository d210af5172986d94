// The Merkle tree of RFC 9162 (section 2): leaf and node hashes, a tree that grows at its right edge, inclusion and
// consistency proofs. Hashes only; it does not know what a leaf says.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"

namespace assay {

Digest merkle_leaf(std::string_view entry);                   // SHA-256(0x00 || entry)
Digest merkle_node(const Digest& left, const Digest& right);  // SHA-256(0x01 || left || right)
Digest merkle_empty_root();                                   // SHA-256("")

// Appends leaves and knows its root at any time, keeping only the right edge: one hash per set bit of the size, largest
// subtree first.
class MerkleEdge {
 public:
  MerkleEdge() = default;
  MerkleEdge(std::uint64_t size, std::vector<Digest> edge);  // CHECKs that edge has one hash per set bit
  void append(const Digest& leaf);
  std::uint64_t size() const { return size_; }
  Digest root() const;
  const std::vector<Digest>& edge() const { return edge_; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> edge_;
};

Digest merkle_root(std::span<const Digest> leaves);
// From a level of the tree to the one above: the nodes over pairs of neighbours; of an odd number the last stands for
// itself.
void merkle_rise(std::vector<Digest>& level);
// The leaves of many entries, each with the byte 0x00 before it already; several are hashed at once.
void merkle_leaves(std::span<const std::string_view> prefixed_entries, std::span<Digest> leaves);
// The root over a list of digests: each leaf is merkle_leaf of the digest's 32 bytes. What a run's entry says of its
// outcome blocks and of its explanations.
Digest root_of_digests(std::span<const Digest> digests);
std::vector<Digest> leaves_of_digests(std::span<const Digest> digests);
// RFC 9162 2.1.3.1; index < leaves.size(), CHECKed.
std::vector<Digest> inclusion_proof(std::span<const Digest> leaves, std::uint64_t index);
// RFC 9162 2.1.4.1; 0 < old_size <= leaves.size(), CHECKed.
std::vector<Digest> consistency_proof(std::span<const Digest> leaves, std::uint64_t old_size);

// RFC 9162 2.1.3.2 and 2.1.4.2. Corruption with a sentence that says what does not hold.
Result<void> verify_inclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf,
                              std::span<const Digest> proof, const Digest& root);
Result<void> verify_consistency(std::uint64_t old_size, std::uint64_t new_size, std::span<const Digest> proof,
                                const Digest& old_root, const Digest& new_root);

}  // namespace assay
