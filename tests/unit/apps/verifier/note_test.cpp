// What the program signs, read by the verifier's own code: it takes the same notes and keys, and refuses the same.
#include "apps/verifier/note.h"

#include <catch2/catch.hpp>

#include "tests/support/example_packet.h"

using namespace assay;
using namespace assay::test;
using verifier::Signed;

namespace {

std::string example_note() {
  SignedCheckpoint note = sign({"york.example/assay", 7, sha256(std::string_view("root"))}, example_key());
  note.signatures.push_back(cosign(note.checkpoint, example_witness(), 1767605400));
  return note.to_string();
}

}  // namespace

TEST_CASE("a note that was signed is read, and both its signatures hold") {
  const auto note = verifier::read_note(example_note());
  REQUIRE(note);
  CHECK(note->origin == "york.example/assay");
  CHECK(note->size == 7);
  CHECK(note->root == sha256(std::string_view("root")));
  const auto log = verifier::read_key(example_key().public_key().to_string());
  const auto witness = verifier::read_key(example_witness().public_key().to_string());
  REQUIRE((log && witness && !log->witness && witness->witness));
  CHECK(verifier::signature_of(*note, *log).how == Signed::Well);
  const auto found = verifier::signature_of(*note, *witness);
  CHECK(found.how == Signed::Well);
  CHECK(verifier::moment_in_words(found.moment) == "2026-01-05T09:30:00Z");
  CHECK(verifier::signature_of(*note, *verifier::read_key(other_key().public_key().to_string())).how == Signed::Not);
}

TEST_CASE("no bit of a note can be flipped: it is not read, or a signature is lost") {
  const std::string good = example_note();
  const auto log = *verifier::read_key(example_key().public_key().to_string());
  const auto witness = *verifier::read_key(example_witness().public_key().to_string());
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ 1 << bit % 8);
    const auto note = verifier::read_note(bad);
    const bool both = note && verifier::signature_of(*note, log).how == Signed::Well &&
                      verifier::signature_of(*note, witness).how == Signed::Well;
    if (both) FAIL("bit " << bit << " of the note says nothing");
    // Whoever writes notes reads them as strictly.
    if (note.has_value() != read_checkpoint(bad).has_value())
      FAIL("bit " << bit << ": one reader takes it, one does not");
  }
}

TEST_CASE("no bit of a key can be flipped") {
  const std::string good = example_key().public_key().to_string();
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ 1 << bit % 8);
    if (verifier::read_key(bad)) FAIL("bit " << bit << " of the key says nothing: " << bad);
    if (read_public_key(bad)) FAIL("bit " << bit << " of the key says nothing to the program");
  }
}
