// FIPS 180-4. The rounds are the processor's own (SHA-NI); what stands here is the message schedule and the turn
// taking.
#include <algorithm>

#include "evidence/core/check.h"
#include "evidence/core/digest_blocks.h"
#include "evidence/core/digest_lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>

namespace assay {
namespace {

// With its state in the two halves that the instructions want.
struct Lane : PaddedBlocks {
  __m128i abef, cdgh;
};

void begin(Lane& lane, std::string_view text) {
  lane.begin(text);
  const auto half = [](std::size_t a, std::size_t b, std::size_t c, std::size_t d) {
    const auto word = [](std::size_t i) { return static_cast<int>(kFirstState[i]); };
    return _mm_set_epi32(word(a), word(b), word(c), word(d));
  };
  lane.abef = half(0, 1, 4, 5);
  lane.cdgh = half(2, 3, 6, 7);
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

}  // namespace

void sha256_by_four(std::span<const std::string_view> texts, std::span<Digest> digests) {
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

bool can_hash_by_four() {
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

}  // namespace assay

#else

namespace assay {
bool can_hash_by_four() { return false; }
void sha256_by_four(std::span<const std::string_view>, std::span<Digest>) { CHECK(false); }
}  // namespace assay

#endif
