// The worked example of docs/formats/packet.md: made anew it is the file, byte for byte, and it holds.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "apps/verifier/verify.h"
#include "tests/support/example_packet.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Holds a file against what was made; writes it where it is not there, and fails.
void check_file(const std::string& name, const std::string& made) {
  const std::string path = ASSAY_SOURCE_DIR "/tests/vectors/packet/" + name;
  if (!std::filesystem::exists(path)) {
    std::ofstream(path, std::ios::binary) << made;
    FAIL(path << " was not there and is written now; read it");
  }
  CHECK((read(path) == made));
}

}  // namespace

TEST_CASE("the example is made anew byte for byte") {
  const TemporaryFolder folder;
  const ExamplePacket made = make_example_packet(folder / "s.assay");
  check_file("example.json", made.text);
  check_file("kept.checkpoint", made.kept);
}

TEST_CASE("the figures of the page are those of the example") {
  const std::string packet = read(ASSAY_SOURCE_DIR "/tests/vectors/packet/example.json");
  const auto report = verifier::verify(packet, {});
  REQUIRE(report.packet);
  const std::string page = read(ASSAY_SOURCE_DIR "/docs/formats/packet.md");
  const auto stands = [&](const std::string& text) {
    INFO(text);
    CHECK(page.find(text) != std::string::npos);
  };
  stands(sha256(std::string_view(packet)).to_hex());
  stands(sha256(std::string_view(report.packet->content)).to_hex());
  stands(fmt::format("{} bytes", packet.size()));
  stands(report.packet->rows.back().leaf);
  stands(report.packet->entries.back().body.substr(0, 60));
  for (const Digest& leaf : report.packet->leaves) stands(leaf.to_hex());
}

TEST_CASE("the example holds, against the checkpoint kept and by the witness trusted") {
  const std::string packet = read(ASSAY_SOURCE_DIR "/tests/vectors/packet/example.json");
  verifier::Trusted trusted;
  trusted.kept.push_back({"kept.checkpoint", read(ASSAY_SOURCE_DIR "/tests/vectors/packet/kept.checkpoint")});
  trusted.logs.push_back(*verifier::read_key(example_key().public_key().to_string()));
  const auto policy = verifier::read_policy("witness W " + example_witness().public_key().to_string() + "\nquorum W\n");
  trusted.policy = std::get<verifier::Policy>(policy);
  const auto report = verifier::verify(packet, trusted);
  INFO(verifier::in_words(report));
  CHECK(report.holds());
  CHECK_FALSE(report.first_bad_entry());
  trusted.logs = {*verifier::read_key(other_key().public_key().to_string())};
  CHECK_FALSE(verifier::verify(packet, trusted).holds());
}
