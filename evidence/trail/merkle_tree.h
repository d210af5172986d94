// All nodes of a Merkle tree: once a leaf is exchanged its root costs a path, where otherwise it would cost every leaf.
#pragma once

#include <cstddef>
#include <vector>

#include "evidence/core/digest.h"

namespace assay {

class MerkleTree {
 public:
  MerkleTree() = default;
  explicit MerkleTree(std::vector<Digest> leaves);
  // As nodes() gave them of that many leaves; CHECKs that there are as many, not that they follow from one another.
  MerkleTree(std::size_t leaves, std::vector<Digest> nodes);
  static std::size_t nodes_over(std::size_t leaves);

  std::size_t leaves() const { return leaves_; }
  void exchange(std::size_t place, const Digest& leaf);  // place < leaves(), CHECKed
  Digest root() const;                                   // as merkle_root over the leaves
  // The leaves, then each level above them.
  const std::vector<Digest>& nodes() const { return nodes_; }

 private:
  std::size_t leaves_ = 0;
  std::vector<Digest> nodes_;
};

}  // namespace assay
