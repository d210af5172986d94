// RFC 9162, 2.1.1: of an odd number of nodes the last stands for itself one level up, which gives the same tree.
#include "evidence/store/node_tree.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

#include "evidence/core/check.h"
#include "evidence/core/digest_many.h"
#include "evidence/trail/merkle.h"

namespace assay {

NodeTree::NodeTree(std::vector<Digest> leaves) {
  CHECK(!leaves.empty());
  levels_.push_back(std::move(leaves));
  while (levels_.back().size() > 1) {
    const std::vector<Digest>& below = levels_.back();
    std::vector<Digest> level;
    for (std::size_t i = 0; i + 1 < below.size(); i += 2) level.push_back(merkle_node(below[i], below[i + 1]));
    if (below.size() % 2 == 1) level.push_back(below.back());
    levels_.push_back(std::move(level));
  }
}

void NodeTree::raise(std::size_t place, std::span<Digest> candidates) const {
  constexpr std::size_t kHash = sizeof(Digest::bytes), kNodeBytes = 1 + 2 * kHash, kAtOnce = 64;
  CHECK(candidates.size() <= kAtOnce);
  char bytes[kAtOnce * kNodeBytes];
  std::string_view nodes[kAtOnce];
  for (std::size_t level = 0; level + 1 < levels_.size(); ++level, place /= 2) {
    const std::size_t beside = place ^ 1U;
    if (beside >= levels_[level].size()) continue;  // stands for itself
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      char* const node = bytes + i * kNodeBytes;
      node[0] = 1;
      char *const own = node + 1 + (place % 2) * kHash, *const other = node + 1 + (beside % 2) * kHash;
      std::memcpy(own, candidates[i].bytes.data(), kHash);
      std::memcpy(other, levels_[level][beside].bytes.data(), kHash);
      nodes[i] = {node, kNodeBytes};
    }
    sha256_each({nodes, candidates.size()}, candidates);
  }
}

Digest NodeTree::with(Leaf one, Leaf other) const {
  for (std::size_t level = 0; level + 1 < levels_.size(); ++level) {
    const std::vector<Digest>& held = levels_[level];
    const auto up = [&](const Leaf& leaf) {
      const std::size_t beside = leaf.place ^ 1U;
      if (beside >= held.size()) return Leaf{leaf.place / 2, leaf.digest};
      const Digest& neighbour = beside == one.place ? one.digest : beside == other.place ? other.digest : held[beside];
      return Leaf{leaf.place / 2,
                  leaf.place % 2 == 0 ? merkle_node(leaf.digest, neighbour) : merkle_node(neighbour, leaf.digest)};
    };
    const Leaf risen = up(one);
    other = one.place / 2 == other.place / 2 ? risen : up(other);
    one = risen;
  }
  return one.digest;
}

}  // namespace assay
