// FIPS 180-4, 6.2.2, word for word, each word of sixteen texts in one register.
#include <algorithm>

#include "evidence/core/check.h"
#include "evidence/core/digest_blocks.h"
#include "evidence/core/digest_lanes.h"

namespace assay {
namespace {

std::size_t blocks_of(std::string_view text) { return (text.size() + 9 + kBlockBytes - 1) / kBlockBytes; }

}  // namespace

bool alike_enough(std::span<const std::string_view, kSixteen> texts) {
  std::size_t longest = 0, all = 0;
  for (const std::string_view text : texts) {
    longest = std::max(longest, blocks_of(text));
    all += blocks_of(text);
  }
  return longest * kSixteen <= 2 * all;
}

}  // namespace assay

#if defined(__x86_64__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"  // of the compiler's own header, on purpose: all bits are written over
#include <immintrin.h>
#pragma GCC diagnostic pop

#define ASSAY_WIDE __attribute__((target("avx512f,avx512bw")))

namespace assay {
namespace {

using Wide = __m512i;  // a word of each text

// From the sixteen words of each text to each word of the sixteen texts: a matrix turned over, by pairs, fours,
// and then the quarters of the registers.
ASSAY_WIDE void turn_over(Wide (&rows)[16]) {
  Wide pairs[16], fours[16];
#pragma GCC unroll 8
  for (std::size_t i = 0; i < 16; i += 2) {
    pairs[i] = _mm512_unpacklo_epi32(rows[i], rows[i + 1]);
    pairs[i + 1] = _mm512_unpackhi_epi32(rows[i], rows[i + 1]);
  }
#pragma GCC unroll 4
  for (std::size_t i = 0; i < 16; i += 4) {
    fours[i] = _mm512_unpacklo_epi64(pairs[i], pairs[i + 2]);
    fours[i + 1] = _mm512_unpackhi_epi64(pairs[i], pairs[i + 2]);
    fours[i + 2] = _mm512_unpacklo_epi64(pairs[i + 1], pairs[i + 3]);
    fours[i + 3] = _mm512_unpackhi_epi64(pairs[i + 1], pairs[i + 3]);
  }
  constexpr int kEven = 0x88, kOdd = 0xdd;  // of the quarters of two registers
#pragma GCC unroll 4
  for (std::size_t i = 0; i < 4; ++i) {
    const Wide upper_even = _mm512_shuffle_i32x4(fours[i], fours[i + 4], kEven);
    const Wide upper_odd = _mm512_shuffle_i32x4(fours[i], fours[i + 4], kOdd);
    const Wide lower_even = _mm512_shuffle_i32x4(fours[i + 8], fours[i + 12], kEven);
    const Wide lower_odd = _mm512_shuffle_i32x4(fours[i + 8], fours[i + 12], kOdd);
    rows[i] = _mm512_shuffle_i32x4(upper_even, lower_even, kEven);
    rows[i + 4] = _mm512_shuffle_i32x4(upper_odd, lower_odd, kEven);
    rows[i + 8] = _mm512_shuffle_i32x4(upper_even, lower_even, kOdd);
    rows[i + 12] = _mm512_shuffle_i32x4(upper_odd, lower_odd, kOdd);
  }
}

constexpr int kXor = 0x96, kChoose = 0xca, kMajority = 0xe8;  // truth tables of three inputs

template <int kOne, int kOther, int kThird>
ASSAY_WIDE inline Wide big_sigma(Wide x) {
  return _mm512_ternarylogic_epi32(_mm512_ror_epi32(x, kOne), _mm512_ror_epi32(x, kOther), _mm512_ror_epi32(x, kThird),
                                   kXor);
}
template <int kOne, int kOther, int kShift>
ASSAY_WIDE inline Wide small_sigma(Wide x) {
  return _mm512_ternarylogic_epi32(_mm512_ror_epi32(x, kOne), _mm512_ror_epi32(x, kOther), _mm512_srli_epi32(x, kShift),
                                   kXor);
}
ASSAY_WIDE inline Wide sum(Wide a, Wide b) { return _mm512_add_epi32(a, b); }

// One block of each text, of those that `active` names.
ASSAY_WIDE void compress(Wide (&state)[8], Wide (&words)[16], __mmask16 active) {
  Wide now[8];
  std::copy_n(state, 8, now);
#pragma GCC unroll 64
  for (std::size_t round = 0; round < 64; ++round) {
    Wide& word = words[round % 16];
    if (round >= 16) {
      const Wide early = small_sigma<7, 18, 3>(words[(round + 1) % 16]);
      const Wide late = small_sigma<17, 19, 10>(words[(round + 14) % 16]);
      word = sum(sum(word, early), sum(words[(round + 9) % 16], late));
    }
    // Each round the letters move on by one place.
    const auto at = [&](std::size_t letter) -> Wide& { return now[(letter + 64 - round) % 8]; };
    const Wide constant = _mm512_set1_epi32(static_cast<int>(kRoundConstants[round]));
    const Wide chosen = _mm512_ternarylogic_epi32(at(4), at(5), at(6), kChoose);
    const Wide first = sum(sum(sum(at(7), big_sigma<6, 11, 25>(at(4))), chosen), sum(constant, word));
    const Wide most = _mm512_ternarylogic_epi32(at(0), at(1), at(2), kMajority);
    at(3) = sum(at(3), first);
    at(7) = sum(first, sum(big_sigma<2, 13, 22>(at(0)), most));
  }
  for (std::size_t i = 0; i < 8; ++i) state[i] = _mm512_mask_add_epi32(state[i], active, state[i], now[i]);
}

}  // namespace

ASSAY_WIDE void sha256_by_sixteen(std::span<const std::string_view, kSixteen> texts,
                                  std::span<Digest, kSixteen> digests) {
  PaddedBlocks lanes[kSixteen];
  std::size_t longest = 0;
  for (std::size_t i = 0; i < kSixteen; ++i) {
    lanes[i].begin(texts[i]);
    longest = std::max(longest, lanes[i].blocks);
  }
  const Wide big_endian = _mm512_broadcast_i32x4(_mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203));
  Wide state[8], words[16];
  for (std::size_t i = 0; i < 8; ++i) state[i] = _mm512_set1_epi32(static_cast<int>(kFirstState[i]));
  for (std::size_t at = 0; at < longest; ++at) {
    unsigned active = 0;
    for (std::size_t i = 0; i < kSixteen; ++i) {
      const bool has = at < lanes[i].blocks;
      active |= static_cast<unsigned>(has) << i;
      words[i] = _mm512_shuffle_epi8(_mm512_loadu_si512(lanes[i].block(has ? at : 0)), big_endian);
    }
    turn_over(words);
    compress(state, words, static_cast<__mmask16>(active));
  }
  alignas(64) std::uint32_t letters[8][kSixteen];
  for (std::size_t i = 0; i < 8; ++i) _mm512_store_si512(letters[i], state[i]);
  for (std::size_t text = 0; text < kSixteen; ++text) {
    for (std::size_t i = 0; i < 8; ++i) {
      const std::uint32_t word = __builtin_bswap32(letters[i][text]);
      std::memcpy(digests[text].bytes.data() + i * sizeof word, &word, sizeof word);
    }
  }
}

bool can_hash_by_sixteen() {
  static const bool kCan = [] {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0;
  }();
  return kCan;
}

}  // namespace assay

#else

namespace assay {
bool can_hash_by_sixteen() { return false; }
void sha256_by_sixteen(std::span<const std::string_view, kSixteen>, std::span<Digest, kSixteen>) { CHECK(false); }
}  // namespace assay

#endif
