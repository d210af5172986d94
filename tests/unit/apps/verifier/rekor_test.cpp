// Proofs that we did not make: entries of Sigstore's public log, by the verifier's tree and by the program's.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "apps/verifier/note.h"
#include "apps/verifier/tree.h"
#include "evidence/trail/checkpoint.h"
#include "evidence/trail/merkle.h"

using namespace assay;
using nlohmann::json;

TEST_CASE("entries of a public log are accepted and refused as published") {
  int held = 0, refused = 0;
  for (const auto& file : std::filesystem::directory_iterator(ASSAY_SOURCE_DIR "/tests/vectors/rekor")) {
    if (file.path().extension() != ".json") continue;
    INFO(file.path().string());
    std::ifstream in(file.path());
    const json entry = json::parse(in);
    const Digest leaf = merkle_leaf(verifier::bytes_of_base64(entry["body"].get<std::string>()).value());
    const Digest root = verifier::digest_of_base64(entry["root"].get<std::string>()).value();
    std::vector<Digest> proof;
    for (const json& hash : entry["hashes"])
      proof.push_back(verifier::digest_of_base64(hash.get<std::string>()).value());
    const std::uint64_t index = entry["index"], size = entry["size"];
    const bool wanted = file.path().stem().string().find("_fail") == std::string::npos;
    CHECK((verifier::root_by_inclusion(index, size, leaf, proof) == root) == wanted);
    CHECK(verify_inclusion(index, size, leaf, proof, root).has_value() == wanted);
    if (!wanted) {
      ++refused;
      continue;
    }
    ++held;
    // Rekor's oldest checkpoints bear lines that nobody can check, and are refused; the others are read alike.
    const std::string checkpoint = entry["checkpoint"];
    const auto ours = read_checkpoint(checkpoint);
    const auto theirs = verifier::read_note(checkpoint);
    CHECK(ours.has_value() == theirs.has_value());
    if (ours) CHECK((ours->checkpoint.root == root && ours->checkpoint.size == size && theirs->root == root));
  }
  CHECK(held == 5);
  CHECK(refused == 2);
}
