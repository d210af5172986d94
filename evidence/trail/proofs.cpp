// Inclusion and consistency proofs: made (RFC 9162, 2.1.3.1 and 2.1.4.1) and checked (2.1.3.2 and 2.1.4.2).
#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "evidence/core/check.h"
#include "evidence/trail/merkle.h"

namespace assay {
namespace {

// Size of the left subtree: the largest power of two below `size`, which is at least 2.
std::size_t left_size(std::size_t size) { return std::bit_floor(size - 1); }

// PATH of the RFC.
void path(std::span<const Digest> leaves, std::size_t index, std::vector<Digest>& proof) {
  if (leaves.size() < 2) return;
  const std::size_t left = left_size(leaves.size());
  if (index < left) {
    path(leaves.first(left), index, proof);
    proof.push_back(merkle_root(leaves.subspan(left)));
  } else {
    path(leaves.subspan(left), index - left, proof);
    proof.push_back(merkle_root(leaves.first(left)));
  }
}

// SUBPROOF of the RFC; `whole` while the old tree is this very subtree, whose root the verifier then has already.
void subproof(std::span<const Digest> leaves, std::size_t old_size, bool whole, std::vector<Digest>& proof) {
  if (old_size == leaves.size()) {
    if (!whole) proof.push_back(merkle_root(leaves));
    return;
  }
  const std::size_t left = left_size(leaves.size());
  if (old_size <= left) {
    subproof(leaves.first(left), old_size, whole, proof);
    proof.push_back(merkle_root(leaves.subspan(left)));
  } else {
    subproof(leaves.subspan(left), old_size - left, false, proof);
    proof.push_back(merkle_root(leaves.first(left)));
  }
}

tl::unexpected<Error> broken(std::string message) {
  return fail(ErrorCode::Corruption, std::move(message), {},
              "ask for the proof again; if it stays so, the trail was changed");
}

tl::unexpected<Error> wrong_length(std::size_t found) {
  return broken(fmt::format("the proof has {} hashes, which does not fit trees of these sizes", found));
}

tl::unexpected<Error> wrong_root(std::string_view which, const Digest& found, const Digest& expected) {
  return broken(
      fmt::format("the proof leads to {} as the {}, not to {}", found.to_string(), which, expected.to_string()));
}

}  // namespace

std::vector<Digest> inclusion_proof(std::span<const Digest> leaves, std::uint64_t index) {
  CHECK(index < leaves.size());
  std::vector<Digest> proof;
  path(leaves, index, proof);
  return proof;
}

std::vector<Digest> consistency_proof(std::span<const Digest> leaves, std::uint64_t old_size) {
  CHECK(old_size > 0 && old_size <= leaves.size());
  std::vector<Digest> proof;
  subproof(leaves, old_size, true, proof);
  return proof;
}

Result<void> verify_inclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf,
                              std::span<const Digest> proof, const Digest& root) {
  if (index >= size) return broken(fmt::format("there is no leaf {} in a tree of {}", index, size));
  std::uint64_t place = index, last = size - 1;
  Digest hash = leaf;
  for (const Digest& sibling : proof) {
    if (last == 0) return wrong_length(proof.size());
    if ((place & 1) != 0 || place == last) {
      hash = merkle_node(sibling, hash);
      // The right edge has no sibling on the levels where it is a left child.
      while ((place & 1) == 0 && place != 0) place >>= 1, last >>= 1;
    } else {
      hash = merkle_node(hash, sibling);
    }
    place >>= 1, last >>= 1;
  }
  if (last != 0) return wrong_length(proof.size());
  if (hash != root) return wrong_root("root", hash, root);
  return {};
}

Result<void> verify_consistency(std::uint64_t old_size, std::uint64_t new_size, std::span<const Digest> proof,
                                const Digest& old_root, const Digest& new_root) {
  if (old_size == 0) return broken("nothing can be proved of an empty tree");
  if (old_size > new_size)
    return broken(fmt::format("a tree of {} cannot have grown from one of {}", new_size, old_size));
  if (old_size == new_size) {
    if (!proof.empty()) return wrong_length(proof.size());
    if (old_root != new_root) return wrong_root("root", old_root, new_root);
    return {};
  }
  if (proof.empty()) return wrong_length(0);

  std::uint64_t place = old_size - 1, last = new_size - 1;
  while ((place & 1) != 0) place >>= 1, last >>= 1;
  // An old tree that is a full subtree of the new one is not repeated in the proof.
  const bool given = std::has_single_bit(old_size);
  Digest old_hash = given ? old_root : proof.front();
  Digest new_hash = old_hash;
  for (const Digest& sibling : given ? proof : proof.subspan(1)) {
    if (last == 0) return wrong_length(proof.size());
    if ((place & 1) != 0 || place == last) {
      old_hash = merkle_node(sibling, old_hash);
      new_hash = merkle_node(sibling, new_hash);
      while ((place & 1) == 0 && place != 0) place >>= 1, last >>= 1;
    } else {
      new_hash = merkle_node(new_hash, sibling);
    }
    place >>= 1, last >>= 1;
  }
  if (last != 0) return wrong_length(proof.size());
  if (old_hash != old_root) return wrong_root("earlier root", old_hash, old_root);
  if (new_hash != new_root) return wrong_root("later root", new_hash, new_root);
  return {};
}

}  // namespace assay
