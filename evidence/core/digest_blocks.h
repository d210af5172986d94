// How SHA-256 sees a text: blocks of 64 bytes, of which the last one or two hold the padding (FIPS 180-4, 5.1.1), and
// the numbers of its rounds (4.2.2, 5.3.3). For what hashes several texts at once. Private to evidence/core.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace assay {

inline constexpr std::size_t kBlockBytes = 64;

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
alignas(16) inline constexpr std::uint32_t kRoundConstants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// Those of the square roots of the first eight: the state that every text begins with, A to H.
inline constexpr std::uint32_t kFirstState[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

// A text under way, which must outlive it.
struct PaddedBlocks {
  const char* data = nullptr;
  std::size_t whole_blocks = 0, blocks = 0;
  char tail[2 * kBlockBytes];

  const char* block(std::size_t i) const {
    return i < whole_blocks ? data + i * kBlockBytes : tail + (i - whole_blocks) * kBlockBytes;
  }

  void begin(std::string_view text) {
    data = text.data();
    whole_blocks = text.size() / kBlockBytes;
    const std::size_t rest = text.size() % kBlockBytes;
    const std::size_t tail_blocks = rest + 9 <= kBlockBytes ? 1 : 2;
    blocks = whole_blocks + tail_blocks;
    std::memset(tail, 0, sizeof tail);
    if (rest > 0) std::memcpy(tail, text.data() + whole_blocks * kBlockBytes, rest);
    tail[rest] = static_cast<char>(0x80);
    const std::uint64_t bits = __builtin_bswap64(std::uint64_t{text.size()} * 8);
    std::memcpy(tail + tail_blocks * kBlockBytes - sizeof bits, &bits, sizeof bits);
  }
};

}  // namespace assay
