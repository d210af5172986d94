// The outcome blocks of a run without their bytes, and the tree over them of which its entry says the root
// (docs/formats/trail.md).
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence/store/store.h"
#include "evidence/trail/merkle_tree.h"

namespace assay {

class RunOutline {
 public:
  // Those of a rule follow one another, by ascending number.
  explicit RunOutline(std::vector<BlockDigest> blocks);
  // With the tree as it was kept, which is not checked against them.
  RunOutline(std::vector<BlockDigest> blocks, MerkleTree tree);

  const std::vector<BlockDigest>& blocks() const { return blocks_; }
  std::span<const BlockDigest> of_rule(std::string_view rule) const;  // empty where it has none
  const MerkleTree& tree() const { return tree_; }
  Digest root() const { return tree_.root(); }

  // That of a run based on this one: its own blocks each in its place; those that come after follow the last of their
  // rule. Nothing where one has no place, or two have the same.
  std::optional<RunOutline> with(const std::vector<BlockDigest>& own) const;
  std::optional<Digest> root_with(const std::vector<BlockDigest>& own) const;  // the root of that

 private:
  void find_rules();
  std::optional<std::size_t> place_of(const BlockDigest& block) const;
  // Where each of its own stands; nothing where not every one has a place of its own.
  std::optional<std::vector<std::size_t>> places_of(const std::vector<BlockDigest>& own) const;

  std::vector<BlockDigest> blocks_;
  MerkleTree tree_;
  std::vector<std::pair<std::size_t, std::size_t>> rules_;  // from which of the blocks to which, the last not met
};

}  // namespace assay
