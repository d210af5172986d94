// FIPS 180-4. The rounds are the processor's own (SHA-NI); what stands here is the padding, the message schedule and
// the turn taking. The test compares it with OpenSSL at every length that ends a block differently.
#include "evidence/core/digest_many.h"

#include <algorithm>

#include "evidence/core/check.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include <cstring>
#endif

namespace assay {
namespace {

void one_by_one(std::span<const std::string_view> texts, std::span<Digest> digests) {
  for (std::size_t i = 0; i < texts.size(); ++i) digests[i] = sha256(texts[i]);
}

#if defined(__x86_64__)

constexpr std::size_t kBlockBytes = 64;

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
alignas(16) constexpr std::uint32_t kRoundConstants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// A text under way: its blocks, of which the last one or two hold the padding, and its state in the two halves that
// the instructions want (A B E F and C D G H).
struct Lane {
  const char* data = nullptr;
  std::size_t whole_blocks = 0, blocks = 0;
  char tail[2 * kBlockBytes];
  __m128i abef, cdgh;

  const char* block(std::size_t i) const {
    return i < whole_blocks ? data + i * kBlockBytes : tail + (i - whole_blocks) * kBlockBytes;
  }
};

void begin(Lane& lane, std::string_view text) {
  lane.data = text.data();
  lane.whole_blocks = text.size() / kBlockBytes;
  const std::size_t rest = text.size() % kBlockBytes;
  const std::size_t tail_blocks = rest + 9 <= kBlockBytes ? 1 : 2;
  lane.blocks = lane.whole_blocks + tail_blocks;
  std::memset(lane.tail, 0, sizeof lane.tail);
  if (rest > 0) std::memcpy(lane.tail, text.data() + lane.whole_blocks * kBlockBytes, rest);
  lane.tail[rest] = static_cast<char>(0x80);
  const std::uint64_t bits = __builtin_bswap64(std::uint64_t{text.size()} * 8);
  std::memcpy(lane.tail + tail_blocks * kBlockBytes - sizeof bits, &bits, sizeof bits);
  lane.abef = _mm_set_epi32(0x6a09e667, static_cast<int>(0xbb67ae85), 0x510e527f, static_cast<int>(0x9b05688c));
  lane.cdgh = _mm_set_epi32(0x3c6ef372, static_cast<int>(0xa54ff53a), 0x1f83d9ab, 0x5be0cd19);
}

// One block of each lane.
template <std::size_t kLanes>
__attribute__((target("sha,sse4.1"))) void compress(Lane* const (&lanes)[kLanes], std::size_t at) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i abef[kLanes], cdgh[kLanes], words[kLanes][4];
  for (std::size_t i = 0; i < kLanes; ++i) abef[i] = lanes[i]->abef, cdgh[i] = lanes[i]->cdgh;
#pragma GCC unroll 16
  for (std::size_t group = 0; group < 16; ++group) {  // of four rounds
    const __m128i constants = _mm_load_si128(reinterpret_cast<const __m128i*>(kRoundConstants + 4 * group));
    for (std::size_t i = 0; i < kLanes; ++i) {
      __m128i(&word)[4] = words[i];
      __m128i& now = word[group % 4];
      if (group < 4) {
        const char* block = lanes[i]->block(at) + 16 * group;
        now = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(block)), big_endian);
      } else {
        const __m128i last = word[(group + 3) % 4];
        const __m128i early = _mm_sha256msg1_epu32(now, word[(group + 1) % 4]);
        now = _mm_sha256msg2_epu32(_mm_add_epi32(early, _mm_alignr_epi8(last, word[(group + 2) % 4], 4)), last);
      }
      const __m128i input = _mm_add_epi32(now, constants);
      cdgh[i] = _mm_sha256rnds2_epu32(cdgh[i], abef[i], input);
      abef[i] = _mm_sha256rnds2_epu32(abef[i], cdgh[i], _mm_shuffle_epi32(input, 0x0e));
    }
  }
  for (std::size_t i = 0; i < kLanes; ++i) {
    lanes[i]->abef = _mm_add_epi32(abef[i], lanes[i]->abef);
    lanes[i]->cdgh = _mm_add_epi32(cdgh[i], lanes[i]->cdgh);
  }
}

__attribute__((target("sha,sse4.1"))) void finish(const Lane& lane, Digest& digest) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  const __m128i feba = _mm_shuffle_epi32(lane.abef, 0x1b), dchg = _mm_shuffle_epi32(lane.cdgh, 0xb1);
  const __m128i first = _mm_blend_epi16(feba, dchg, 0xf0), second = _mm_alignr_epi8(dchg, feba, 8);
  auto* out = reinterpret_cast<__m128i*>(digest.bytes.data());
  _mm_storeu_si128(out, _mm_shuffle_epi8(first, big_endian));
  _mm_storeu_si128(out + 1, _mm_shuffle_epi8(second, big_endian));
}

// Enough to keep the instructions busy, and few enough for the registers.
constexpr std::size_t kTogether = 4;

void several_at_once(std::span<const std::string_view> texts, std::span<Digest> digests) {
  Lane lanes[kTogether];
  for (std::size_t i = 0; i < texts.size(); i += kTogether) {
    const std::size_t count = std::min(kTogether, texts.size() - i);
    for (std::size_t k = 0; k < count; ++k) begin(lanes[k], texts[i + k]);
    std::size_t together = 0;
    if (count == kTogether) {
      together = std::min({lanes[0].blocks, lanes[1].blocks, lanes[2].blocks, lanes[3].blocks});
      for (std::size_t at = 0; at < together; ++at) compress<4>({&lanes[0], &lanes[1], &lanes[2], &lanes[3]}, at);
    }
    for (std::size_t k = 0; k < count; ++k) {
      for (std::size_t at = together; at < lanes[k].blocks; ++at) compress<1>({&lanes[k]}, at);
      finish(lanes[k], digests[i + k]);
    }
  }
}

bool has_instructions() {
  static const bool kHas = [] {
    __builtin_cpu_init();
    // g++ 12 has no name for SHA here: CPUID leaf 7, EBX bit 29.
    unsigned a = 7, b = 0, c = 0, d = 0;
    if (__builtin_cpu_supports("sse4.1") == 0) return false;
    __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
    return (b >> 29 & 1) != 0;
  }();
  return kHas;
}

#endif

}  // namespace

void sha256_each(std::span<const std::string_view> texts, std::span<Digest> digests) {
  CHECK(texts.size() == digests.size());
#if defined(__x86_64__)
  if (has_instructions()) return several_at_once(texts, digests);
#endif
  one_by_one(texts, digests);
}

}  // namespace assay
