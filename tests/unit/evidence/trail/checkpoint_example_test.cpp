// Keys, checkpoints and cosignatures: the worked example of docs/formats/checkpoint.md, whose signatures were made by
// another library; a key and signature published with Go's package of signed notes; and what is refused.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "evidence/trail/checkpoint.h"
#include "evidence/trail/merkle.h"

using namespace assay;

namespace {

constexpr std::string_view kLogSecret =
    "PRIVATE+KEY+york.example/assay+c72a2131+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB";
constexpr std::string_view kLog = "york.example/assay+c72a2131+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c";
constexpr std::string_view kWitnessSecret =
    "PRIVATE+KEY+council.example/witness+0edeeb82+BAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC";
constexpr std::string_view kWitness = "council.example/witness+0edeeb82+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU";
constexpr std::string_view kNote =
    "york.example/assay\n2\nLxwKmYx6+aHNFXt2MdQ+BTnzix9m+VAGC9VacrcvawA=\n\n"
    "— york.example/assay "
    "xyohMQI/HSxSSgDt9Q2VgQQ7tToTGfnXN0iAbZXLlvZf1yP3V94kp9d3cihTdazzG1yIg9DJwLyO2fRj+RTZhL157gI=\n"
    "— council.example/witness "
    "Dt7rggAAAABpW4SY27cASpe+bnaA0V0kJ/gHqd++XF8UDE3ViadQSn6P4s+xP8WmH7d+2YuRsIKskFhSwmPe2wAFb9NSttGgVxtxDw==\n";

Checkpoint example() {
  return {"york.example/assay", 2, *Digest::parse("2f1c0a998c7af9a1cd157b7631d43e0539f38b1f66f950060bd55a72b72f6b00")};
}

// Without the blanks and line ends that only the page has.
std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ' && c != '\n') out += c;
  return out;
}

}  // namespace

TEST_CASE("the worked example is signed as another library signed it") {
  const auto log = SigningKey::read(kLogSecret), witness = SigningKey::read(kWitnessSecret);
  REQUIRE(log);
  REQUIRE(witness);
  CHECK(log->public_key().to_string() == kLog);
  CHECK(log->secret_text() == kLogSecret);
  CHECK(witness->public_key().to_string() == kWitness);
  SignedCheckpoint note = sign(example(), *log);
  note.signatures.push_back(cosign(example(), *witness, 1767605400));
  CHECK(note.to_string() == kNote);
  const auto read = read_checkpoint(kNote);
  REQUIRE(read);
  CHECK(read->checkpoint == example());
  CHECK(signed_by(*read, *read_public_key(kLog)));
  CHECK(signed_by(*read, *read_public_key(kWitness))->made_at == 1767605400);
}

TEST_CASE("the worked example stands on its page") {
  std::ifstream in(ASSAY_SOURCE_DIR "/docs/formats/checkpoint.md");
  const std::string page = squeezed(std::string{std::istreambuf_iterator<char>(in), {}});
  for (const std::string_view part : {kLogSecret, kLog, kWitness, kNote}) CHECK(page.find(squeezed(part)) != page.npos);
}

TEST_CASE("a key and a signature published with Go's package of signed notes") {
  // golang.org/x/mod/sumdb/note, its documentation.
  const auto key = SigningKey::read("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
  REQUIRE(key);
  CHECK(key->public_key().to_string() == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  const std::string_view text =
      "If you think cryptography is the answer to your problem,\n"
      "then you don't know what your problem is.\n";
  const Signature signature = key->sign(text);
  const NoteSignature line{key->public_key().name, key->public_key().id(),
                           std::string(signature.begin(), signature.end())};
  CHECK(line.to_string() ==
        "— PeterNeumann "
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n");
}

TEST_CASE("a signature by another key, or of another text, does not hold") {
  auto note = *read_checkpoint(kNote);
  const PublicKey log = *read_public_key(kLog);
  const auto other = SigningKey::make("york.example/assay", KeyUse::Log);
  CHECK(signed_by(note, other->public_key()).error().code == ErrorCode::NotFound);
  note.checkpoint.size = 3;
  CHECK(signed_by(note, log).error().code == ErrorCode::Corruption);
  CHECK(signed_by(note, *read_public_key(kWitness)).error().code == ErrorCode::Corruption);
}

TEST_CASE("what is written in another way is refused") {
  const std::string note(kNote);
  const auto refused = [](const std::string& text) { return !read_checkpoint(text).has_value(); };
  CHECK_FALSE(refused(note));
  for (std::size_t size = 0; size < note.size(); ++size) {
    // A whole first signature is a checkpoint that nobody cosigned.
    const bool first_alone = note.substr(0, size).ends_with("7gI=\n");
    CHECK(refused(note.substr(0, size)) != first_alone);
  }
  CHECK(refused(note + "x"));
  CHECK(refused("york.example/assay\n02\n" + note.substr(21)));
  CHECK(refused("york.example/assay\n2\r\n" + note.substr(21)));
  for (const char* name : {"", "two words", "a+b", "a\nb"}) CHECK_FALSE(SigningKey::make(name, KeyUse::Log));
  CHECK_FALSE(read_public_key(std::string(kLog) + " "));
  CHECK_FALSE(read_public_key(kLogSecret));
  CHECK_FALSE(SigningKey::read(kLog));
  CHECK_FALSE(from_base64("QQ"));
  CHECK_FALSE(from_base64("QR=="));  // bits that say nothing
  CHECK(from_base64("QQ==").value() == "A");
}

TEST_CASE("a request to a witness is read as it is written") {
  const std::vector<Digest> proof = {merkle_leaf("a"), merkle_leaf("b")};
  const WitnessRequest request{1, proof, *read_checkpoint(kNote)};
  const auto read = read_witness_request(request.to_string());
  REQUIRE(read);
  CHECK(read->to_string() == request.to_string());
  CHECK(request.to_string().starts_with("old 1\nAi"));
  CHECK_FALSE(read_witness_request("old 01\n\n" + std::string(kNote)));
  CHECK_FALSE(read_witness_request(kNote));
  CHECK(tlog_proof(3, proof, *read_checkpoint(kNote)).starts_with("c2sp.org/tlog-proof@v1\nindex 3\nAi"));
}
