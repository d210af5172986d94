// The published proofs in tests/vectors/merkle, by the tree of the verifier: accepted and refused as they say; and that
// tree beside the one that makes the proofs.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "apps/verifier/tree.h"
#include "evidence/trail/merkle.h"

using namespace assay;
using nlohmann::json;

namespace {

std::vector<std::uint8_t> from_base64(std::string_view text) {
  static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::vector<std::uint8_t> bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    if (c == '=') break;
    bits = bits << 6 | static_cast<std::uint32_t>(kDigits.find(c));
    if ((held += 6) >= 8) bytes.push_back(static_cast<std::uint8_t>(bits >> (held -= 8)));
  }
  return bytes;
}

// Where a vector has words for a hash, their digest stands for them, so that alike stays alike. An empty hash is none.
std::optional<Digest> digest(const json& value) {
  const auto bytes = value.is_null() ? std::vector<std::uint8_t>{} : from_base64(value.get<std::string>());
  if (bytes.empty()) return std::nullopt;
  Digest made;
  if (bytes.size() != made.bytes.size()) return sha256(std::span<const std::uint8_t>(bytes));
  std::copy(bytes.begin(), bytes.end(), made.bytes.begin());
  return made;
}

bool accepted(const json& vector) {
  std::vector<Digest> proof;
  for (const json& hash : vector["proof"]) {
    const auto one = digest(hash);
    if (!one) return false;
    proof.push_back(*one);
  }
  if (vector.contains("leafIdx")) {
    const auto leaf = digest(vector["leafHash"]), root = digest(vector["root"]);
    return leaf && root && verifier::root_by_inclusion(vector["leafIdx"], vector["treeSize"], *leaf, proof) == *root;
  }
  const auto older = digest(vector["root1"]), newer = digest(vector["root2"]);
  return older && newer && verifier::is_consistent(vector["size1"], *older, vector["size2"], *newer, proof);
}

void check_folder(const char* name, int expected_files) {
  int files = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::string(ASSAY_SOURCE_DIR "/tests/vectors/merkle/") + name)) {
    if (!entry.is_regular_file()) continue;
    ++files;
    std::ifstream in(entry.path());
    const json vector = json::parse(in);
    INFO(entry.path().string() << ": " << vector["desc"]);
    CHECK(accepted(vector) == !vector["wantErr"].get<bool>());
  }
  CHECK(files == expected_files);
}

}  // namespace

TEST_CASE("published inclusion proofs") { check_folder("inclusion", 98); }
TEST_CASE("published consistency proofs") { check_folder("consistency", 98); }

TEST_CASE("proofs of ours hold by the other tree, and for no other place") {
  std::vector<Digest> all;
  for (int i = 0; i < 40; ++i) all.push_back(merkle_leaf(fmt::format("entry {}", i)));
  for (std::size_t size = 1; size <= all.size(); ++size) {
    const auto tree = std::span(all).first(size);
    const Digest root = verifier::root_of(tree);
    REQUIRE(root == merkle_root(tree));
    for (std::size_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof(tree, index);
      REQUIRE(verifier::root_by_inclusion(index, size, tree[index], proof) == root);
      REQUIRE(verifier::root_by_inclusion((index + 1) % (size + 1), size, tree[index], proof) != root);
      const Digest before = merkle_root(tree.first(index + 1));
      const auto grown = consistency_proof(tree, index + 1);
      REQUIRE(verifier::is_consistent(index + 1, before, size, root, grown));
      REQUIRE_FALSE(verifier::is_consistent(index + 1, merkle_empty_root(), size, root, grown));
      REQUIRE_FALSE(verifier::is_consistent(index + 1, before, size, merkle_empty_root(), grown));
    }
  }
}
