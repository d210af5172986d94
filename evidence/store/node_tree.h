// The tree below one node that is kept of a batch, asked what its hash would be with another leaf in it. Private to
// evidence/store.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "evidence/core/digest.h"

namespace assay {

class NodeTree {
 public:
  explicit NodeTree(std::vector<Digest> leaves);  // at least one
  const Digest& hash() const { return levels_.back().front(); }
  std::size_t leaves() const { return levels_.front().size(); }
  // Turns each candidate for the leaf at this place into the hash that the node has with it.
  void raise(std::size_t place, std::span<Digest> candidates) const;
  // The hash with two leaves set.
  struct Leaf {
    std::size_t place = 0;
    Digest digest;
  };
  Digest with(Leaf one, Leaf other) const;

 private:
  std::vector<std::vector<Digest>> levels_;  // leaves first, the hash last
};

}  // namespace assay
