// The tree against the RFC's own recursive definition, for every size up to 70.
#include "evidence/trail/merkle.h"

#include <bit>
#include <catch2/catch.hpp>

using namespace assay;

namespace {

std::vector<Digest> leaves(std::size_t count) {
  std::vector<Digest> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(merkle_leaf(fmt::format("entry {}", i)));
  return made;
}

// MTH of RFC 9162, 2.1.1, as written there.
Digest by_definition(std::span<const Digest> of) {
  if (of.empty()) return sha256(std::string_view());
  if (of.size() == 1) return of[0];
  const std::size_t left = std::bit_floor(of.size() - 1);
  return merkle_node(by_definition(of.first(left)), by_definition(of.subspan(left)));
}

}  // namespace

TEST_CASE("hashes are those of the RFC") {
  CHECK(merkle_empty_root().to_hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(merkle_leaf("").to_hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  CHECK(merkle_leaf("a") == sha256(std::string_view("\0a", 2)));
}

TEST_CASE("the growing edge has the root of the definition at every size") {
  const auto all = leaves(70);
  MerkleEdge edge;
  CHECK(edge.root() == merkle_empty_root());
  for (std::size_t size = 1; size <= all.size(); ++size) {
    edge.append(all[size - 1]);
    REQUIRE(edge.size() == size);
    REQUIRE(edge.edge().size() == static_cast<std::size_t>(std::popcount(size)));
    REQUIRE(edge.root() == by_definition(std::span(all).first(size)));
    REQUIRE(MerkleEdge(size, edge.edge()).root() == edge.root());
  }
  CHECK(merkle_root(all) == edge.root());
}

TEST_CASE("a tree over the roots of full subtrees is the tree over their leaves") {
  const auto all = leaves(70);
  std::vector<Digest> blocks;
  for (std::size_t at = 0; at < all.size(); at += 16) {
    blocks.push_back(merkle_root(std::span(all).subspan(at, std::min<std::size_t>(16, all.size() - at))));
  }
  CHECK(merkle_root(blocks) == merkle_root(all));
}

TEST_CASE("every inclusion proof holds, and for no other place") {
  const auto all = leaves(40);
  for (std::size_t size = 1; size <= all.size(); ++size) {
    const auto tree = std::span(all).first(size);
    const Digest root = merkle_root(tree);
    for (std::size_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof(tree, index);
      REQUIRE(verify_inclusion(index, size, tree[index], proof, root));
      REQUIRE_FALSE(verify_inclusion((index + 1) % (size + 1), size, tree[index], proof, root));
      REQUIRE_FALSE(verify_inclusion(index, size, all[(index + 1) % 40], proof, root));
    }
  }
}

TEST_CASE("every consistency proof holds, and for no other root") {
  const auto all = leaves(40);
  for (std::size_t size = 1; size <= all.size(); ++size) {
    const auto tree = std::span(all).first(size);
    const Digest root = merkle_root(tree);
    for (std::size_t old_size = 1; old_size <= size; ++old_size) {
      const Digest old_root = merkle_root(tree.first(old_size));
      const auto proof = consistency_proof(tree, old_size);
      REQUIRE(verify_consistency(old_size, size, proof, old_root, root));
      REQUIRE_FALSE(verify_consistency(old_size, size, proof, merkle_empty_root(), root));
      REQUIRE_FALSE(verify_consistency(old_size, size, proof, old_root, merkle_empty_root()));
    }
  }
}

TEST_CASE("a proof that does not hold says why") {
  const auto all = leaves(5);
  const Digest root = merkle_root(all);
  const auto proof = inclusion_proof(all, 2);
  CHECK(verify_inclusion(5, 5, all[0], proof, root).error().message == "there is no leaf 5 in a tree of 5");
  CHECK(verify_inclusion(2, 5, all[2], std::span(proof).first(1), root).error().message ==
        "the proof has 1 hashes, which does not fit trees of these sizes");
  CHECK(verify_inclusion(2, 5, all[1], proof, root).error().message.find("the proof leads to sha256:") == 0);
  CHECK(verify_inclusion(2, 5, all[1], proof, root).error().code == ErrorCode::Corruption);
  CHECK(verify_consistency(6, 5, {}, root, root).error().message == "a tree of 5 cannot have grown from one of 6");
  CHECK(verify_consistency(0, 5, {}, root, root).error().message == "nothing can be proved of an empty tree");
}

TEST_CASE("a root of digests hashes each digest as a leaf") {
  const std::vector<Digest> digests = {sha256(std::string_view("one")), sha256(std::string_view("two"))};
  const auto leaf = [](const Digest& digest) {
    return merkle_leaf(std::string(digest.bytes.begin(), digest.bytes.end()));
  };
  CHECK(root_of_digests(digests) == merkle_node(leaf(digests[0]), leaf(digests[1])));
  CHECK(root_of_digests({}) == merkle_empty_root());
}

TEST_CASE("many leaves and the root over them at once are those of the definition") {
  for (const std::size_t count : {1U, 2U, 3U, 127U, 128U, 129U, 255U, 256U, 257U, 1000U}) {
    std::vector<std::string> entries;
    for (std::size_t i = 0; i < count; ++i) entries.push_back(std::string(1, '\0') + fmt::format("entry {}", i));
    const std::vector<std::string_view> views(entries.begin(), entries.end());
    std::vector<Digest> made(count);
    merkle_leaves(views, made);
    REQUIRE(made == leaves(count));
    REQUIRE(merkle_root(made) == by_definition(made));
  }
}
