// SHA-256 against published digests: FIPS 180-4 (NIST's examples) and RFC 6234.
#include "evidence/core/digest.h"

#include <catch2/catch.hpp>
#include <thread>

using namespace assay;

namespace {
constexpr std::string_view kEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr std::string_view kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr std::string_view kTwoBlocks = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
constexpr std::string_view kMillion = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
constexpr std::string_view kTwoBlocksText = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
}  // namespace

TEST_CASE("sha256 of the published examples") {
  REQUIRE(sha256("").to_hex() == kEmpty);
  REQUIRE(sha256("abc").to_hex() == kAbc);
  REQUIRE(sha256(kTwoBlocksText).to_hex() == kTwoBlocks);
  REQUIRE(sha256(std::string(1'000'000, 'a')).to_hex() == kMillion);
  const std::array<std::uint8_t, 3> bytes = {'a', 'b', 'c'};
  REQUIRE(sha256(std::span<const std::uint8_t>(bytes)).to_hex() == kAbc);
}

TEST_CASE("a stream may come in any pieces, and a hasher starts anew after each digest") {
  Sha256 hasher;
  for (const char c : kTwoBlocksText) hasher.add(std::string_view(&c, 1));
  REQUIRE(hasher.finish().to_hex() == kTwoBlocks);
  hasher.add("ab");
  const std::array<std::uint8_t, 1> last = {'c'};
  hasher.add(std::span<const std::uint8_t>(last));
  REQUIRE(hasher.finish().to_hex() == kAbc);
  REQUIRE(hasher.finish().to_hex() == kEmpty);
}

TEST_CASE("a hasher that has moved keeps what it was given") {
  Sha256 first;
  first.add("ab");
  Sha256 second = std::move(first);
  second.add("c");
  REQUIRE(second.finish().to_hex() == kAbc);
}

TEST_CASE("threads hash without disturbing each other") {
  std::array<int, 4> wrong{};
  std::vector<std::thread> threads;
  for (int& count : wrong) {
    threads.emplace_back([&count] {
      for (int i = 0; i < 1000; ++i) count += sha256("abc").to_hex() == kAbc ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  REQUIRE(wrong == std::array<int, 4>{});
}

TEST_CASE("a digest in text, with and without its prefix") {
  const Digest digest = sha256("abc");
  REQUIRE(digest.to_string() == "sha256:" + std::string(kAbc));
  REQUIRE(Digest::parse(digest.to_string()) == digest);
  REQUIRE(Digest::parse(digest.to_hex()) == digest);
}

TEST_CASE("what is not a digest is not read as one") {
  const std::string hex(kAbc);
  REQUIRE_FALSE(Digest::parse(""));
  REQUIRE_FALSE(Digest::parse("sha256:"));
  REQUIRE_FALSE(Digest::parse(hex.substr(1)));
  REQUIRE_FALSE(Digest::parse(hex + "0"));
  REQUIRE_FALSE(Digest::parse("sha512:" + hex));
  REQUIRE_FALSE(Digest::parse("g" + hex.substr(1)));
  // One text for one digest: upper case is another text.
  REQUIRE_FALSE(Digest::parse("BA" + hex.substr(2)));
}
