// Levels one after another: where each begins follows from the number of leaves.
#include "evidence/trail/merkle_tree.h"

#include "evidence/core/check.h"
#include "evidence/trail/merkle.h"

namespace assay {
namespace {

std::size_t above(std::size_t level) { return (level + 1) / 2; }

}  // namespace

std::size_t MerkleTree::nodes_over(std::size_t leaves) {
  std::size_t nodes = leaves;
  for (std::size_t level = leaves; level > 1; level = above(level)) nodes += above(level);
  return nodes;
}

MerkleTree::MerkleTree(std::vector<Digest> leaves) : leaves_(leaves.size()) {
  nodes_.reserve(nodes_over(leaves_));
  nodes_ = leaves;
  for (std::vector<Digest>& level = leaves; level.size() > 1;) {
    merkle_rise(level);
    nodes_.insert(nodes_.end(), level.begin(), level.end());
  }
}

MerkleTree::MerkleTree(std::size_t leaves, std::vector<Digest> nodes) : leaves_(leaves), nodes_(std::move(nodes)) {
  CHECK(nodes_.size() == nodes_over(leaves));
}

void MerkleTree::exchange(std::size_t place, const Digest& leaf) {
  CHECK(place < leaves_);
  nodes_[place] = leaf;
  std::size_t begin = 0;
  for (std::size_t level = leaves_; level > 1; begin += level, level = above(level), place /= 2) {
    const std::size_t left = begin + (place & ~std::size_t{1}), up = begin + level + place / 2;
    const bool alone = left + 1 == begin + level;
    nodes_[up] = alone ? nodes_[left] : merkle_node(nodes_[left], nodes_[left + 1]);
  }
}

Digest MerkleTree::root() const { return nodes_.empty() ? merkle_empty_root() : nodes_.back(); }

}  // namespace assay
