// A tree with a leaf exchanged is the tree over the leaves as they are then, for every number of leaves and every
// place.
#include "evidence/trail/merkle_tree.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "evidence/trail/merkle.h"

using namespace assay;

TEST_CASE("a leaf exchanged gives the root of the leaves as they are then") {
  std::vector<Digest> leaves;
  CHECK(MerkleTree(leaves).root() == merkle_empty_root());
  for (std::size_t count = 1; count <= 70; ++count) {
    leaves.push_back(sha256(fmt::format("leaf {}", count)));
    MerkleTree tree(leaves);
    REQUIRE(tree.root() == merkle_root(leaves));
    REQUIRE(tree.nodes().size() == MerkleTree::nodes_over(count));
    for (std::size_t place = 0; place < count; ++place) {
      leaves[place] = sha256(fmt::format("other {} {}", count, place));
      tree.exchange(place, leaves[place]);
      REQUIRE(tree.root() == merkle_root(leaves));
    }
    CHECK(tree.nodes() == MerkleTree(leaves).nodes());
    CHECK(MerkleTree(count, tree.nodes()).root() == tree.root());
  }
}
