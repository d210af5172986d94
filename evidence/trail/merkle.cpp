// Hashes, the growing edge and roots (RFC 9162, 2.1.1).
#include "evidence/trail/merkle.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <utility>

#include "evidence/core/check.h"
#include "evidence/core/digest_many.h"

namespace assay {
namespace {

// By the same code as many at once: for short texts a general library takes longer to begin and to end than to hash.
Digest hash(std::string_view text) {
  Digest digest;
  sha256_each({&text, 1}, {&digest, 1});
  return digest;
}

constexpr std::string_view kLeafPrefix("\0", 1);
constexpr std::string_view kNodePrefix("\1", 1);

// From the smallest subtree to the largest, since the tree leans to the left.
Digest fold(std::span<const Digest> edge) {
  Digest root = edge.back();
  for (std::size_t i = edge.size() - 1; i-- > 0;) root = merkle_node(edge[i], root);
  return root;
}

}  // namespace

Digest merkle_leaf(std::string_view entry) {
  thread_local std::string prefixed;
  prefixed.assign(kLeafPrefix).append(entry);
  return hash(prefixed);
}

Digest merkle_node(const Digest& left, const Digest& right) {
  char entry[1 + 2 * sizeof(Digest::bytes)];
  entry[0] = kNodePrefix.front();
  std::memcpy(entry + 1, left.bytes.data(), sizeof(Digest::bytes));
  std::memcpy(entry + 1 + sizeof(Digest::bytes), right.bytes.data(), sizeof(Digest::bytes));
  return hash({entry, sizeof entry});
}

Digest merkle_empty_root() {
  static const Digest kRoot = hash({});
  return kRoot;
}

MerkleEdge::MerkleEdge(std::uint64_t size, std::vector<Digest> edge) : size_(size), edge_(std::move(edge)) {
  CHECK(edge_.size() == static_cast<std::size_t>(std::popcount(size_)));
}

void MerkleEdge::append(const Digest& leaf) {
  edge_.push_back(leaf);
  // Each low set bit of the old size is a subtree as large as the one just finished.
  for (std::uint64_t full = size_; (full & 1) != 0; full >>= 1) {
    const Digest right = edge_.back();
    edge_.pop_back();
    edge_.back() = merkle_node(edge_.back(), right);
  }
  ++size_;
}

Digest MerkleEdge::root() const { return edge_.empty() ? merkle_empty_root() : fold(edge_); }

void merkle_rise(std::vector<Digest>& level) {
  constexpr std::size_t kNodeBytes = 1 + 2 * sizeof(Digest::bytes);
  constexpr std::size_t kAtOnce = 64;
  char entries[kAtOnce * kNodeBytes];
  std::string_view views[kAtOnce];
  const std::size_t pairs = level.size() / 2;
  for (std::size_t first = 0; first < pairs; first += kAtOnce) {
    const std::size_t count = std::min(kAtOnce, pairs - first);
    for (std::size_t i = 0; i < count; ++i) {
      char* const entry = entries + i * kNodeBytes;
      entry[0] = kNodePrefix.front();
      std::memcpy(entry + 1, level[2 * (first + i)].bytes.data(), sizeof(Digest::bytes));
      std::memcpy(entry + 1 + sizeof(Digest::bytes), level[2 * (first + i) + 1].bytes.data(), sizeof(Digest::bytes));
      views[i] = {entry, kNodeBytes};
    }
    sha256_each({views, count}, std::span(level).subspan(first, count));
  }
  if (level.size() % 2 == 1) level[pairs] = level.back();
  level.resize((level.size() + 1) / 2);
}

Digest merkle_root(std::span<const Digest> leaves) {
  if (leaves.empty()) return merkle_empty_root();
  std::vector<Digest> level(leaves.begin(), leaves.end());
  while (level.size() > 1) merkle_rise(level);
  return level.front();
}

void merkle_leaves(std::span<const std::string_view> prefixed_entries, std::span<Digest> leaves) {
  sha256_each(prefixed_entries, leaves);
}

std::vector<Digest> leaves_of_digests(std::span<const Digest> digests) {
  constexpr std::size_t kBytes = 1 + sizeof(Digest::bytes);
  std::string prefixed(digests.size() * kBytes, kLeafPrefix.front());
  std::vector<std::string_view> entries;
  entries.reserve(digests.size());
  for (std::size_t i = 0; i < digests.size(); ++i) {
    std::memcpy(prefixed.data() + i * kBytes + 1, digests[i].bytes.data(), sizeof(Digest::bytes));
    entries.push_back(std::string_view(prefixed).substr(i * kBytes, kBytes));
  }
  std::vector<Digest> leaves(digests.size());
  merkle_leaves(entries, leaves);
  return leaves;
}

Digest root_of_digests(std::span<const Digest> digests) { return merkle_root(leaves_of_digests(digests)); }

}  // namespace assay
